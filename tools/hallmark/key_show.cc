#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/json.h"
#include "tools/common/key_ref.h"
#include "tools/common/option_groups.h"
#include "tools/common/passphrase.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "pem", .help = "the public key as PEM, and nothing else"},
    kOutput,
};
constexpr OptionGroup kGroups[] = {{"Key", kOptions}};

std::vector<std::string> SchemesOf(const crypto::PublicKey& key) {
  std::vector<std::string> names;
  for (const crypto::Scheme scheme : key.DefaultSchemes()) names.emplace_back(ToName(scheme));
  return names;
}

std::string FingerprintOf(const crypto::PublicKey& key) {
  return "sha256:" + encoding::ToHex(key.fingerprint());
}

std::string TextOf(const crypto::PublicKey& key) {
  std::string schemes;
  for (const std::string& name : SchemesOf(key)) schemes += (schemes.empty() ? "" : ", ") + name;
  return "type         " + std::string(ToName(key.type())) + ", " + std::to_string(key.bits()) +
         " bits\nid           " + key.id() + "\nfingerprint  " + FingerprintOf(key) +
         "\nschemes      " + schemes + "\n";
}

json::Value ToJson(const crypto::PublicKey& key) {
  using json::Value;
  std::vector<Value> schemes;
  for (const std::string& name : SchemesOf(key)) schemes.push_back(Value::String(name));
  return Value::Object({{"schema", Value::String("hallmark.key/v1")},
                        {"type", Value::String(std::string(ToName(key.type())))},
                        {"bits", Value::Integer(key.bits())},
                        {"id", Value::String(key.id())},
                        {"fingerprint", Value::String(FingerprintOf(key))},
                        {"schemes", Value::Array(std::move(schemes))},
                        {"pem", Value::String(key.ToPem())}});
}

ExitCode Show(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  Passphrases passphrases(session.environment);
  const Result<crypto::PublicKey> key =
      OpenEitherKey(session.environment, session.arguments.words().front(), passphrases);
  if (!key.ok()) return Refuse(session, key.error());
  if (session.arguments.Has("pem")) {
    session.console.Out(key.value().ToPem());
  } else if (session.arguments.Value("output") == "json") {
    session.console.Out(json::ToIndentedText(ToJson(key.value())));
  } else {
    session.console.Out(TextOf(key.value()));
  }
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kKeyShowVerb = {
    .name = "key show",
    .synopsis = "KEYREF [flags]",
    .summary = "Shows the public half of a key: type, id, fingerprint, schemes.",
    .about = "Asks for the passphrase when the KEYREF is an encrypted private key.",
    .examples =
        "hallmark key show ci.pub               what verdicts call the key\n"
        "hallmark key show --pem ci.key         the public key of a private one",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Show,
};

}  // namespace hallmark::cli
