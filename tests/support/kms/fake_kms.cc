// A key service plugin (sigstore's protocol v1) over the folder that the key's resource names:
// key.der is the key in PKCS#8, "fault" may hold what goes wrong and, after a blank, in which
// method. Adds a line for each call to the file "calls" in that folder, and leaves its arguments in
// "call.METHOD" and its environment in "environment".
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"

extern char** environ;

namespace {

using namespace hallmark;  // NOLINT(google-build-using-namespace): a program of its own
using crypto::HashAlgorithm;
using crypto::KeyType;
using crypto::Scheme;
using json::Value;

std::string ReadAll(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return ReadAll(file);
}

// A member below members; null when it is not there.
const Value* Find(const Value& value, const std::vector<const char*>& path) {
  const Value* found = &value;
  for (const char* name : path) found = found == nullptr ? nullptr : found->Find(name);
  return found;
}

std::string Text(const Value& value, const std::vector<const char*>& path) {
  const Value* found = Find(value, path);
  return found == nullptr || found->string() == nullptr ? "" : *found->string();
}

int Answer(const char* method, const char* name, ByteView bytes) {
  Value result = Value::Object({{name, Value::String(encoding::ToBase64(bytes))}});
  std::cout << json::ToText(Value::Object({{method, std::move(result)}})) << "\n";
  return 3;  // which nobody looks at
}

int Complain(const std::string& why) {
  std::cout << json::ToText(Value::Object({{"errorMessage", Value::String(why)}}));
  return 0;
}

// What the key signs by, and the hash of it.
Scheme SchemeOf(KeyType type, std::uint64_t hash) {
  const bool is_384 = hash == 6;
  switch (type) {
    case KeyType::kEcdsaP256:
      return Scheme::kEcdsaP256Sha256;
    case KeyType::kEcdsaP384:
      return is_384 ? Scheme::kEcdsaP384Sha384 : Scheme::kEcdsaP384Sha256;
    case KeyType::kEcdsaP521:
      return Scheme::kEcdsaP521Sha256;
    case KeyType::kEd25519:
      return Scheme::kEd25519;
    default:
      return is_384 ? Scheme::kRsaPkcs1Sha384 : Scheme::kRsaPkcs1Sha256;
  }
}

std::uint64_t HashNumber(const Value& call) {
  const Value* number = Find(call, {"initOptions", "hashFunc"});
  return number == nullptr ? 0 : number->unsigned_integer().value_or(0);
}

// Hallmark verifies by itself; cosign asks.
int Verify(const Value& call, const crypto::PublicKey& key) {
  const std::string message = ReadAll(std::cin);
  const Result<Bytes> signature =
      encoding::FromBase64(Text(call, {"verifySignature", "signature"}));
  const Scheme scheme = SchemeOf(key.type(), HashNumber(call));
  if (!signature.ok() || !key.IsSignedBy(scheme, AsBytes(message), signature.value())) {
    return Complain("not a signature of this key");
  }
  std::cout << R"({"verifySignature":{}})";
  return 0;
}

int Sign(const Value& call, const crypto::PrivateKey& key, const std::string& fault) {
  const std::string message = ReadAll(std::cin);
  const std::string digest = Text(call, {"signMessage", "signOptions", "messageOptions", "digest"});
  // cosign says SHA-256 and sends the digest that the curve wants: as services do, the digest
  // counts.
  const std::uint64_t hash = digest.size() == 64 ? 6 : HashNumber(call);
  const auto kind = hash == 6 ? HashAlgorithm::kSha384 : HashAlgorithm::kSha256;
  if (!digest.empty() && digest != encoding::ToBase64(crypto::Hash(kind, AsBytes(message)))) {
    return Complain("the digest is not the message's");
  }
  Scheme scheme = SchemeOf(key.public_key().type(), hash);
  if (fault == "pss") scheme = Scheme::kRsaPssSha256;
  Bytes signature = key.Sign(scheme, AsBytes(message)).value();
  if (fault == "short") signature.resize(10);
  if (fault == "no-signature") signature.clear();
  return Answer("signMessage", "signature", signature);
}

// Faults that need no answer; -1: go on.
int Misbehave(const std::string& fault) {
  if (fault == "hang") pause();
  if (fault == "die") abort();
  while (fault == "flood") std::cout << "flood flood flood flood";
  if (fault == "no-json") std::cout << "sorry";
  if (fault == "array") std::cout << "[]";
  if (fault == "no-member") std::cout << R"({"publicKey":{},"signMessage":{}})";
  if (fault == "two-answers") std::cout << "{}{}";
  if (fault == "bad-base64") {
    std::cout << R"({"publicKey":{"publicKeyPEM":"*"},"signMessage":{"signature":"*"}})";
  }
  if (fault == "no-key") {
    std::cout << R"({"publicKey":{"publicKeyPEM":"AAAA"},"signMessage":{"signature":"AAAA"}})";
  }
  if (fault == "odd-error") std::cout << R"({"errorMessage":7})";
  if (fault == "denied") return Complain("log in \x1b[31mfirst");
  std::cerr << "the password is geheim\n";
  return fault.empty() || fault == "lies" || fault == "short" || fault == "pss" ||
                 fault == "no-signature" || fault == "later"
             ? -1
             : 1;
}

crypto::PrivateKey KeyOf(const std::string& folder, const std::string& fault) {
  if (fault == "lies") {
    return crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEcdsaP256).value();
  }
  Bytes der = ToBytes(ReadFile(folder + "/key.der"));
  return crypto::PrivateKey::FromDer(Secret::TakeAndWipe(der)).value();
}

std::string FaultIn(const std::string& folder, const std::string& method) {
  std::ifstream file(folder + "/fault");
  std::string fault;
  std::string at;
  file >> fault >> at;
  return at.empty() || at == method ? fault : "";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  if (std::string(argv[1]) != "v1") return Complain("only v1 is spoken here");
  const std::string text = argv[2];
  const Value call = json::Parse(AsBytes(text), {1 << 20, 8, 100}).value();
  const std::string folder = Text(call, {"initOptions", "keyResourceID"});
  const std::string method = Text(call, {"methodName"});
  std::ofstream(folder + "/calls", std::ios::app) << method << "\n";
  std::ofstream(folder + "/call." + method) << text << "\n";
  std::ofstream environment(folder + "/environment");
  for (char** entry = environ; *entry != nullptr; ++entry) environment << *entry << "\n";
  environment.close();
  const std::string fault = FaultIn(folder, method);
  const int status = Misbehave(fault);
  if (status >= 0) return status;
  const crypto::PrivateKey key = KeyOf(folder, fault);
  if (method == "signMessage") return Sign(call, key, fault);
  if (method == "verifySignature") return Verify(call, key.public_key());
  if (method != "publicKey") return Complain("no such method");
  return Answer("publicKey", "publicKeyPEM", AsBytes(key.public_key().ToPem()));
}
