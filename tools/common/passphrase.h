#ifndef HALLMARK_TOOLS_COMMON_PASSPHRASE_H_
#define HALLMARK_TOOLS_COMMON_PASSPHRASE_H_

#include "hallmark/keys/key_source.h"
#include "tools/common/environment.h"

namespace hallmark::cli {

// HALLMARK_PASSWORD, the first line of HALLMARK_PASSWORD_FILE, COSIGN_PASSWORD, or a question on
// the terminal, in this order. A variable that is set and empty is an empty passphrase, as cosign
// has it. kConfig when there is none of them, or the file cannot be read.
class Passphrases final : public keys::PassphraseSource {
 public:
  explicit Passphrases(const Environment& environment) : environment_(environment) {}

  Result<Secret> Ask(std::string_view prompt) override;

  // For a key that is about to be written: on a terminal it is asked twice. kConfig when the two
  // differ.
  Result<Secret> AskNew(std::string_view prompt);

 private:
  Result<std::optional<Secret>> FromEnvironment() const;

  const Environment& environment_;
};

// Reads one line of at most 4 KiB from stdin, without its line break: --password-stdin.
Result<Secret> ReadSecretLine(int fd, std::string_view what);

// A copy of `text` in guarded memory.
Secret ToSecret(std::string_view text);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_PASSPHRASE_H_
