#include "hallmark/policy/internal/tally.h"

#include <algorithm>
#include <string_view>
#include <variant>

namespace hallmark::policy {
namespace {

// How the signers of --trust-store and of a statement of the Notary Project are called.
constexpr std::string_view kTrustStore = "--trust-store";
constexpr std::string_view kStatement = "trust policy ";

const std::vector<Requirement>* PartsOf(const Requirement& requirement) {
  if (const auto* all = std::get_if<AllOf>(&requirement.value)) return &all->parts;
  if (const auto* any = std::get_if<AnyOf>(&requirement.value)) return &any->parts;
  return nullptr;
}

void CollectLeaves(const Requirement& requirement, std::vector<const SignedBy*>& leaves) {
  if (const auto* signed_by = std::get_if<SignedBy>(&requirement.value)) {
    leaves.push_back(signed_by);
  } else if (const std::vector<Requirement>* parts = PartsOf(requirement)) {
    for (const Requirement& part : *parts) CollectLeaves(part, leaves);
  }
}

std::string Join(const std::vector<Requirement>& parts, std::string_view word) {
  if (parts.empty()) return "nothing, which is never enough";
  std::string joined;
  for (const Requirement& part : parts) {
    if (!joined.empty()) joined += word;
    joined += Describe(part);
  }
  return parts.size() == 1 ? joined : "(" + joined + ")";
}

}  // namespace

void Tally::Add(const signature::VerifiedSignature& signature) {
  for (const std::string& key_set : signature.signer().key_sets) {
    keys_[key_set].insert(signature.signer().fingerprint);
  }
}

std::size_t Tally::Count(const std::string& key_set) const {
  const auto found = keys_.find(key_set);
  return found == keys_.end() ? 0 : found->second.size();
}

bool IsMet(const Requirement& requirement, const Tally& tally) {
  const auto part_is_met = [&](const Requirement& part) { return IsMet(part, tally); };
  if (const auto* signed_by = std::get_if<SignedBy>(&requirement.value)) {
    return signed_by->count >= 1 && tally.Count(signed_by->key_set) >= signed_by->count;
  }
  if (const auto* all = std::get_if<AllOf>(&requirement.value)) {
    return !all->parts.empty() && std::all_of(all->parts.begin(), all->parts.end(), part_is_met);
  }
  if (const auto* any = std::get_if<AnyOf>(&requirement.value)) {
    return std::any_of(any->parts.begin(), any->parts.end(), part_is_met);
  }
  return false;
}

std::vector<const SignedBy*> Leaves(const Requirement& requirement) {
  std::vector<const SignedBy*> leaves;
  CollectLeaves(requirement, leaves);
  return leaves;
}

bool IsAdHoc(const std::string& key_set) { return key_set.starts_with("--"); }

bool IsCertified(const std::string& key_set) {
  return key_set == kTrustStore || key_set.starts_with(kStatement);
}

std::string SetName(const std::string& key_set) {
  if (key_set == kTrustStore) return "the signers certified under --trust-store";
  if (key_set.starts_with(kStatement)) return "the signers of " + key_set;
  return (IsAdHoc(key_set) ? "the keys given with " : "key set ") + key_set;
}

std::string Describe(const Requirement& requirement) {
  if (const auto* signed_by = std::get_if<SignedBy>(&requirement.value)) {
    return std::to_string(signed_by->count) + " of " + SetName(signed_by->key_set);
  }
  const std::vector<Requirement>* parts = PartsOf(requirement);
  if (parts == nullptr) return "nothing, which is never enough";
  return Join(*parts, std::holds_alternative<AllOf>(requirement.value) ? " and " : " or ");
}

std::string DescribeShortfall(const Requirement& requirement, const Tally& tally) {
  std::string text;
  for (const SignedBy* leaf : Leaves(requirement)) {
    const std::size_t count = tally.Count(leaf->key_set);
    if (count >= leaf->count) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " of " + std::to_string(leaf->count) + " keys of " +
            SetName(leaf->key_set);
  }
  return text.empty() ? "the requirement is not met" : text + " signed";
}

}  // namespace hallmark::policy
