#include "hallmark/verify/verifier.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/signature/index_children.h"
#include "hallmark/verify/internal/children.h"
#include "hallmark/verify/internal/judge.h"
#include "hallmark/verify/internal/platform.h"

namespace hallmark::verify {
namespace {

// There is not exactly one image for the platform, so nobody could say what would run (A88).
Outcome NoSuchPlatform(const policy::Rule& rule, const store::Subject& subject,
                       const oci::Platform& wanted, const std::string& found) {
  policy::Verdict verdict;
  verdict.decision = policy::Deny{};
  verdict.reason = "platform";
  verdict.detail = "wanted one image for " + Printable(wanted.ToString()) + ", found " + found;
  verdict.fix = "name a platform that the index has exactly once, or the digest of one image";
  verdict.rule = rule.name();
  verdict.wants = rule.Wants();
  verdict.place = rule.parts().place;
  verdict.loosened = rule.parts().loosened;
  return Outcome{subject.asked(), subject.digest(), wanted, std::move(verdict), policy::Evidence{}};
}

void AppendChildren(std::vector<Outcome>& outcomes, const Context& context, const Parts& parts,
                    const policy::Rule& rule, const store::Subject& index, const Options& options,
                    UnixTime now) {
  const auto& document = std::get<oci::ImageIndex>(index.document());
  std::vector<oci::Descriptor> children = signature::ImageChildren(document);
  if (options.platform) {
    children = SelectPlatform(children, *options.platform);
    if (children.size() != 1) {
      outcomes.push_back(NoSuchPlatform(rule, index, *options.platform,
                                        std::to_string(children.size()) + " in the index"));
      return;
    }
  }
  for (Outcome& outcome : JudgeChildren(context, parts, rule, index, children, options, now)) {
    outcomes.push_back(std::move(outcome));
  }
}

}  // namespace

std::vector<Outcome> Verify(const Context& context, const Parts& parts,
                            const oci::Reference& reference, const Options& options, UnixTime now) {
  HALLMARK_CHECK(!parts.formats.empty());
  const policy::Rule& rule = parts.policy.RuleFor(reference);
  Result<store::Subject> subject = store::Resolve(context, parts.reader, reference);
  std::vector<Outcome> outcomes;
  if (!subject.ok()) {
    outcomes.push_back(Unresolved(rule, reference, subject.error()));
    return outcomes;
  }
  const bool is_index = std::holds_alternative<oci::ImageIndex>(subject.value().document());
  if (options.platform && !is_index) {
    outcomes.push_back(NoSuchPlatform(rule, subject.value(), *options.platform,
                                      "a single image that does not name its platform"));
    return outcomes;
  }
  if (options.recursive || !options.platform) {
    outcomes.push_back(Judge(context, parts, rule, subject.value(), options, now));
  }
  if (is_index && (options.recursive || options.platform)) {
    AppendChildren(outcomes, context, parts, rule, subject.value(), options, now);
  }
  return outcomes;
}

}  // namespace hallmark::verify
