#include <optional>
#include <set>
#include <string>
#include <utility>

#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/layout/internal/layout_view.h"
#include "hallmark/store/layout/limits.h"
#include "hallmark/store/limits.h"
#include "hallmark/store/referrer.h"

namespace hallmark::store {
namespace {

// What an entry is listed as.
enum class Standing { kClaimed, kUnclear, kImage };

// One listing. What an entry says of itself is not believed: its manifest is read, and its own
// subject and type decide.
class Lister {
 public:
  Lister(const Context& context, const LayoutSource& source, const oci::Digest& subject,
         std::string_view artifact_type)
      : context_(context), source_(source), subject_(subject), artifact_type_(artifact_type) {}

  Listing Run() && {
    auto index = source_.ReadIndex();
    if (index.ok()) {
      VisitIndex(index.value());
      VisitFallback(index.value());
    } else {
      listing_.asked.emplace_back("index.json unreadable");
      Leave(std::move(index).error());
    }
    return std::move(listing_);
  }

 private:
  void VisitIndex(const LayoutIndex& index) {
    listing_.asked.push_back("index.json (" + Count(index.entries().size()) + ")");
    for (const oci::Descriptor& entry : index.entries()) {
      if (!Visit(entry, StandingOf(entry))) return;
    }
  }

  void VisitFallback(const LayoutIndex& index) {
    const std::string tag = FallbackTag(subject_);
    auto tagged = index.FindTag(tag);
    if (!tagged.ok() && tagged.error().code() == ErrorCode::kNotFound) {
      listing_.asked.push_back("tag " + tag + " absent");
      return;
    }
    auto entries = tagged.ok() ? ReadFallback(tagged.value()) : std::move(tagged).error();
    if (!entries.ok()) {
      listing_.asked.push_back("tag " + tag + " unreadable");
      Leave(std::move(entries).error().While("tag " + tag));
      return;
    }
    listing_.asked.push_back("tag " + tag + " (" + Count(entries.value().size()) + ")");
    for (const oci::Descriptor& entry : entries.value()) {
      if (!Visit(entry, Standing::kClaimed)) return;
    }
  }

  Result<std::vector<oci::Descriptor>> ReadFallback(const oci::Descriptor& entry) {
    HALLMARK_ASSIGN(const oci::Content content, FetchListed(context_, source_, entry));
    HALLMARK_ASSIGN(oci::Document document, oci::ParseDocument(content));
    auto* index = std::get_if<oci::ImageIndex>(&document);
    if (index == nullptr) return Error(ErrorCode::kMalformed, "is no image index");
    return std::move(index->manifests);
  }

  // False: the listing ends here.
  bool Visit(const oci::Descriptor& entry, Standing standing) {
    if (!seen_.insert(entry.digest).second) return true;
    if (!HasRoomFor(entry)) return false;
    auto content = FetchListed(context_, source_, entry);
    if (!content.ok()) return Missed(entry, standing, std::move(content).error());
    auto document = oci::ParseDocument(content.value());
    if (!document.ok()) return Missed(entry, standing, std::move(document).error());
    const auto& subject = SubjectOf(document.value());
    if (subject && subject->digest == subject_) {
      Add(ReferrerEntry(content.value(), document.value()));
    }
    return true;
  }

  bool HasRoomFor(const oci::Descriptor& entry) {
    // Larger ones are not read at all: Fetch refuses them.
    const bool read = entry.size <= oci::kMaxManifestBytes;
    if (listing_.entries.size() >= kMaxReferrers || (read && entry.size > bytes_left_)) {
      Leave(Error(ErrorCode::kLimit, "more referrers than are read"));
      return false;
    }
    if (read) bytes_left_ -= static_cast<std::size_t>(entry.size);
    return true;
  }

  // What index.json says of an entry. One without a word is what tools write that know no
  // artifactType: a referrer, or an image that nobody named.
  Standing StandingOf(const oci::Descriptor& entry) const {
    if (!entry.artifact_type.empty()) return Standing::kClaimed;
    const bool image = entry.digest == subject_ || entry.platform || !NameOf(entry).empty();
    return image ? Standing::kImage : Standing::kUnclear;
  }

  // What could not be read may still be a referrer: then nobody knows, and that is a gap. What is
  // broken, absent or too large is none when it is listed as an image; where it was listed as a
  // referrer it is shown, so that the reader of signatures says what is wrong with it.
  bool Missed(const oci::Descriptor& entry, Standing standing, Error error) {
    switch (error.code()) {
      case ErrorCode::kMalformed:
      case ErrorCode::kMismatch:
      case ErrorCode::kNotFound:
      case ErrorCode::kLimit:
        if (standing == Standing::kClaimed) Add(WithoutEmptyType(entry));
        if (standing == Standing::kUnclear) Leave(std::move(error));
        return true;
      default:
        const bool over = error.code() == ErrorCode::kTimeout;
        Leave(std::move(error));
        return !over;
    }
  }

  void Add(oci::Descriptor entry) {
    const bool wanted = artifact_type_.empty() || entry.artifact_type.empty() ||
                        entry.artifact_type == artifact_type_;
    if (wanted) listing_.entries.push_back(std::move(entry));
  }

  // A peer writes the empty config's type into the fallback index: that says nothing.
  static oci::Descriptor WithoutEmptyType(oci::Descriptor entry) {
    if (entry.artifact_type == oci::kEmptyJson) entry.artifact_type.clear();
    return entry;
  }

  void Leave(Error error) {
    if (!listing_.gap) listing_.gap = std::move(error).While("list referrers");
  }

  static std::string Count(std::size_t entries) {
    return std::to_string(entries) + (entries == 1 ? " entry" : " entries");
  }

  const Context& context_;
  const LayoutSource& source_;
  const oci::Digest& subject_;
  std::string_view artifact_type_;
  std::size_t bytes_left_ = kMaxListingBytes;
  std::set<oci::Digest> seen_;
  Listing listing_;
};

}  // namespace

Listing ListReferrers(const Context& context, const LayoutSource& source,
                      const oci::Digest& subject, std::string_view artifact_type) {
  return Lister(context, source, subject, artifact_type).Run();
}

}  // namespace hallmark::store
