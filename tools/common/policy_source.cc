#include "tools/common/policy_source.h"

#include <chrono>
#include <filesystem>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/duration.h"
#include "hallmark/keys/file/key_file.h"
#include "hallmark/policy/predicate_type.h"
#include "tools/common/file_reading.h"
#include "tools/common/key_ref.h"
#include "tools/common/trust_store.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxPolicyBytes = std::size_t{1024} * 1024;
constexpr std::size_t kMaxKeyBytes = std::size_t{64} * 1024;
constexpr std::string_view kAdHoc = "--key";
constexpr std::string_view kTrustStore = "--trust-store";
constexpr std::string_view kSubjectPrefix = "x509.subject:";

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

Result<policy::SignedName> SignedNameOf(const Session& session) {
  const std::string name = session.arguments.Value("signed-name").value_or("none");
  if (name == "none") return policy::SignedName::kNone;
  if (name == "repository") return policy::SignedName::kRepository;
  if (name == "tag") return policy::SignedName::kTag;
  if (name == "exact") return policy::SignedName::kExact;
  return Config("--signed-name: do not know \"" + Printable(name) + "\"");
}

Result<policy::Expectation> ExpectationOf(const Session& session) {
  policy::Expectation expectation;
  if (const auto type = session.arguments.Value("attestation")) {
    HALLMARK_ASSIGN(expectation.predicate_type, policy::PredicateTypeFromName(*type));
  }
  HALLMARK_ASSIGN(expectation.annotations, session.arguments.Pairs("annotate"));
  HALLMARK_ASSIGN(expectation.signed_name, SignedNameOf(session));
  if (const auto age = session.arguments.Value("max-age")) {
    Result<std::chrono::seconds> duration = encoding::ParseDuration(*age);
    if (!duration.ok()) return Config("--max-age: " + duration.error().message());
    expectation.max_age = duration.value();
  }
  return expectation;
}

// "C=US, ST=WA, O=Example" with or without notation's prefix, or "*" for anyone.
Result<Done> ReadIdentities(const Session& session, trust::TrustedAuthority& authority) {
  for (std::string_view text : session.arguments.Values("identity")) {
    if (text == "*") {
      authority.any_subject = true;
      continue;
    }
    if (text.starts_with(kSubjectPrefix)) text.remove_prefix(kSubjectPrefix.size());
    Result<x509::DistinguishedName> name = x509::DistinguishedName::Parse(text);
    if (!name.ok()) return Config("--identity: " + name.error().message());
    authority.subjects.push_back(std::move(name).value());
  }
  if (authority.any_subject || !authority.subjects.empty()) return Done{};
  return Config(
      "--trust-store: say whose signatures count: --identity 'C=US, ST=WA, O=Example', or "
      "--identity '*' for anyone certified under it");
}

// Whether a flag counts beside another that trusts somebody else: with one typed and the other
// a variable the typed one stands alone, so that no variable widens it.
bool Counts(const Arguments& arguments, std::string_view flag, std::string_view other) {
  return arguments.Has(flag) && (arguments.IsTyped(flag) || !arguments.IsTyped(other));
}

Result<std::vector<trust::TrustedAuthority>> AdHocAuthorities(const Session& session) {
  const std::optional<std::string> path = session.arguments.Value("trust-store");
  if (!path || !Counts(session.arguments, "trust-store", "key"))
    return std::vector<trust::TrustedAuthority>();
  HALLMARK_ASSIGN(trust::TrustedAuthority authority, LoadTrustStore(*path));
  authority.signer_set = kTrustStore;
  if (const auto roots = session.arguments.Value("timestamp-roots")) {
    HALLMARK_ASSIGN(authority.timestamping, LoadAnchors(trust::StoreKind::kTimestamping, *roots));
  }
  HALLMARK_RETURN_IF_ERROR(ReadIdentities(session, authority));
  return std::vector<trust::TrustedAuthority>{std::move(authority)};
}

Result<std::vector<trust::TrustedKey>> AdHocKeys(const Session& session) {
  std::vector<trust::TrustedKey> keys;
  if (!Counts(session.arguments, "key", "trust-store")) return keys;
  for (const std::string& key_ref : session.arguments.Values("key")) {
    HALLMARK_ASSIGN(crypto::PublicKey key, OpenTrustedKey(session.environment, key_ref));
    keys.push_back({std::string(kAdHoc), KeyName(key_ref), std::move(key), {}, {}});
  }
  return keys;
}

