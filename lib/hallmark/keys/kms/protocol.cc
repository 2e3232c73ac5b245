#include "hallmark/keys/kms/internal/protocol.h"

#include <utility>
#include <vector>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/keys/kms/limits.h"

namespace hallmark::keys {
namespace {

using crypto::HashAlgorithm;
using json::Value;

constexpr json::Limits kLimits{kMaxKmsAnswerBytes, 8, 256};
constexpr char kPublicKey[] = "publicKey";
constexpr char kSignMessage[] = "signMessage";

using Members = std::vector<std::pair<std::string, Value>>;

// The numbers of Go's crypto.Hash.
std::int64_t HashNumber(HashAlgorithm hash) {
  switch (hash) {
    case HashAlgorithm::kSha256:
      return 5;
    case HashAlgorithm::kSha384:
      return 6;
    case HashAlgorithm::kSha512:
      return 7;
  }
  HALLMARK_CHECK(false);
}

Value RpcOptions() {
  return Value::Object(
      {{"keyVersion", Value::String("")}, {"remoteVerification", Value::Bool(false)}});
}

std::string Call(const KmsRef& ref, HashAlgorithm hash, const char* method, Value arguments) {
  Value start = Value::Object({{"protocolVersion", Value::String(std::string(kKmsProtocol))},
                               {"keyResourceID", Value::String(ref.resource)},
                               {"hashFunc", Value::Integer(HashNumber(hash))},
                               {"rpcOptions", RpcOptions()}});
  return json::ToText(Value::Object({{"initOptions", std::move(start)},
                                     {"methodName", Value::String(method)},
                                     {method, std::move(arguments)}}));
}

Error NoAnswer(std::string why) { return {ErrorCode::kProtocol, std::move(why)}; }

// The bytes that a method answers with in one member, in base64.
Result<Bytes> ParseAnswer(ByteView answer, const char* method, const char* name) {
  const Result<Value> value = json::Parse(answer, kLimits);
  if (!value.ok()) return NoAnswer("its answer is no JSON: " + value.error().message());
  if (value.value().object() == nullptr) return NoAnswer("its answer is no JSON object");
  const Value* complaint = value.value().Find("errorMessage");
  if (complaint != nullptr && complaint->string() == nullptr) {
    return NoAnswer("its \"errorMessage\" is no text");
  }
  if (complaint != nullptr && !complaint->string()->empty()) {
    return Error(ErrorCode::kUnavailable, Printable(*complaint->string()));
  }
  const std::string shown = std::string(method) + "." + name;
  const Value* result = value.value().Find(method);
  const Value* member = result == nullptr ? nullptr : result->Find(name);
  const std::string* text = member == nullptr ? nullptr : member->string();
  if (text == nullptr) return NoAnswer("its answer has no " + shown);
  Result<Bytes> bytes = encoding::FromBase64(*text);
  if (bytes.ok() && !bytes.value().empty()) return bytes;
  return NoAnswer(shown + " is no base64");
}

}  // namespace

std::string PublicKeyCall(const KmsRef& ref) {
  return Call(ref, HashAlgorithm::kSha256, kPublicKey,
              Value::Object({{"publicKeyOptions", Value::Object({{"rpcOptions", RpcOptions()}})}}));
}

std::string SignCall(const KmsRef& ref, std::optional<HashAlgorithm> hash, ByteView message) {
  Value digest =
      hash ? Value::String(encoding::ToBase64(crypto::Hash(*hash, message))) : Value::Null();
  Members options = {{"rpcOptions", RpcOptions()},
                     {"messageOptions", Value::Object({{"digest", std::move(digest)}})}};
  return Call(ref, hash.value_or(HashAlgorithm::kSha256), kSignMessage,
              Value::Object({{"signOptions", Value::Object(std::move(options))}}));
}

Result<crypto::PublicKey> ParsePublicKeyAnswer(ByteView answer) {
  HALLMARK_ASSIGN(const Bytes pem, ParseAnswer(answer, kPublicKey, "publicKeyPEM"));
  Result<crypto::PublicKey> key = crypto::PublicKey::FromPem(AsText(pem));
  if (key.ok()) return key;
  const bool is_other = key.error().code() == ErrorCode::kUnsupported;
  return Error(is_other ? ErrorCode::kUnsupported : ErrorCode::kProtocol,
               "its public key: " + key.error().message());
}

Result<Bytes> ParseSignAnswer(ByteView answer) {
  return ParseAnswer(answer, kSignMessage, "signature");
}

}  // namespace hallmark::keys
