// A signing plugin (contract 1.0) over the key file and certificates of the folder that its
// configuration names, or the file "settings" beside the program (a line "NAME VALUE" each), as
// verifiers are not configured: "folder" holds key.der (PKCS#8) and chain (a line of base64 a
// certificate), "spec" says which key it is, "can" its one capability instead of raw signatures,
// "fault" what goes wrong and "at" in which command. Adds a line for each command to the file
// "calls" in that folder, and leaves its environment in "environment" and what verify-signature was
// asked in "asked".
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "hallmark/base/time.h"
#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/signature/notation/internal/cose.h"
#include "hallmark/signature/notation/internal/jws.h"
#include "hallmark/signature/notation/internal/open_envelope.h"

extern char** environ;

namespace {

using namespace hallmark;  // NOLINT(google-build-using-namespace): a program of its own
using json::Value;

std::string ReadAll(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return ReadAll(file);
}

struct Request {
  std::string command;
  Value value = Value::Null();
  std::string settings;  // the file beside the program
  std::string Text(const char* name) const {
    const Value* member = value.Find(name);
    return member == nullptr || member->string() == nullptr ? "" : *member->string();
  }
  std::string Config(const std::string& name) const {
    const Value* config = value.Find("pluginConfig");
    const Value* member = config == nullptr ? nullptr : config->Find(name);
    if (member != nullptr && member->string() != nullptr) return *member->string();
    std::ifstream file(settings);
    for (std::string found, text; file >> found >> text;) {
      if (found == name) return text;
    }
    return "";
  }
};

Value TextList(const std::vector<std::string>& texts) {
  std::vector<Value> items;
  items.reserve(texts.size());
  for (const std::string& text : texts) items.push_back(Value::String(text));
  return Value::Array(std::move(items));
}

int Answer(const Value& value) {
  std::cout << json::ToText(value);
  return 0;
}

int Metadata(const Request& request, const std::string& fault) {
  const std::string name = request.Config("name").empty() ? "fake" : request.Config("name");
  const std::string version =
      request.Config("version").empty() ? "1.0.0" : request.Config("version");
  std::vector<std::string> capabilities = {"SIGNATURE_GENERATOR.RAW"};
  if (!request.Config("can").empty()) capabilities = {"SOMETHING.LATER", request.Config("can")};
  if (request.Config("can") == "both-checks") {
    capabilities = {"SIGNATURE_VERIFIER.TRUSTED_IDENTITY", "SIGNATURE_VERIFIER.REVOCATION_CHECK"};
  }
  if (fault == "no-raw") capabilities = {"SIGNATURE_VERIFIER.TRUSTED_IDENTITY"};
  return Answer(Value::Object(
      {{"name", Value::String(fault == "other-name" ? "other" : name)},
       {"description", Value::String("for tests")},
       {"version", Value::String(version)},
       {"url", Value::String("https://example.com")},
       {"supportedContractVersions", TextList({fault == "other-contract" ? "1.1" : "1.0"})},
       {"capabilities", TextList(capabilities)}}));
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

// Whole envelopes: a signing service whose verifiers need its plugin, when "fault" is "critical".
signature::notation::Attributes AttributesFor(const Request& request, const std::string& algorithm,
                                              const std::string& fault) {
  const UnixTime now = SystemClock().Now();
  signature::notation::Attributes attributes{
      algorithm, signature::notation::SigningScheme::kX509, now, std::nullopt, std::nullopt, {}};
  const Value* expiry = request.value.Find("expiryDurationInSeconds");
  if (expiry != nullptr && fault != "no-expiry") {
    attributes.expiry = now + std::chrono::seconds(*expiry->unsigned_integer()) +
                        std::chrono::hours(fault == "later-expiry" ? 1 : 0);
  }
  if (fault == "critical") {
    attributes.extended = {{"io.cncf.notary.verificationPlugin", true, "fake"},
                           {"io.example.job", true, "17"}};
  }
  return attributes;
}

std::string PayloadFor(const Request& request, const std::string& fault) {
  const Bytes bytes = encoding::FromBase64(request.Text("payload")).value();
  std::string payload(AsText(bytes));
  if (fault == "other-target") {
    char& digit = payload[payload.find("sha256:") + 10];
    digit = digit == '0' ? '1' : '0';
  }
  if (fault == "fewer-annotations" && payload.find("\"env\":") != std::string::npos) {
    payload.replace(payload.find("\"env\":"), 6, "\"enw\":");
  }
  if (fault == "more-annotations") {
    payload.replace(payload.find("\"digest\""), 0, "\"annotations\":{\"more\":\"yes\"},");
  }
  return payload;
}

int MakeEnvelope(const Request& request, const std::string& fault) {
  using signature::notation::EnvelopeType;
  const std::string wanted = request.Text("signatureEnvelopeType");
  const EnvelopeType type = wanted == "application/cose" ? EnvelopeType::kCose : EnvelopeType::kJws;
  Bytes der = ToBytes(ReadFile(request.Config("folder") + "/key.der"));
  crypto::PrivateKey key = crypto::PrivateKey::FromDer(Secret::TakeAndWipe(der)).value();
  if (fault == "lies")
    key = crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEcdsaP256).value();
  signature::notation::Envelope made{type, AttributesFor(request, "ES256", fault), {}, {}, {}, {},
                                     {}};
  const std::string payload = PayloadFor(request, fault);
  made.signed_bytes =
      type == EnvelopeType::kJws
          ? signature::notation::JoinJwsSignedBytes(made.unverified_attributes, AsBytes(payload))
          : signature::notation::JoinCoseSignedBytes(made.unverified_attributes, AsBytes(payload));
  const Bytes signature = key.Sign(crypto::Scheme::kEcdsaP256Sha256, made.signed_bytes).value();
  made.signature = crypto::EcdsaRawFromDer(crypto::KeyType::kEcdsaP256, signature).value();
  std::ifstream file(request.Config("folder") +
                     (fault == "other-chain" ? "/other-chain" : "/chain"));
  for (std::string line; std::getline(file, line);) {
    made.certificates.push_back(encoding::FromBase64(line).value());
  }
  if (fault == "bad-timestamp") made.timestamp = Bytes{1, 2, 3};
  Bytes bytes = signature::notation::WriteEnvelope(made);
  if (fault == "cut") bytes.pop_back();
  return Answer(Value::Object(
      {{"signatureEnvelope", Value::String(encoding::ToBase64(bytes))},
       {"signatureEnvelopeType", Value::String(fault == "other-type" ? "text/plain" : wanted)},
       {"annotations", Value::Object({{"com.example.job", Value::String("17")}})}}));
}

const Value* Member(const Value& value, const char* outer, const char* inner) {
  const Value* member = value.Find(outer);
  return member == nullptr ? nullptr : member->Find(inner);
}

std::vector<std::string> TextsIn(const Value* list) {
  std::vector<std::string> texts;
  if (list == nullptr || list->array() == nullptr) return texts;
  for (const Value& item : *list->array()) texts.push_back(*item.string());
  return texts;
}

int Verify(const Request& request, const std::string& fault) {
  std::ofstream(request.Config("folder") + "/asked") << json::ToText(request.value);
  std::vector<std::string> checks =
      TextsIn(Member(request.value, "trustPolicy", "signatureVerification"));
  if (fault == "extra-check") checks.emplace_back("SIGNATURE_VERIFIER.EXPIRY");
  if (fault == "missing-check" && !checks.empty()) checks.pop_back();
  std::vector<std::pair<std::string, Value>> results;
  for (const std::string& check : checks) {
    Value success = Value::Bool(fault != "refuses" && fault != "no-reason");
    if (fault == "no-bool") success = Value::String("true");
    std::vector<std::pair<std::string, Value>> result = {{"success", std::move(success)}};
    if (fault == "refuses") result.emplace_back("reason", Value::String("revoked \x1b[31mtoday"));
    results.emplace_back(check, Value::Object(std::move(result)));
  }
  std::vector<std::string> names =
      TextsIn(Member(request.value, "signature", "unprocessedAttributes"));
  if (fault == "unprocessed" && !names.empty()) names.pop_back();
  if (fault == "processed-more") names.emplace_back("io.example.more");
  return Answer(Value::Object({{"verificationResults", Value::Object(std::move(results))},
                               {"processedAttributes", TextList(names)}}));
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
  return calls.find("\ngenerate-") != calls.rfind("\ngenerate-");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string input = ReadAll(std::cin);
  const std::string program = argv[0];
  Request request{argv[1], json::Parse(AsBytes(input), {1 << 24, 8, 100}).value(),
                  program.substr(0, program.rfind('/') + 1) + "settings"};
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
  if (request.command == "generate-envelope") return MakeEnvelope(request, fault);
  if (request.command == "verify-signature") return Verify(request, fault);
  if (request.command == "describe-key") return Describe(request, fault);
  return request.command == "generate-signature" ? Sign(request, fault) : 3;
}
