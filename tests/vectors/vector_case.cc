#include "tests/vectors/vector_case.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "tests/support/world/must.h"

namespace hallmark::testing {
namespace {

namespace fs = std::filesystem;
using json::Fields;
using json::Value;

constexpr std::string_view kKeySet = "trusted";
// Data of unit tests, not questions to a verifier.
const std::set<std::string, std::less<>> kNotCases = {"predicate", "tsa", "x509"};

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

policy::SignedName ParseSignedName(const std::string& text) {
  if (text == "none") return policy::SignedName::kNone;
  if (text == "repository") return policy::SignedName::kRepository;
  if (text == "tag") return policy::SignedName::kTag;
  if (text == "exact") return policy::SignedName::kExact;
  throw std::runtime_error("unknown signedName " + text);
}

std::vector<crypto::Scheme> ParseScheme(Fields& fields) {
  const auto name = Must(fields.OptionalString("scheme"));
  if (!name) return {};
  const auto scheme = crypto::SchemeFromName(*name);
  if (!scheme) throw std::runtime_error("unknown scheme " + *name);
  return {*scheme};
}

// "keys" and "scheme": files of the format's keys folder.
std::vector<trust::TrustedKey> ParseKeys(Fields& fields, const fs::path& folder) {
  const std::vector<crypto::Scheme> schemes = ParseScheme(fields);
  std::vector<trust::TrustedKey> keys;
  const std::vector<Value>* files = Must(fields.OptionalArray("keys"));
  if (files == nullptr) return keys;
  for (const Value& file : *files) {
    const std::string name = *file.string();
    keys.push_back({std::string(kKeySet),
                    name,
                    Must(crypto::PublicKey::FromPem(ReadFile(folder / name))),
                    schemes,
                    {}});
  }
  return keys;
}

std::vector<x509::Certificate> ParseAnchors(Fields& fields, std::string_view name,
                                            trust::StoreKind kind, const fs::path& folder) {
  std::vector<x509::Certificate> anchors;
  const std::vector<Value>* files = Must(fields.OptionalArray(name));
  if (files == nullptr) return anchors;
  for (const Value& file : *files) {
    const Bytes bytes = ToBytes(ReadFile(folder / *file.string()));
    for (const auto& one : Must(trust::ReadAnchors(kind, bytes, *file.string()))) {
      anchors.push_back(one);
    }
  }
  return anchors;
}

// "stores", "timestampStores" and "identities": certificates of the format's stores folder.
std::vector<trust::TrustedAuthority> ParseAuthorities(Fields& fields, const fs::path& folder) {
  trust::TrustedAuthority authority;
  authority.signer_set = kKeySet;
  authority.signing = ParseAnchors(fields, "stores", trust::StoreKind::kCa, folder);
  authority.timestamping =
      ParseAnchors(fields, "timestampStores", trust::StoreKind::kTimestamping, folder);
  const std::vector<Value>* names = Must(fields.OptionalArray("identities"));
  authority.any_subject = names == nullptr;
  for (const Value& name : names == nullptr ? std::vector<Value>() : *names) {
    authority.subjects.push_back(Must(x509::DistinguishedName::Parse(*name.string())));
  }
  if (authority.signing.empty()) return {};
  return {std::move(authority)};
}

policy::Rule::Parts ParseRule(Fields& fields) {
  policy::Rule::Parts rule;
  rule.name = "vector";
  const auto count = Must(fields.OptionalUnsigned("count", 100)).value_or(1);
  rule.require = policy::Requirement{
      policy::SignedBy{std::string(kKeySet), static_cast<std::uint32_t>(count)}};
  rule.expectation.predicate_type =
      Must(fields.OptionalString("attestation")).value_or(std::string(signature::kSignPredicate));
  rule.expectation.signed_name =
      ParseSignedName(Must(fields.OptionalString("signedName")).value_or("none"));
  if (const Value* wanted = Must(fields.OptionalObject("annotations"))) {
    for (const json::Member& member : *wanted->object()) {
      rule.expectation.annotations[member.name] = *member.value.string();
    }
  }
  return rule;
}

bool ParseFlag(Fields& fields, std::string_view name) {
  const Value* value = fields.OptionalAny(name);
  return value != nullptr && value->boolean().value();
}

VectorCase LoadCase(const fs::path& folder, signature::FormatId format) {
  const fs::path format_folder = folder.parent_path();
  VectorCase out{};
  out.name = format_folder.filename().string() + "/" + folder.filename().string();
  out.format = format;
  const std::string text = ReadFile(folder / "case.json");
  const Value document = Must(json::Parse(AsBytes(text), {64 * 1024, 8, 1000}));
  Fields fields = Must(Fields::Of(document, out.name));
  out.title = Must(fields.String("title"));
  const std::string expect = Must(fields.String("expect"));
  out.is_verified = expect == "verified";
  out.reason = Must(fields.String("reason"));
  out.now = Must(encoding::FromRfc3339(Must(fields.String("now"))));
  (void)Must(fields.String("source"));
  (void)Must(fields.String("spec"));
  (void)Must(fields.OptionalString("peer"));
  const auto layout = Must(fields.OptionalString("layout"));
  out.layout = layout ? format_folder / *layout : folder / "layout";
  out.image = Must(fields.OptionalString("image")).value_or("v1");
  out.recursive = ParseFlag(fields, "recursive");
  out.keys = ParseKeys(fields, format_folder / "keys");
  out.authorities = ParseAuthorities(fields, format_folder / "stores");
  out.rule = ParseRule(fields);
  // Of the envelope alone: tests/unit/signature/notation/vectors_test.cc.
  (void)Must(fields.OptionalArray("leaves"));
  (void)Must(fields.OptionalString("envelope"));
  Must(fields.NothingElse());
  const bool is_refused = out.name.ends_with("_fail");
  if (is_refused == out.is_verified || (!out.is_verified && expect != "refused")) {
    throw std::runtime_error(out.name + ": the name and \"expect\" contradict each other");
  }
  return out;
}

std::vector<fs::path> FoldersIn(const fs::path& root) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(root)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

std::vector<VectorCase> LoadVectorCases(const fs::path& root) {
  std::vector<VectorCase> cases;
  for (const fs::path& format_folder : FoldersIn(root)) {
    const std::string name = format_folder.filename().string();
    if (kNotCases.contains(name)) continue;
    const auto format = signature::FormatFromName(name == "notation" ? "notation-jws" : name);
    if (!format) throw std::runtime_error("no format " + name);
    for (const fs::path& folder : FoldersIn(format_folder)) {
      if (folder.filename() == "keys" || folder.filename() == "stores") continue;
      cases.push_back(LoadCase(folder, *format));
    }
  }
  return cases;
}

}  // namespace hallmark::testing
