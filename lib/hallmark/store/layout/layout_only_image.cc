#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/store/layout/internal/layout_view.h"
#include "hallmark/store/referrer.h"

namespace hallmark::store {
namespace {

constexpr std::size_t kMaxTagsShown = 10;

// "sha256-<64 hex>" and the same with ".sig", ".att", ".sbom": lists of what is attached.
bool IsAttachmentTag(std::string_view tag) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const std::string_view prefix : {"sha256-", "sha384-", "sha512-"}) {
    if (!tag.starts_with(prefix)) continue;
    const std::string_view rest = tag.substr(prefix.size());
    const std::size_t hex = std::min(rest.find_first_not_of(kHex), rest.size());
    return hex == 64 && (rest.size() == hex || rest[hex] == '.');
  }
  return false;
}

// Sorted, so that the order of the entries shows nowhere.
struct Found {
  std::set<oci::Digest> tagged;
  std::set<oci::Digest> untagged;
  std::set<oci::Digest> children;
  std::set<std::string> tags;
};

Result<Done> Visit(const Context& context, const LayoutSource& source, const oci::Descriptor& entry,
                   Found& found) {
  const std::string_view tag = TagOf(entry);
  if (IsAttachmentTag(tag) || !entry.artifact_type.empty()) return Done{};
  HALLMARK_ASSIGN(const oci::Content content, FetchListed(context, source, entry));
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(content));
  if (SubjectOf(document)) return Done{};
  if (const auto* index = std::get_if<oci::ImageIndex>(&document)) {
    for (const oci::Descriptor& child : index->manifests) found.children.insert(child.digest);
  }
  (NameOf(entry).empty() ? found.untagged : found.tagged).insert(entry.digest);
  if (!tag.empty()) found.tags.insert(std::string(tag));
  return Done{};
}

std::string ListOf(const std::set<std::string>& tags) {
  std::string list;
  std::size_t shown = 0;
  for (const std::string& tag : tags) {
    if (shown++ == kMaxTagsShown) return list + ", ...";
    list += (list.empty() ? "" : ", ") + Printable(tag);
  }
  return list.empty() ? "none" : list;
}

}  // namespace

Result<oci::Digest> FindOnlyImage(const Context& context, const LayoutSource& source) {
  HALLMARK_RETURN_IF_ERROR(CheckTime(context));
  HALLMARK_ASSIGN(const LayoutIndex index, source.ReadIndex());
  Found found;
  for (const oci::Descriptor& entry : index.entries()) {
    HALLMARK_RETURN_IF_ERROR(Visit(context, source, entry, found));
  }
  std::set<oci::Digest> images = found.tagged;
  if (images.empty()) {
    std::set_difference(found.untagged.begin(), found.untagged.end(), found.children.begin(),
                        found.children.end(), std::inserter(images, images.end()));
  }
  if (images.size() == 1) return *images.begin();
  return Error(ErrorCode::kConfig,
               "the layout holds " + std::to_string(images.size()) +
                   " images, name one by tag or digest; tags: " + ListOf(found.tags));
}

}  // namespace hallmark::store
