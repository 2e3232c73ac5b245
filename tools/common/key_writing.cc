#include "tools/common/key_writing.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/keys/file/key_file.h"

namespace hallmark::cli {
namespace {

std::string PrefixOf(const Session& session) {
  return session.arguments.Value("output-prefix").value_or("hallmark");
}

Result<Secret> TextOf(const crypto::PrivateKey& key, const std::optional<Secret>& passphrase) {
  if (!passphrase) return encoding::ToSecretPem("PRIVATE KEY", key.ToPkcs8());
  HALLMARK_ASSIGN(const std::string text, keys::EncryptPrivateKey(key, *passphrase));
  return ToSecret(text);
}

void Print(Session& session, const std::string& prefix, const crypto::PublicKey& key) {
  using json::Value;
  const std::string type(ToName(key.type()));
  if (session.arguments.Value("output") == "json") {
    session.console.Out(json::ToIndentedText(
        Value::Object({{"schema", Value::String("hallmark.key/v1")},
                       {"privateKey", Value::String(Printable(prefix + ".key"))},
                       {"publicKey", Value::String(Printable(prefix + ".pub"))},
                       {"type", Value::String(type)},
                       {"id", Value::String(key.id())}})));
    return;
  }
  session.console.Out("wrote " + Printable(prefix) + ".key and " + Printable(prefix) + ".pub (" +
                      type + ", key " + key.id() + ")\n");
}

}  // namespace

Result<Done> CheckRoom(const Session& session) {
  for (const std::string_view ending : {".key", ".pub"}) {
    const std::string path = PrefixOf(session) + std::string(ending);
    std::error_code problem;
    if (std::filesystem::symlink_status(path, problem).type() !=
        std::filesystem::file_type::not_found) {
      return Error(ErrorCode::kConfig,
                   Printable(path) + ": is there already and is never overwritten");
    }
  }
  return Done{};
}

Result<std::optional<Secret>> NewPassphrase(const Session& session, Passphrases& passphrases) {
  if (session.arguments.Has("no-passphrase")) return std::optional<Secret>();
  HALLMARK_ASSIGN(Secret passphrase, passphrases.AskNew("new passphrase for " +
                                                        Printable(PrefixOf(session)) + ".key"));
  return std::optional<Secret>(std::move(passphrase));
}

ExitCode WriteKey(Session& session, const crypto::PrivateKey& key,
                  const std::optional<Secret>& passphrase) {
  const std::string prefix = PrefixOf(session);
  const Result<Secret> text = TextOf(key, passphrase);
  if (!text.ok()) return Fail(session, text.error());
  const Result<Done> written = keys::WriteKeyPair(prefix, text.value(), key.public_key());
  if (!written.ok()) return Fail(session, written.error());
  Print(session, prefix, key.public_key());
  return ExitCode::kDone;
}

}  // namespace hallmark::cli
