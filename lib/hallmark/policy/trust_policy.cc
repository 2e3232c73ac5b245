#include "hallmark/policy/trust_policy.h"

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/json.h"
#include "hallmark/policy/internal/identities.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"
#include "hallmark/policy/internal/rule_index.h"
#include "hallmark/policy/internal/tally.h"
#include "hallmark/policy/limits.h"

namespace hallmark::policy {

struct TrustPolicy::Impl {
  std::string sha256;
  trust::TrustRoot trust_root;
  std::vector<Rule> rules;
  Rule fallback;
  bool is_notation = false;
  // By the signer set of the Notary Project's statement, or by the identities that a rule names;
  // who is not here trusts nobody. Empty where all rules share the one trust root.
  std::map<std::string, trust::TrustRoot> own_roots = {};
  RuleIndex index = {};
  trust::TrustRoot nobody = trust::TrustRoot::OfNobody();
};

namespace {

constexpr json::Limits kLimits{kMaxPolicyBytes, kMaxPolicyDepth, kMaxPolicyValues};

// Which rules were read, to refuse two of one name and two that claim an image equally (A76).
class Claims {
 public:
  Result<Done> Add(const Rule& rule, json::Position position, const std::string& where) {
    const auto [same_name, new_name] = names_.try_emplace(rule.name(), rule.parts().place);
    if (!new_name) {
      return ComplainAt(position, where,
                        "another rule is called \"" + rule.name() + "\": " + same_name->second);
    }
    for (const ImagePattern& pattern : rule.parts().images) {
      const std::string owner = "rule \"" + rule.name() + "\" (" + rule.parts().place + ")";
      const auto [same, is_new] = patterns_.try_emplace(pattern.Canonical(), owner);
      if (!is_new) {
        return ComplainAt(position, where,
                          "pattern \"" + pattern.text() + "\" of " + owner +
                              " is equally specific in " + same->second);
      }
    }
    return Done();
  }

 private:
  std::map<std::string, std::string> names_;     // name, place
  std::map<std::string, std::string> patterns_;  // canonical pattern, owner
};

Result<std::vector<Rule>> ReadRules(const std::vector<json::Value>& items,
                                    const std::map<std::string, std::size_t>& set_sizes,
                                    const std::shared_ptr<const Overrides>& overrides,
                                    const std::string& file) {
  std::vector<Rule> rules;
  rules.reserve(items.size());
  Claims claims;
  for (const json::Value& item : items) {
    const std::string where = "rules[" + std::to_string(rules.size()) + "]";
    HALLMARK_ASSIGN(Rule::Parts parts, ReadRule(item, where, set_sizes, file));
    parts.overrides = overrides;
    rules.emplace_back(std::move(parts));
    HALLMARK_RETURN_IF_ERROR(claims.Add(rules.back(), item.position(), where));
  }
  return rules;
}

// Everybody that `require` can name.
struct Signers {
  std::vector<trust::TrustedKey> keys;
  std::vector<Identity> identities;
  std::map<std::string, std::size_t> sizes;
};

Result<Signers> ReadSigners(json::Fields& fields, const KeyLoader& load_key) {
  HALLMARK_ASSIGN(const json::Value* key_sets, fields.OptionalObject("keySets"));
  HALLMARK_ASSIGN(const json::Value* identities, fields.OptionalObject("identities"));
  if (key_sets == nullptr && identities == nullptr) {
    return fields.Complain("keySets", "missing: say whom to trust here or in \"identities\"");
  }
  Signers signers;
  if (key_sets != nullptr) {
    HALLMARK_ASSIGN(KeySets keys, ReadKeySets(*key_sets, load_key));
    signers.keys = std::move(keys.keys);
    signers.sizes = std::move(keys.sizes);
  }
  if (identities != nullptr) {
    HALLMARK_ASSIGN(Identities read, ReadIdentities(*identities));
    signers.identities = std::move(read.all);
    signers.sizes.merge(read.sizes);
  }
  return signers;
}

Result<PolicyContent> ReadPolicy(const json::Value& document,
                                 const std::vector<oci::Repository>* images,
                                 const KeyLoader& load_key, const StoreLoader& load_store,
                                 const std::string& file) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(document, "", members::kPolicy));
  HALLMARK_ASSIGN(const std::string schema, fields.String("schema"));
  if (schema != members::kSchema) {
    return fields.Complain("schema", "want \"" + std::string(members::kSchema) + "\"");
  }
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array("rules"));
  const json::Value* fallback = fields.OptionalAny("default");
  if (fallback == nullptr) {
    return fields.Complain("default", "missing: say what holds for images that no rule matches");
  }
  HALLMARK_ASSIGN(Signers signers, ReadSigners(fields, load_key));
  HALLMARK_ASSIGN(const auto overrides, ReadOverrides(fields, file));
  HALLMARK_ASSIGN(std::vector<Rule> rules, ReadRules(*items, signers.sizes, overrides, file));
  HALLMARK_ASSIGN(Rule::Parts parts, ReadDefault(*fallback, signers.sizes, file));
  parts.overrides = overrides;
  if (rules.empty() && (parts.allow_without_signature || parts.mode == Mode::kOff)) {
    return fields.Complain("default", "without any rule it would let every image through");
  }
  PolicyContent content{std::move(signers.keys), {}, std::move(rules), Rule(std::move(parts))};
  HALLMARK_RETURN_IF_ERROR(
      OpenIdentities(std::move(signers.identities), images, load_store, content));
  return content;
}

