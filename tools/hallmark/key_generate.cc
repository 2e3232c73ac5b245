#include <array>
#include <filesystem>
#include <utility>

#include "hallmark/base/printable.h"
#include "tools/common/key_writing.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

using Kind = crypto::PrivateKey::Kind;

constexpr Option kOptions[] = {
    {.name = "type",
     .arity = Arity::kOne,
     .argument = "TYPE",
     .hint = Hint::kChoice,
     .choices = "ecdsa-p256|ecdsa-p384|ed25519|rsa-3072|rsa-4096|rsa-pss-3072|rsa-pss-4096",
     .help = "ecdsa-p256 (default), ecdsa-p384, ed25519, rsa-3072,\n"
             "                              rsa-4096, rsa-pss-3072 or rsa-pss-4096"},
    kOutputPrefix,
    kNoPassphrase,
    kOutput,
};
constexpr OptionGroup kGroups[] = {{"Key", kOptions}};

Kind KindOf(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, Kind>, 6> kKinds = {{
      {"ecdsa-p384", Kind::kEcdsaP384},
      {"ed25519", Kind::kEd25519},
      {"rsa-3072", Kind::kRsa3072},
      {"rsa-4096", Kind::kRsa4096},
      {"rsa-pss-3072", Kind::kRsaPss3072},
      {"rsa-pss-4096", Kind::kRsaPss4096},
  }};
  for (const auto& [name, kind] : kKinds) {
    if (name == type) return kind;
  }
  return Kind::kEcdsaP256;
}

ExitCode Generate(Session& session) {
  const Result<Done> words = CheckWords(session, 0, 0);
  if (!words.ok()) return Refuse(session, words.error());
  const Result<Done> room = CheckRoom(session);
  if (!room.ok()) return Refuse(session, room.error());
  Passphrases passphrases(session.environment);
  Result<std::optional<Secret>> passphrase = NewPassphrase(session, passphrases);
  if (!passphrase.ok()) return Refuse(session, passphrase.error());
  const Result<crypto::PrivateKey> key =
      crypto::PrivateKey::Generate(KindOf(session.arguments.Value("type").value_or("")));
  if (!key.ok()) return Fail(session, key.error());
  return WriteKey(session, key.value(), passphrase.value());
}

}  // namespace

constexpr Verb kKeyGenerateVerb = {
    .name = "key generate",
    .synopsis = "[flags]",
    .summary = "Makes a key pair: P.key, encrypted, and P.pub. Never overwrites.",
    .about = "The private key file is cosign's (scrypt and NaCl secretbox); cosign reads it.",
    .examples =
        "hallmark key generate --output-prefix ci               asks for a passphrase\n"
        "HALLMARK_PASSWORD_FILE=pw hallmark key generate --type ed25519",
    .groups = kGroups,
    .positional = Hint::kNothing,
    .run = Generate,
};

}  // namespace hallmark::cli
