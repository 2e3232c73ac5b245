#include <optional>
#include <string>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/judge.h"

namespace hallmark::policy {
namespace {

std::string RepositoryMismatch(const signature::Claim& claim, const oci::Reference& asked) {
  if (asked.repository().is_layout()) {
    return "an image layout has no registry name to compare; give it one with --logical-name";
  }
  if (!claim.repository) return "the signature says no name";
  const std::string said = "\"" + Printable(*claim.repository) + "\"";
  const Result<oci::Repository> repository = oci::Repository::Parse(*claim.repository);
  if (!repository.ok()) return "the signed name " + said + " is no repository";
  if (repository.value() == asked.repository()) return "";
  return "signed as " + said + ", asked as \"" + asked.repository().ToString() + "\"";
}

std::string TagMismatch(const signature::Claim& claim, const std::string& asked) {
  if (claim.tag == asked) return "";
  if (!claim.tag) return "the signature says no tag, asked for \"" + asked + "\"";
  return "signed as tag \"" + Printable(*claim.tag) + "\", asked for \"" + asked + "\"";
}

}  // namespace

std::string NameMismatch(const signature::Claim& claim, const oci::Reference& asked,
                         SignedName wanted) {
  if (wanted == SignedName::kNone) return "";
  if (std::string fault = RepositoryMismatch(claim, asked); !fault.empty()) return fault;
  switch (wanted) {
    case SignedName::kRepository:
      return "";
    case SignedName::kTag:
      return asked.tag() ? TagMismatch(claim, *asked.tag()) : "";
    case SignedName::kExact:
      return asked.tag() ? TagMismatch(claim, *asked.tag())
                         : "an exact name needs a tag to be asked for";
    default:
      return "the rule compares names in a way that is not known";
  }
}

}  // namespace hallmark::policy