// The identities that a rule names, as one text: rules that name the same share a trust root.
std::string RootName(const Rule& rule) {
  std::string text;
  for (const std::string& name : IdentitiesOf(rule)) text += name + "\n";
  return text;
}

// Whom one rule trusts by certificate, beside all keys: an identity's stores and its use of
// timestamps are no matter to a rule that does not name it.
Result<trust::TrustRoot> IdentityRoot(const Rule& rule, const PolicyContent& content) {
  const std::set<std::string> named = IdentitiesOf(rule);
  std::vector<trust::TrustedAuthority> authorities;
  for (const trust::TrustedAuthority& authority : content.authorities) {
    if (named.contains(authority.signer_set)) authorities.push_back(authority);
  }
  if (content.keys.empty() && authorities.empty()) return trust::TrustRoot::OfNobody();
  return trust::TrustRoot::Of(content.keys, std::move(authorities));
}

// By what RootName says of the rule; none where a policy has no identities.
Result<std::map<std::string, trust::TrustRoot>> IdentityRoots(const PolicyContent& content) {
  std::map<std::string, trust::TrustRoot> roots;
  if (content.authorities.empty()) return roots;
  std::vector<const Rule*> rules = {&content.fallback};
  for (const Rule& rule : content.rules) rules.push_back(&rule);
  for (const Rule* rule : rules) {
    if (!rule->parts().require || roots.contains(RootName(*rule))) continue;
    HALLMARK_ASSIGN(trust::TrustRoot root, IdentityRoot(*rule, content));
    roots.emplace(RootName(*rule), std::move(root));
  }
  return roots;
}

// One trust root a statement of the Notary Project.
Result<std::map<std::string, trust::TrustRoot>> OwnRoots(const PolicyContent& content,
                                                         bool is_notation) {
  std::map<std::string, trust::TrustRoot> roots;
  if (!is_notation) return IdentityRoots(content);
  for (const trust::TrustedAuthority& authority : content.authorities) {
    HALLMARK_ASSIGN(trust::TrustRoot root, trust::TrustRoot::Of({}, {authority}));
    roots.emplace(authority.signer_set, std::move(root));
  }
  return roots;
}

Error InFile(const std::string& file, const Error& error) {
  return Error(ErrorCode::kConfig, file + ":" + error.message());
}

// What ReadRequirement checks in a file, for a requirement that was put together by a program.
Result<Done> CheckRequirement(const Rule::Parts& rule, const trust::TrustRoot& trust_root) {
  std::map<std::string, std::size_t> sizes;
  for (const trust::TrustedKey& key : trust_root.keys()) ++sizes[key.key_set];
  // How many signers an authority certifies is its own affair.
  for (const trust::TrustedAuthority& authority : trust_root.authorities()) {
    sizes[authority.signer_set] = std::numeric_limits<std::uint32_t>::max();
  }
  const std::vector<const SignedBy*> leaves =
      rule.require ? Leaves(*rule.require) : std::vector<const SignedBy*>();
  if (leaves.empty() || !NeedsSignature(*rule.require)) {
    return Error(ErrorCode::kConfig, "a rule needs a requirement that nobody can meet unsigned");
  }
  for (const SignedBy* leaf : leaves) {
    if (leaf->count < 1 || leaf->count > sizes[leaf->key_set]) {
      return Error(ErrorCode::kConfig, "want " + std::to_string(leaf->count) + " of " +
                                           std::to_string(sizes[leaf->key_set]) +
                                           " keys of key set " + leaf->key_set);
    }
  }
  return Done();
}

}  // namespace

Result<TrustPolicy> TrustPolicy::Parse(ByteView text, const std::string& name,
                                       const KeyLoader& load_key, const StoreLoader& load_store) {
  return Read(text, name, nullptr, load_key, load_store);
}

Result<TrustPolicy> TrustPolicy::ParseFor(const std::vector<oci::Repository>& images, ByteView text,
                                          const std::string& name, const KeyLoader& load_key,
                                          const StoreLoader& load_store) {
  return Read(text, name, &images, load_key, load_store);
}

