#include "hallmark/verify/internal/children.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "hallmark/signature/index_children.h"
#include "hallmark/verify/internal/judge.h"
#include "hallmark/verify/internal/parallel.h"

namespace hallmark::verify {
namespace {

// What one entry came to: its own outcome, and when it is an index, what has to be judged next.
struct Judged {
  Outcome outcome;
  std::optional<store::Subject> index;
};

// Walks an index level by level with one budget of images.
class Walk {
 public:
  Walk(const Context& context, const Parts& parts, const policy::Rule& rule, const Options& options,
       UnixTime now)
      : context_(context), parts_(parts), rule_(rule), options_(options), now_(now) {}

  std::vector<Outcome> Run(const store::Subject& index,
                           const std::vector<oci::Descriptor>& children, std::size_t depth) {
    const std::vector<oci::Descriptor> distinct = TakeDistinct(children);
    std::vector<std::optional<Judged>> judged(distinct.size());
    ForEach(distinct.size(), options_.max_parallel,
            [&](std::size_t i) { judged[i] = JudgeEntry(index, distinct[i]); });

    std::map<oci::Digest, const Judged*> by_digest;
    for (const std::optional<Judged>& one : judged)
      by_digest[*one->outcome.reference.digest()] = &*one;
    std::vector<Outcome> outcomes;
    bool cut = false;
    for (const oci::Descriptor& child : children) {
      const auto found = by_digest.find(child.digest);
      if (found == by_digest.end()) {
        cut = true;
        continue;
      }
      Append(outcomes, *found->second, child, depth);
    }
    if (cut) outcomes.push_back(TooMany(index, "more images than one run judges"));
    return outcomes;
  }

 private:
  // The distinct children that the budget still allows.
  std::vector<oci::Descriptor> TakeDistinct(const std::vector<oci::Descriptor>& children) {
    std::vector<oci::Descriptor> distinct;
    std::map<oci::Digest, bool> seen;
    for (const oci::Descriptor& child : children) {
      if (budget_ == 0) break;
      if (!seen.emplace(child.digest, true).second) continue;
      distinct.push_back(child);
      --budget_;
    }
    return distinct;
  }

  Judged JudgeEntry(const store::Subject& index, const oci::Descriptor& child) const {
    const oci::Reference reference = ChildReference(index, child);
    Result<store::Subject> subject = store::ResolveChild(context_, parts_.reader, index, child);
    if (!subject.ok()) {
      const Error error = std::move(subject).error().While("read image of the index");
      return {Unresolved(rule_, reference, error), std::nullopt};
    }
    Outcome outcome = Judge(context_, parts_, rule_, subject.value(), options_, now_);
    if (!std::holds_alternative<oci::ImageIndex>(subject.value().document())) {
      return {std::move(outcome), std::nullopt};
    }
    return {std::move(outcome), std::move(subject).value()};
  }

  void Append(std::vector<Outcome>& outcomes, const Judged& judged, const oci::Descriptor& child,
              std::size_t depth) {
    outcomes.push_back(judged.outcome);
    outcomes.back().platform = child.platform;
    if (!judged.index) return;
    if (depth == signature::kMaxIndexDepth) {
      outcomes.push_back(TooMany(*judged.index, "indexes nested too deep"));
      return;
    }
    const auto& document = std::get<oci::ImageIndex>(judged.index->document());
    for (Outcome& outcome : Run(*judged.index, signature::ImageChildren(document), depth + 1)) {
      outcomes.push_back(std::move(outcome));
    }
  }

  Outcome TooMany(const store::Subject& index, std::string what) const {
    return Unresolved(rule_, index.asked(), Error(ErrorCode::kLimit, std::move(what)));
  }

  static oci::Reference ChildReference(const store::Subject& index, const oci::Descriptor& child) {
    return oci::Reference::Of(index.asked().repository(), index.asked().tag(), child.digest);
  }

  const Context& context_;
  const Parts& parts_;
  const policy::Rule& rule_;
  const Options& options_;
  const UnixTime now_;
  std::size_t budget_ = signature::kMaxImages;
};

}  // namespace

std::vector<Outcome> JudgeChildren(const Context& context, const Parts& parts,
                                   const policy::Rule& rule, const store::Subject& index,
                                   const std::vector<oci::Descriptor>& children,
                                   const Options& options, UnixTime now) {
  return Walk(context, parts, rule, options, now).Run(index, children, 1);
}

}  // namespace hallmark::verify
