#ifndef HALLMARK_TOOLS_COMMON_KEY_WRITING_H_
#define HALLMARK_TOOLS_COMMON_KEY_WRITING_H_

#include <optional>

#include "hallmark/crypto/private_key.h"
#include "tools/common/option_groups.h"
#include "tools/common/passphrase.h"
#include "tools/common/session.h"

// What `key generate` and `key import` share.
namespace hallmark::cli {

inline constexpr Option kOutputPrefix = {.name = "output-prefix",
                                         .arity = Arity::kOne,
                                         .argument = "P",
                                         .hint = Hint::kFile,
                                         .help = "write P.key and P.pub (default hallmark)"};
inline constexpr Option kNoPassphrase = {.name = "no-passphrase",
                                         .help = "write the private key unencrypted"};

// kConfig when P.key or P.pub is there already: said before anybody is asked anything.
Result<Done> CheckRoom(const Session& session);

// The passphrase for the new file; nullopt with --no-passphrase.
Result<std::optional<Secret>> NewPassphrase(const Session& session, Passphrases& passphrases);

// Writes both files and says which, and the key's id.
ExitCode WriteKey(Session& session, const crypto::PrivateKey& key,
                  const std::optional<Secret>& passphrase);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_KEY_WRITING_H_
