#include <algorithm>
#include <array>
#include <map>

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/hex.h"
#include "tests/conformance/vectors.h"
#include "tests/support/catch.h"

namespace hallmark::conformance {
namespace {

using json::Value;

// "SHA-256" as schemes spell it.
std::string HashName(std::string text) {
  std::erase(text, '-');
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

// The scheme of a group, from the name of its file where the group does not say it.
std::string SchemeName(const std::string& file, const Value& group) {
  const std::string hash = HashName(Text(group, "sha"));
  for (const std::string curve : {"256", "384", "521"}) {
    if (file.starts_with("ecdsa_secp" + curve)) return "ecdsa-p" + curve + "-" + hash;
  }
  if (file.starts_with("ed25519")) return "ed25519";
  if (file.starts_with("rsa_pss")) return "rsa-pss-" + hash;
  if (file.starts_with("rsa_signature")) return "rsa-pkcs1-" + hash;
  return file;
}

std::string Encoding(const std::string& file) {
  if (file.find("p1363") != std::string::npos) return "p1363";
  return file.starts_with("ecdsa") ? "der" : "raw";
}

std::string HexToBase64(const std::string& hex) {
  return encoding::ToBase64(encoding::FromHex(hex).value());
}

Outcome RunOne(const std::string& file, const Value& group, const Value& test) {
  std::vector<std::pair<std::string, Value>> request{
      {"op", Value::String("verify")},
      {"key", Value::String(Text(group, "publicKeyPem"))},
      {"scheme", Value::String(SchemeName(file, group))},
      {"encoding", Value::String(Encoding(file))},
      {"msg", Value::String(HexToBase64(Text(test, "msg")))},
      {"sig", Value::String(HexToBase64(Text(test, "sig")))}};
  if (const Value* salt = group.Find("sLen")) request.emplace_back("salt_len", *salt);
  return OutcomeOf(Ask(std::move(request)));
}

// PSS by another hash for MGF1 than for the message, or SHA-1 or SHA-224, cannot be asked for.
bool CanBeAsked(const Value& group) {
  static constexpr std::array kHashes{"SHA-256", "SHA-384", "SHA-512"};
  if (group.Find("sha") == nullptr) return true;
  const std::string hash = Text(group, "sha");
  const std::string mask_hash = Text(group, "mgfSha");
  return std::find(kHashes.begin(), kHashes.end(), hash) != kHashes.end() &&
         (mask_hash.empty() || mask_hash == hash);
}

// RSA keys with exponent 3 are never used; three files end with one or two genuine signatures by
// such keys (A31).
bool HasSmallExponent(const Value& group) {
  const Value* key = group.Find("publicKey");
  return key != nullptr && Text(*key, "publicExponent") == "03";
}

struct Count {
  std::size_t accepted = 0;
  std::size_t refused = 0;
  std::size_t unsupported = 0;
};

// Invalid never passes; valid always does unless the client said it does not offer the scheme.
// "acceptable" means here only: PKCS#1 v1.5 whose DigestInfo lacks the NULL. RFC 8017 section 9.2
// (note 1) wants the NULL, and so do we: refused.
Count RunFile(const std::filesystem::path& path) {
  const std::string file = path.filename().string();
  const Value document = ReadJson(path);
  Count count;
  for (const Value& group : *document.Find("testGroups")->array()) {
    if (!CanBeAsked(group)) continue;
    for (const Value& test : *group.Find("tests")->array()) {
      const std::string result = Text(test, "result");
      const Outcome outcome = RunOne(file, group, test);
      INFO(file << " tcId " << test.Find("tcId")->unsigned_integer().value_or(0) << " "
                << Text(test, "comment"));
      if (result != "valid") {
        CHECK(outcome != Outcome::kYes);
        if (result == "acceptable") CHECK(test.Find("flags")->array()->size() == 1);
      } else {
        CHECK(outcome != Outcome::kNo);
      }
      count.accepted += outcome == Outcome::kYes ? 1U : 0U;
      count.refused += outcome == Outcome::kNo ? 1U : 0U;
      if (HasSmallExponent(group)) {
        CHECK(outcome == Outcome::kUnsupported);
      } else {
        count.unsupported += outcome == Outcome::kUnsupported ? 1U : 0U;
      }
    }
  }
  return count;
}

// Salts of another length than the hash's, and schemes outside the library.
bool IsKnownUnsupported(const std::string& file) {
  static constexpr std::array kFiles{
      "ed448_test.json", "mldsa_44_verify_test.json", "rsa_pss_2048_sha256_mgf1_0_test.json",
      "rsa_pss_4096_sha512_mgf1_32_test.json", "rsa_pss_misc_test.json"};
  return std::find(kFiles.begin(), kFiles.end(), file) != kFiles.end();
}

TEST_CASE("every signature of the Wycheproof files gets its answer") {
  const auto folder = FindVectors("wycheproof/testvectors_v1");
  if (!folder) return;
  Count total;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    const std::string file = entry.path().filename().string();
    if (file.starts_with("json_web")) continue;
    INFO(file);
    const Count count = RunFile(entry.path());
    CHECK((count.unsupported == 0 || IsKnownUnsupported(file)));
    CHECK((count.accepted > 0 || IsKnownUnsupported(file)));
    total.accepted += count.accepted;
    total.refused += count.refused;
    total.unsupported += count.unsupported;
  }
  WARN("wycheproof: " << total.accepted << " accepted, " << total.refused << " refused, "
                      << total.unsupported << " unsupported");
  CHECK(total.accepted > 1000);
  CHECK(total.refused > 1000);
}

}  // namespace
}  // namespace hallmark::conformance
