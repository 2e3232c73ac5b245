#include "hallmark/verify/internal/children.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "hallmark/signature/index_children.h"
#include "hallmark/verify/internal/judge.h"
#include "hallmark/verify/internal/parallel.h"

namespace hallmark::verify {
namespace {

// What one digest came to: its own outcome, and when it is an index, what has to be judged next.
struct Judged {
  Outcome outcome;
  std::optional<store::Subject> index;
};

// Walks an index level by level. However often and in however many places a digest is listed, it
// is read and judged once, walked into once, and has one outcome a platform.
class Walk {
 public:
  Walk(const Context& context, const Parts& parts, const policy::Rule& rule, const Options& options,
       UnixTime now)
      : context_(context), parts_(parts), rule_(rule), options_(options), now_(now) {}

  std::vector<Outcome> Run(const store::Subject& index,
                           const std::vector<oci::Descriptor>& children) && {
    RunLevel(index, children, 1);
    if (cut_) outcomes_.push_back(TooMany(index, "more images than one run judges"));
    return std::move(outcomes_);
  }

 private:
  using Place = std::tuple<oci::Digest, std::string, std::string, std::string, std::string>;

  void RunLevel(const store::Subject& index, const std::vector<oci::Descriptor>& children,
                std::size_t depth) {
    const std::vector<oci::Descriptor> fresh = TakeFresh(children);
    JudgeNew(index, fresh);
    for (const oci::Descriptor& child : fresh) Append(child, depth);
  }

  // The entries that have no outcome yet, as many as the budget still allows.
  std::vector<oci::Descriptor> TakeFresh(const std::vector<oci::Descriptor>& children) {
    std::vector<oci::Descriptor> fresh;
    for (const oci::Descriptor& child : children) {
      if (listed_.contains(PlaceOf(child))) continue;
      if (!Spend()) break;
      listed_.insert(PlaceOf(child));
      fresh.push_back(child);
    }
    return fresh;
  }

  // Pays for one outcome.
  bool Spend() {
    cut_ = cut_ || budget_ == 0;
    if (cut_) return false;
    --budget_;
    return true;
  }

  void JudgeNew(const store::Subject& index, const std::vector<oci::Descriptor>& entries) {
    std::vector<std::pair<const oci::Descriptor*, std::optional<Judged>*>> work;
    for (const oci::Descriptor& entry : entries) {
      const auto [place, is_new] = judged_.try_emplace(entry.digest);
      if (is_new) work.emplace_back(&entry, &place->second);
    }
    ForEach(work.size(), options_.max_parallel,
            [&](std::size_t i) { work[i].second->emplace(JudgeEntry(index, *work[i].first)); });
  }

  Judged JudgeEntry(const store::Subject& index, const oci::Descriptor& child) const {
    const oci::Reference reference = ChildReference(index, child);
    if (const std::optional<Error> late = OutOfTime(context_)) {
      return {Unresolved(rule_, reference, *late), std::nullopt};
    }
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

  void Append(const oci::Descriptor& child, std::size_t depth) {
    Judged& judged = *judged_.at(child.digest);
    outcomes_.push_back(judged.outcome);
    outcomes_.back().platform = child.platform;
    if (!judged.index) return;
    // Taken out: the next entry of this digest does not walk into it again.
    const store::Subject index = *std::exchange(judged.index, std::nullopt);
    if (depth == signature::kMaxIndexDepth) {
      if (Spend()) outcomes_.push_back(TooMany(index, "indexes nested too deep"));
      return;
    }
    const auto& document = std::get<oci::ImageIndex>(index.document());
    RunLevel(index, signature::ImageChildren(document), depth + 1);
  }

  Outcome TooMany(const store::Subject& index, std::string what) const {
    return Unresolved(rule_, index.asked(), Error(ErrorCode::kLimit, std::move(what)));
  }

  static oci::Reference ChildReference(const store::Subject& index, const oci::Descriptor& child) {
    return oci::Reference::Of(index.asked().repository(), index.asked().tag(), child.digest);
  }

  static Place PlaceOf(const oci::Descriptor& child) {
    const oci::Platform platform = child.platform.value_or(oci::Platform());
    return {child.digest, platform.os, platform.architecture, platform.variant,
            platform.os_version};
  }

  const Context& context_;
  const Parts& parts_;
  const policy::Rule& rule_;
  const Options& options_;
  const UnixTime now_;
  std::size_t budget_ = signature::kMaxImages;
  bool cut_ = false;
  std::set<Place> listed_;
  std::map<oci::Digest, std::optional<Judged>> judged_;
  std::vector<Outcome> outcomes_;
};

}  // namespace

std::vector<Outcome> JudgeChildren(const Context& context, const Parts& parts,
                                   const policy::Rule& rule, const store::Subject& index,
                                   const std::vector<oci::Descriptor>& children,
                                   const Options& options, UnixTime now) {
  return Walk(context, parts, rule, options, now).Run(index, children);
}

}  // namespace hallmark::verify
