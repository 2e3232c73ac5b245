#include "tools/common/policy_source.h"

#include <filesystem>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/keys/file/key_file.h"
#include "hallmark/policy/predicate_type.h"
#include "tools/common/file_reading.h"
#include "tools/common/key_ref.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxPolicyBytes = std::size_t{1024} * 1024;
constexpr std::size_t kMaxKeyBytes = std::size_t{64} * 1024;
constexpr std::string_view kAdHoc = "--key";

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
  return expectation;
}

Result<policy::TrustPolicy> AdHocPolicy(const Session& session) {
  std::vector<trust::TrustedKey> keys;
  for (const std::string& key_ref : session.arguments.Values("key")) {
    HALLMARK_ASSIGN(crypto::PublicKey key, OpenTrustedKey(session.environment, key_ref));
    keys.push_back({std::string(kAdHoc), KeyName(key_ref), std::move(key), {}, {}});
  }
  policy::Rule::Parts rule;
  rule.name = kAdHoc;
  rule.require = policy::Requirement{policy::SignedBy{std::string(kAdHoc), 1}};
  HALLMARK_ASSIGN(rule.expectation, ExpectationOf(session));
  return policy::TrustPolicy::ForKeys(std::move(keys), std::move(rule));
}

}  // namespace

Result<policy::TrustPolicy> LoadPolicy(const std::string& file) {
  HALLMARK_ASSIGN(const Bytes text, ReadTrustedFile(file, kMaxPolicyBytes));
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  const policy::KeyLoader load_key = [&](const std::string& name) -> Result<crypto::PublicKey> {
    const std::filesystem::path path = folder / name;
    // Read once: what was judged by its permissions is what is used.
    HALLMARK_ASSIGN(Bytes bytes, ReadTrustedFile(path, kMaxKeyBytes));
    return keys::ParsePublicKey(Secret::TakeAndWipe(bytes), path);
  };
  return policy::TrustPolicy::Parse(text, Printable(file), load_key);
}

Result<policy::TrustPolicy> PolicyOf(const Session& session) {
  const Arguments& arguments = session.arguments;
  std::optional<std::string> file = arguments.Value("policy");
  bool has_keys = arguments.Has("key");
  // One on the command line, the other a variable: the command line wins.
  if (file && has_keys && arguments.IsTyped("policy") != arguments.IsTyped("key")) {
    if (arguments.IsTyped("key")) file.reset();
    has_keys = !file;
  }
  if (file && has_keys) return Config("--policy and --key: give one of the two");
  if (!file && !has_keys) return Config("say what to trust: --policy FILE or --key KEYREF");
  if (!file) return AdHocPolicy(session);
  for (const std::string_view flag : {"annotate", "attestation", "signed-name"}) {
    if (arguments.Has(flag)) {
      return Config("--" + std::string(flag) + " goes with --key; a policy's rules say their own");
    }
  }
  return LoadPolicy(*file);
}

}  // namespace hallmark::cli