Result<TrustPolicy> TrustPolicy::Read(ByteView text, const std::string& name,
                                      const std::vector<oci::Repository>* images,
                                      const KeyLoader& load_key, const StoreLoader& load_store) {
  Result<json::Value> document = json::Parse(text, kLimits);
  if (!document.ok()) return InFile(name, document.error());
  const bool is_notation = load_store && IsNotationPolicy(document.value());
  Result<PolicyContent> content =
      is_notation ? ReadNotationPolicy(document.value(), images, load_store, name)
                  : ReadPolicy(document.value(), images, load_key, load_store, name);
  if (!content.ok()) return InFile(name, content.error());
  PolicyContent read = std::move(content).value();
  Result<std::map<std::string, trust::TrustRoot>> own_roots = OwnRoots(read, is_notation);
  if (!own_roots.ok()) {
    return Error(ErrorCode::kConfig, name + ":1:1: " + own_roots.error().message());
  }
  // Level skip everywhere, or no store that is needed: the readers want somebody to be named.
  const bool trusts_nobody = read.keys.empty() && read.authorities.empty();
  Result<trust::TrustRoot> root =
      trusts_nobody ? trust::TrustRoot::OfNobody()
                    : trust::TrustRoot::Of(std::move(read.keys), std::move(read.authorities));
  if (!root.ok()) return Error(ErrorCode::kConfig, name + ":1:1: " + root.error().message());
  std::string digest = encoding::ToHex(crypto::Hash(crypto::HashAlgorithm::kSha256, text));
  RuleIndex index(read.rules);
  return TrustPolicy(std::make_shared<const Impl>(
      Impl{std::move(digest), std::move(root).value(), std::move(read.rules),
           std::move(read.fallback), is_notation, std::move(own_roots).value(), std::move(index)}));
}

Result<TrustPolicy> TrustPolicy::WithAnnotations(
    const std::map<std::string, std::string>& annotations) const {
  Impl changed = *impl_;
  const auto demand = [&](const Rule& rule) -> Result<Rule> {
    Rule::Parts parts = rule.parts();
    for (const auto& [name, value] : annotations) {
      const auto [wanted, is_new] = parts.expectation.annotations.try_emplace(name, value);
      if (is_new || wanted->second == value) continue;
      return Error(ErrorCode::kConfig,
                   "rule " + parts.name + " wants another value of annotation " + Printable(name));
    }
    return Rule(std::move(parts));
  };
  for (Rule& rule : changed.rules) {
    HALLMARK_ASSIGN(rule, demand(rule));
  }
  HALLMARK_ASSIGN(changed.fallback, demand(changed.fallback));
  return TrustPolicy(std::make_shared<const Impl>(std::move(changed)));
}

bool TrustPolicy::is_notation() const { return impl_->is_notation; }

Result<TrustPolicy> TrustPolicy::ForKeys(std::vector<trust::TrustedKey> keys, Rule::Parts rule) {
  return ForSigners(std::move(keys), {}, std::move(rule));
}

Result<TrustPolicy> TrustPolicy::ForSigners(std::vector<trust::TrustedKey> keys,
                                            std::vector<trust::TrustedAuthority> authorities,
                                            Rule::Parts rule) {
  HALLMARK_ASSIGN(trust::TrustRoot root,
                  trust::TrustRoot::Of(std::move(keys), std::move(authorities)));
  HALLMARK_RETURN_IF_ERROR(CheckRequirement(rule, root));
  Rule only(std::move(rule));
  return TrustPolicy(std::make_shared<const Impl>(Impl{"", std::move(root), {only}, only}));
}

const Rule& TrustPolicy::RuleFor(const oci::Reference& reference) const {
  const std::optional<std::size_t> found = impl_->index.Find(reference.repository());
  return found ? impl_->rules[*found] : impl_->fallback;
}

const std::vector<Rule>& TrustPolicy::rules() const { return impl_->rules; }
const Rule& TrustPolicy::default_rule() const { return impl_->fallback; }
const trust::TrustRoot& TrustPolicy::trust_root() const { return impl_->trust_root; }

const trust::TrustRoot& TrustPolicy::TrustRootFor(const Rule& rule) const {
  if (!rule.parts().require) return impl_->nobody;
  if (!impl_->is_notation && impl_->own_roots.empty()) return impl_->trust_root;
  const std::vector<const SignedBy*> leaves = Leaves(*rule.parts().require);
  if (impl_->is_notation && leaves.size() != 1) return impl_->nobody;
  const auto own =
      impl_->own_roots.find(impl_->is_notation ? leaves.front()->key_set : RootName(rule));
  return own == impl_->own_roots.end() ? impl_->nobody : own->second;
}

const std::string& TrustPolicy::sha256() const { return impl_->sha256; }

}  // namespace hallmark::policy
