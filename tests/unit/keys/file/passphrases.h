#ifndef HALLMARK_TESTS_UNIT_KEYS_FILE_PASSPHRASES_H_
#define HALLMARK_TESTS_UNIT_KEYS_FILE_PASSPHRASES_H_

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/keys/key_source.h"

namespace hallmark::keys {

inline Secret ToSecret(std::string_view text) {
  Bytes bytes = ToBytes(text);
  return Secret::TakeAndWipe(bytes);
}

// Always answers the same and remembers the question.
class FixedPassphrase final : public PassphraseSource {
 public:
  explicit FixedPassphrase(std::string_view answer) : answer_(answer) {}
  Result<Secret> Ask(std::string_view prompt) override {
    ++asked_;
    last_prompt_ = prompt;
    return ToSecret(answer_);
  }
  int asked() const { return asked_; }
  const std::string& last_prompt() const { return last_prompt_; }

 private:
  std::string answer_;
  std::string last_prompt_;
  int asked_ = 0;
};

}  // namespace hallmark::keys

#endif  // HALLMARK_TESTS_UNIT_KEYS_FILE_PASSPHRASES_H_
