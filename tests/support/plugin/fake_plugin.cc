// A signing plugin (contract 1.0) over the key file and certificates of the folder that its
// configuration names: "folder" holds key.der (PKCS#8) and chain (a line of base64 a certificate),
// "spec" says which key it is, "fault" what goes wrong and "at" in which command. Adds a line for
// each command to the file "calls" in that folder, and leaves its environment in "environment".
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"

extern char** environ;

namespace {

using namespace hallmark;  // NOLINT(google-build-using-namespace): a program of its own
using json::Value;

struct Request {
  std::string command;
  Value value = Value::Null();
  std::string Text(const char* name) const {
    const Value* member = value.Find(name);
    return member == nullptr || member->string() == nullptr ? "" : *member->string();
  }
  std::string Config(const char* name) const {
    const Value* config = value.Find("pluginConfig");
    const Value* member = config == nullptr ? nullptr : config->Find(name);
    return member == nullptr || member->string() == nullptr ? "" : *member->string();
  }
};

std::string ReadAll(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return ReadAll(file);
}

Value TextList(const std::vector<std::string>& texts) {
  std::vector<Value> items;
  for (const std::string& text : texts) items.push_back(Value::String(text));
  return Value::Array(std::move(items));
}

int Answer(Value value) {
  std::cout << json::ToText(value);
  return 0;
}

int Metadata(const Request& request, const std::string& fault) {
  const std::string name = request.Config("name").empty() ? "fake" : request.Config("name");
  return Answer(Value::Object(
      {{"name", Value::String(fault == "other-name" ? "other" : name)},
       {"description", Value::String("for tests")},
       {"version", Value::String("1.0.0")},
       {"url", Value::String("https://example.com")},
       {"supportedContractVersions", TextList({fault == "other-contract" ? "1.1" : "1.0"})},
       {"capabilities", TextList({fault == "no-raw" ? "SIGNATURE_GENERATOR.ENVELOPE"
                                                    : "SIGNATURE_GENERATOR.RAW"})}}));
}

int Describe(const Request& request, const std::string& fault) {
  const std::string key = fault == "other-key" ? "else" : request.Text("keyId");
  const std::string spec = fault == "other-spec" ? "ED25519" : request.Config("spec");
  return Answer(Value::Object({{"keyId", Value::String(key)}, {"keySpec", Value::String(spec)}}));
}

Bytes SignatureOver(const Request& request, const std::string& fault) {
  const std::string der = ReadFile(request.Config("folder") + "/key.der");
  Bytes copy = ToBytes(der);
  crypto::PrivateKey key = crypto::PrivateKey::FromDer(Secret::TakeAndWipe(copy)).value();
  if (fault == "lies")
    key = crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEcdsaP256).value();
  const bool is_rsa = key.public_key().type() == crypto::KeyType::kRsa;
  crypto::Scheme scheme = key.public_key().DefaultSchemes().front();
  if (is_rsa && key.public_key().bits() == 3072) scheme = crypto::Scheme::kRsaPssSha384;
  if (is_rsa && fault == "pkcs1") scheme = crypto::Scheme::kRsaPkcs1Sha384;
  const Bytes message = encoding::FromBase64(request.Text("payload")).value();
  Bytes signature = key.Sign(scheme, message).value();
  if (!is_rsa && fault != "der") {
    signature = crypto::EcdsaRawFromDer(key.public_key().type(), signature).value();
  }
  if (fault == "short") signature.resize(10);
  return signature;
}

int Sign(const Request& request, const std::string& fault) {
  const std::string spec = request.Text("keySpec");
  const std::string algorithm =
      (spec.starts_with("EC") ? "ECDSA-" : "RSASSA-PSS-") + request.Text("hashAlgorithm");
  std::vector<std::string> chain;
  std::ifstream file(request.Config("folder") +
                     (fault == "other-chain" ? "/other-chain" : "/chain"));
  for (std::string line; std::getline(file, line);) chain.push_back(line);
  if (fault == "no-chain") chain.clear();
  if (fault == "long-chain") chain.resize(11, chain[0]);
  if (fault == "bad-certificate") chain[0] = "AAAA";
  if (fault == "bad-base64") chain[0] = "*";
  if (fault == "reversed") chain = {chain.rbegin(), chain.rend()};
  return Answer(Value::Object(
      {{"keyId", Value::String(fault == "other-key" ? "else" : request.Text("keyId"))},
       {"signature", Value::String(encoding::ToBase64(SignatureOver(request, fault)))},
       {"signingAlgorithm",
        Value::String(fault == "other-algorithm" ? "RSASSA-PSS-SHA-512" : algorithm)},
       {"certificateChain", TextList(chain)},
       {"later", Value::String("a member of a later version")}}));
}

// Faults that need no answer; -1: go on.
int Misbehave(const std::string& fault) {
  if (fault == "hang") pause();
  if (fault == "die") abort();
  while (fault == "flood") std::cout << "flood flood flood flood";
  if (fault == "no-json") std::cout << "sorry";
  if (fault == "array") std::cout << "[]";
  if (fault == "denied") {
    std::cerr << R"({"errorCode":"ACCESS_DENIED","errorMessage":"log in \u001b[31mfirst"})";
  }
  if (fault == "throttled") std::cerr << R"({"errorCode":"THROTTLED","errorMessage":"later"})";
  if (fault == "complains") std::cerr << "the password is geheim";
  if (fault == "no-json" || fault == "array" || fault == "empty") return 0;
  return fault == "denied" || fault == "throttled" || fault == "complains" ? 1 : -1;
}

bool IsLater(const Request& request) {
  const std::string calls = "\n" + ReadFile(request.Config("folder") + "/calls");
  return calls.find("\ngenerate-signature\n") != calls.rfind("\ngenerate-signature\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string input = ReadAll(std::cin);
  Request request{argv[1], json::Parse(AsBytes(input), {1 << 24, 8, 100}).value()};
  const std::string folder = request.Config("folder");
  std::ofstream(folder + "/calls", std::ios::app) << request.command << "\n";
  std::ofstream environment(folder + "/environment");
  for (char** entry = environ; *entry != nullptr; ++entry) environment << *entry << "\n";
  environment.close();
  const std::string at = request.Config("at");
  std::string fault = request.Config("fault");
  if (!at.empty() && at != request.command && !(at == "later" && IsLater(request))) fault = "";
  const int status = Misbehave(fault);
  if (status >= 0) return status;
  if (request.command == "get-plugin-metadata") return Metadata(request, fault);
  if (request.command == "describe-key") return Describe(request, fault);
  return request.command == "generate-signature" ? Sign(request, fault) : 3;
}
