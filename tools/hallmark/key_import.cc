#include <utility>

#include "tools/common/key_ref.h"
#include "tools/common/key_writing.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "key",
     .arity = Arity::kOne,
     .argument = "KEYREF",
     .hint = Hint::kFile,
     .help = "the private key to import: PKCS#8, EC, RSA or cosign's"},
    kOutputPrefix,
    kNoPassphrase,
    kOutput,
};
constexpr OptionGroup kGroups[] = {{"Key", kOptions}};

ExitCode Import(Session& session) {
  const Result<Done> words = CheckWords(session, 0, 0);
  if (!words.ok()) return Refuse(session, words.error());
  const std::optional<std::string> key_ref = session.arguments.Value("key");
  if (!key_ref) {
    return Refuse(session, Error(ErrorCode::kConfig, "say which key to import: --key KEYREF"));
  }
  const Result<Done> room = CheckRoom(session);
  if (!room.ok()) return Refuse(session, room.error());
  Passphrases passphrases(session.environment);
  const Result<crypto::PrivateKey> key = OpenPrivateKey(session.environment, *key_ref, passphrases);
  if (!key.ok()) return Refuse(session, key.error());
  const Result<std::optional<Secret>> passphrase = NewPassphrase(session, passphrases);
  if (!passphrase.ok()) return Refuse(session, passphrase.error());
  return WriteKey(session, key.value(), passphrase.value());
}

}  // namespace

constexpr Verb kKeyImportVerb = {
    .name = "key import",
    .synopsis = "--key KEYREF [flags]",
    .summary = "Writes an existing private key as P.key, encrypted, and P.pub.",
    .about = "HALLMARK_PASSWORD, where it is set, opens the old file and closes the new one.",
    .examples =
        "hallmark key import --key old.pem --output-prefix ci       asks for passphrases\n"
        "hallmark key import --key env:CI_KEY --output-prefix ci    from a variable",
    .groups = kGroups,
    .positional = Hint::kNothing,
    .run = Import,
};

}  // namespace hallmark::cli