// One key, or one signer under the trust store; with both flags either will do.
Result<policy::TrustPolicy> AdHocPolicy(const Session& session) {
  HALLMARK_ASSIGN(std::vector<trust::TrustedKey> keys, AdHocKeys(session));
  HALLMARK_ASSIGN(std::vector<trust::TrustedAuthority> authorities, AdHocAuthorities(session));
  std::vector<policy::Requirement> either;
  if (!keys.empty()) either.push_back({policy::SignedBy{std::string(kAdHoc), 1}});
  if (!authorities.empty()) either.push_back({policy::SignedBy{std::string(kTrustStore), 1}});
  policy::Rule::Parts rule;
  rule.name = keys.empty() ? kTrustStore : kAdHoc;
  rule.require =
      either.size() == 1 ? either.front() : policy::Requirement{policy::AnyOf{std::move(either)}};
  HALLMARK_ASSIGN(rule.expectation, ExpectationOf(session));
  return policy::TrustPolicy::ForSigners(std::move(keys), std::move(authorities), std::move(rule));
}

Error GoesWithout(std::string_view flag) {
  return Config("--" + std::string(flag) +
                " goes with --key or --trust-store; a policy's rules say their own");
}

// Flags that would be ignored beside any policy: their wish must not pass for granted.
Result<Done> RefuseBesidePolicy(const Arguments& arguments) {
  for (const std::string_view flag :
       {"attestation", "signed-name", "max-age", "identity", "timestamp-roots"}) {
    if (arguments.Has(flag)) return GoesWithout(flag);
  }
  return Done{};
}

// notation's policies say nothing about annotations and have stores elsewhere: both are told beside
// them, as with notation.
Result<policy::TrustPolicy> Tighten(const Arguments& arguments, const policy::TrustPolicy& policy) {
  if (!policy.is_notation() && arguments.Has("annotate")) return GoesWithout("annotate");
  if (!policy.is_notation() && arguments.Has("trust-store")) {
    return Config("--trust-store beside --policy is for notation's trustpolicy.json");
  }
  HALLMARK_ASSIGN(const auto annotations, arguments.Pairs("annotate"));
  return annotations.empty() ? policy : policy.WithAnnotations(annotations);
}

// A policy file with what it names, read for `images` or for all.
Result<policy::TrustPolicy> ReadPolicy(const std::string& file,
                                       const std::optional<std::string>& trust_store,
                                       const std::vector<oci::Repository>* images) {
  HALLMARK_ASSIGN(const Bytes text, ReadTrustedFile(file, kMaxPolicyBytes));
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  const policy::KeyLoader load_key = [&](const std::string& name) -> Result<crypto::PublicKey> {
    const std::filesystem::path path = folder / name;
    // Read once: what was judged by its permissions is what is used.
    HALLMARK_ASSIGN(Bytes bytes, ReadTrustedFile(path, kMaxKeyBytes));
    return keys::ParsePublicKey(Secret::TakeAndWipe(bytes), path);
  };
  const policy::StoreLoader load_store = [&](trust::StoreKind kind, const std::string& name) {
    const std::filesystem::path stores =
        trust_store ? std::filesystem::path(*trust_store) : folder / "truststore";
    return LoadNamedStore(stores, kind, name);
  };
  const std::string name = Printable(file);
  if (images == nullptr) return policy::TrustPolicy::Parse(text, name, load_key, load_store);
  return policy::TrustPolicy::ParseFor(*images, text, name, load_key, load_store);
}

}  // namespace

Result<policy::TrustPolicy> LoadPolicy(const std::string& file) {
  return ReadPolicy(file, std::nullopt, nullptr);
}

Result<policy::TrustPolicy> LoadPolicyFor(const std::vector<Target>& images,
                                          const std::string& file,
                                          const std::optional<std::string>& trust_store) {
  std::vector<oci::Repository> repositories;
  repositories.reserve(images.size());
  for (const Target& image : images) repositories.push_back(image.repository);
  return ReadPolicy(file, trust_store, &repositories);
}

Result<policy::TrustPolicy> PolicyOf(const Session& session, const std::vector<Target>& images) {
  const Arguments& arguments = session.arguments;
  std::optional<std::string> file = arguments.Value("policy");
  bool has_keys = arguments.Has("key");
  // One on the command line, the other a variable: the command line wins.
  if (file && has_keys && arguments.IsTyped("policy") != arguments.IsTyped("key")) {
    if (arguments.IsTyped("key")) file.reset();
    has_keys = !file;
  }
  if (file && has_keys) return Config("--policy and --key: give one of the two");
  const bool has_store = arguments.Has("trust-store");
  if (!file && !has_keys && !has_store) {
    return Config("say what to trust: --policy FILE, --key KEYREF or --trust-store DIR");
  }
  for (const std::string_view flag : {"identity", "timestamp-roots"}) {
    if (!file && !has_store && arguments.Has(flag)) {
      return Config("--" + std::string(flag) + " goes with --trust-store");
    }
  }
  if (!file) return AdHocPolicy(session);
  HALLMARK_RETURN_IF_ERROR(RefuseBesidePolicy(arguments));
  HALLMARK_ASSIGN(const policy::TrustPolicy policy,
                  LoadPolicyFor(images, *file, arguments.Value("trust-store")));
  return Tighten(arguments, policy);
}

}  // namespace hallmark::cli
