#include "hallmark/policy/internal/tally.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/duration.h"

namespace hallmark::policy {
namespace {

// How the signers of --trust-store and of a statement of the Notary Project are called.
constexpr std::string_view kTrustStore = "--trust-store";
constexpr std::string_view kStatement = "trust policy ";
constexpr std::string_view kIdentity = "identity ";

const std::vector<Requirement>* PartsOf(const Requirement& requirement) {
  if (const auto* all = std::get_if<AllOf>(&requirement.value)) return &all->parts;
  if (const auto* any = std::get_if<AnyOf>(&requirement.value)) return &any->parts;
  if (const auto* some = std::get_if<AtLeast>(&requirement.value)) return &some->parts;
  return nullptr;
}

template <typename Leaf>
void CollectLeaves(const Requirement& requirement, std::vector<const Leaf*>& leaves) {
  if (const auto* leaf = std::get_if<Leaf>(&requirement.value)) {
    leaves.push_back(leaf);
  } else if (const std::vector<Requirement>* parts = PartsOf(requirement)) {
    for (const Requirement& part : *parts) CollectLeaves(part, leaves);
  }
}

// "an image as its conditions want it (user, labels)"
std::string DescribeImage(const ImageRule& rule) {
  std::string names;
  const auto add = [&](bool is_asked, std::string_view name) {
    if (is_asked) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  add(rule.user.has_value(), "user");
  add(rule.tag.has_value() || !rule.tag_patterns.empty(), "tag");
  add(rule.max_bytes.has_value(), "maxBytes");
  add(rule.max_layers.has_value(), "maxLayers");
  add(!rule.labels.empty(), "labels");
  add(!rule.platforms.empty(), "platforms");
  add(rule.base.has_value(), "base");
  add(rule.max_age.has_value(), "maxAge");
  add(rule.no_secrets.has_value(), "secrets");
  add(rule.media_types.has_value(), "mediaTypes");
  return "an image as its conditions want it (" + names + ")";
}

std::string Join(const std::vector<Requirement>& parts, std::string_view word) {
  if (parts.empty()) return "nothing, which is never enough";
  std::string joined;
  for (const Requirement& part : parts) {
    if (!joined.empty()) joined += word;
    joined += Describe(part);
  }
  return joined;
}

std::string InBrackets(const std::vector<Requirement>& parts, std::string_view word) {
  return parts.size() == 1 ? Join(parts, word) : "(" + Join(parts, word) + ")";
}

// "attestation https://slsa.dev/provenance/v1 by 1 of key set builders, no older than 7d"
std::string DescribeLeaf(const SignedBy& leaf) {
  std::string text = std::to_string(leaf.count) + " of " + SetName(leaf.key_set);
  if (leaf.predicate_type) text = "attestation " + Printable(*leaf.predicate_type) + " by " + text;
  if (leaf.max_age) text += ", no older than " + encoding::DurationText(*leaf.max_age);
  return text;
}

}  // namespace

void Tally::Add(const SignedBy& leaf, const signature::VerifiedSignature& signature) {
  const signature::SignerIdentity& signer = signature.signer();
  signers_[&leaf].keys.insert(signer.fingerprint);
  signers_[&leaf].names.insert(signer.certificates.empty() ? signer.key_id : signer.name);
}

std::size_t Tally::Count(const SignedBy& leaf) const {
  const auto found = signers_.find(&leaf);
  if (found == signers_.end()) return 0;
  return std::min(found->second.keys.size(), found->second.names.size());
}

void Tally::Accept(const ImageIs& leaf) { accepted_.insert(&leaf); }
bool Tally::Accepts(const ImageIs& leaf) const { return accepted_.contains(&leaf); }

bool IsMet(const Requirement& requirement, const Tally& tally) {
  const auto part_is_met = [&](const Requirement& part) { return IsMet(part, tally); };
  if (const auto* signed_by = std::get_if<SignedBy>(&requirement.value)) {
    return signed_by->count >= 1 && tally.Count(*signed_by) >= signed_by->count;
  }
  if (const auto* all = std::get_if<AllOf>(&requirement.value)) {
    return !all->parts.empty() && std::all_of(all->parts.begin(), all->parts.end(), part_is_met);
  }
  if (const auto* any = std::get_if<AnyOf>(&requirement.value)) {
    return std::any_of(any->parts.begin(), any->parts.end(), part_is_met);
  }
  if (const auto* some = std::get_if<AtLeast>(&requirement.value)) {
    const auto met = std::count_if(some->parts.begin(), some->parts.end(), part_is_met);
    return some->count >= 1 && met >= std::int64_t{some->count};
  }
  if (const auto* image = std::get_if<ImageIs>(&requirement.value)) return tally.Accepts(*image);
  return false;
}

std::vector<const SignedBy*> Leaves(const Requirement& requirement) {
  std::vector<const SignedBy*> leaves;
  CollectLeaves(requirement, leaves);
  return leaves;
}

std::vector<const ImageIs*> ImageLeaves(const Requirement& requirement) {
  std::vector<const ImageIs*> leaves;
  CollectLeaves(requirement, leaves);
  return leaves;
}

bool NeedsSignature(const Requirement& requirement) {
  if (std::holds_alternative<SignedBy>(requirement.value)) return true;
  const std::vector<Requirement>* parts = PartsOf(requirement);
  if (parts == nullptr) return false;
  const auto free = static_cast<std::size_t>(std::count_if(
      parts->begin(), parts->end(), [](const Requirement& part) { return !NeedsSignature(part); }));
  if (std::holds_alternative<AllOf>(requirement.value)) return free < parts->size();
  if (const auto* some = std::get_if<AtLeast>(&requirement.value)) return free < some->count;
  return free == 0;
}

bool IsAdHoc(const std::string& key_set) { return key_set.starts_with("--"); }

bool IsCertified(const std::string& key_set) {
  return key_set == kTrustStore || key_set.starts_with(kStatement) ||
         key_set.starts_with(kIdentity);
}

std::string SetName(const std::string& key_set) {
  if (key_set == kTrustStore) return "the signers certified under --trust-store";
  if (key_set.starts_with(kIdentity)) return key_set;
  if (key_set.starts_with(kStatement)) return "the signers of " + key_set;
  return (IsAdHoc(key_set) ? "the keys given with " : "key set ") + key_set;
}

std::string Describe(const Requirement& requirement) {
  if (const auto* signed_by = std::get_if<SignedBy>(&requirement.value)) {
    return DescribeLeaf(*signed_by);
  }
  if (const auto* image = std::get_if<ImageIs>(&requirement.value)) {
    return DescribeImage(image->rule);
  }
  if (const auto* some = std::get_if<AtLeast>(&requirement.value)) {
    return std::to_string(some->count) + " of (" + Join(some->parts, ", ") + ")";
  }
  const std::vector<Requirement>* parts = PartsOf(requirement);
  if (parts == nullptr) return "nothing, which is never enough";
  return InBrackets(*parts, std::holds_alternative<AllOf>(requirement.value) ? " and " : " or ");
}

std::string DescribeShortfall(const Requirement& requirement, const Tally& tally) {
  std::string text;
  for (const SignedBy* leaf : Leaves(requirement)) {
    const std::size_t count = tally.Count(*leaf);
    if (count >= leaf->count) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " of " + std::to_string(leaf->count) + " keys of " +
            SetName(leaf->key_set);
    if (leaf->predicate_type) text += " for " + Printable(*leaf->predicate_type);
  }
  return text.empty() ? "the requirement is not met" : text + " signed";
}

}  // namespace hallmark::policy
