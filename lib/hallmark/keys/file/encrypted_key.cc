#include "hallmark/keys/file/internal/encrypted_key.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/keys/file/limits.h"

namespace hallmark::keys {
namespace {

using json::Fields;
using json::Value;

constexpr json::Limits kLimits{kMaxKeyFileBytes, 4, 16};
// scrypt's own check follows; this only keeps products in range.
constexpr std::uint64_t kMaxCostNumber = std::uint64_t{1} << 32;

Result<Bytes> ReadBase64(Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::string text, fields.String(name));
  Result<Bytes> bytes = encoding::FromBase64(text);
  if (bytes.ok()) return bytes;
  return std::move(bytes).error().While(fields.where() + "." + std::string(name));
}

Result<Done> WantName(Fields& fields, std::string_view wanted) {
  HALLMARK_ASSIGN(const std::string name, fields.String("name"));
  if (name == wanted) return Done();
  return Error(ErrorCode::kUnsupported,
               fields.where() + ".name: want \"" + std::string(wanted) + "\"");
}

Result<crypto::ScryptCost> ReadCost(Fields& kdf) {
  HALLMARK_ASSIGN(const Value* value, kdf.Object("params"));
  HALLMARK_ASSIGN(Fields params, Fields::Of(*value, "key.kdf.params"));
  crypto::ScryptCost cost{};
  HALLMARK_ASSIGN(cost.n, params.Unsigned("N", kMaxCostNumber));
  HALLMARK_ASSIGN(cost.r, params.Unsigned("r", kMaxCostNumber));
  HALLMARK_ASSIGN(cost.p, params.Unsigned("p", kMaxCostNumber));
  HALLMARK_RETURN_IF_ERROR(params.NothingElse());
  HALLMARK_RETURN_IF_ERROR(crypto::CheckCost(cost));
  return cost;
}

Result<Done> ReadKdf(Fields& root, EncryptedKey& key) {
  HALLMARK_ASSIGN(const Value* value, root.Object("kdf"));
  HALLMARK_ASSIGN(Fields kdf, Fields::Of(*value, "key.kdf"));
  HALLMARK_RETURN_IF_ERROR(WantName(kdf, "scrypt"));
  HALLMARK_ASSIGN(key.cost, ReadCost(kdf));
  HALLMARK_ASSIGN(key.salt, ReadBase64(kdf, "salt"));
  return kdf.NothingElse();
}

Result<Done> ReadCipher(Fields& root, EncryptedKey& key) {
  HALLMARK_ASSIGN(const Value* value, root.Object("cipher"));
  HALLMARK_ASSIGN(Fields cipher, Fields::Of(*value, "key.cipher"));
  HALLMARK_RETURN_IF_ERROR(WantName(cipher, "nacl/secretbox"));
  HALLMARK_ASSIGN(const Bytes nonce, ReadBase64(cipher, "nonce"));
  if (nonce.size() != key.nonce.size()) return cipher.Complain("nonce", "want 24 bytes");
  std::ranges::copy(nonce, key.nonce.begin());
  return cipher.NothingElse();
}

Value Named(std::string name, std::vector<std::pair<std::string, Value>> members) {
  members.insert(members.begin(), {"name", Value::String(std::move(name))});
  return Value::Object(std::move(members));
}

Value Number(std::uint64_t value) { return Value::Integer(static_cast<std::int64_t>(value)); }

}  // namespace

Result<EncryptedKey> ParseEncryptedKey(ByteView text) {
  HALLMARK_ASSIGN(const Value document, json::Parse(text, kLimits));
  HALLMARK_ASSIGN(Fields root, Fields::Of(document, "key"));
  EncryptedKey key{};
  HALLMARK_RETURN_IF_ERROR(ReadKdf(root, key));
  HALLMARK_RETURN_IF_ERROR(ReadCipher(root, key));
  HALLMARK_ASSIGN(key.ciphertext, ReadBase64(root, "ciphertext"));
  HALLMARK_RETURN_IF_ERROR(root.NothingElse());
  return key;
}

std::string ToJson(const EncryptedKey& key) {
  const Value cost = Value::Object(
      {{"N", Number(key.cost.n)}, {"r", Number(key.cost.r)}, {"p", Number(key.cost.p)}});
  const Value kdf =
      Named("scrypt", {{"params", cost}, {"salt", Value::String(encoding::ToBase64(key.salt))}});
  const Value cipher =
      Named("nacl/secretbox", {{"nonce", Value::String(encoding::ToBase64(key.nonce))}});
  return json::ToText(
      Value::Object({{"kdf", kdf},
                     {"cipher", cipher},
                     {"ciphertext", Value::String(encoding::ToBase64(key.ciphertext))}}));
}

Result<Secret> Decrypt(const EncryptedKey& key, const Secret& passphrase) {
  HALLMARK_ASSIGN(const Secret derived,
                  crypto::Scrypt(passphrase, key.salt, key.cost, crypto::kSecretBoxKeySize));
  std::optional<Secret> content = crypto::OpenSecretBox(derived, key.nonce, key.ciphertext);
  if (!content) return Error(ErrorCode::kDenied, "wrong passphrase");
  return *std::move(content);
}

Result<EncryptedKey> Encrypt(const Secret& content, const Secret& passphrase,
                             const crypto::ScryptCost& cost) {
  EncryptedKey key{cost, crypto::RandomBytes(32), {}, {}};
  std::ranges::copy(crypto::RandomBytes(key.nonce.size()), key.nonce.begin());
  HALLMARK_ASSIGN(const Secret derived,
                  crypto::Scrypt(passphrase, key.salt, cost, crypto::kSecretBoxKeySize));
  key.ciphertext = crypto::SealSecretBox(derived, key.nonce, content);
  return key;
}

}  // namespace hallmark::keys
