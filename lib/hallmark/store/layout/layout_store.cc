#include "hallmark/store/layout/layout_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/store/layout/internal/folder.h"
#include "hallmark/store/layout/internal/layout_version.h"
#include "hallmark/store/layout/internal/layout_view.h"
#include "hallmark/store/layout/limits.h"
#include "hallmark/store/referrer.h"

namespace hallmark::store {
namespace {

constexpr std::string_view kIndexFile = "index.json";
constexpr std::string_view kVersionFile = "oci-layout";
constexpr std::string_view kBlobs = "blobs";

enum class Presence : std::uint8_t { kAbsent = 1, kThere };

// An absent file says that this is no layout: the operator named the wrong folder.
Error NoLayout(Error error) {
  if (error.code() != ErrorCode::kNotFound) return error;
  return Error(ErrorCode::kConfig, error.message()).While("no OCI image layout");
}

}  // namespace

struct LayoutStore::Impl final : LayoutSource {
  explicit Impl(Folder root_folder) : root(std::move(root_folder)) {}

  Result<LayoutIndex> ReadIndex() const override {
    auto bytes = root.Read(kIndexFile, oci::kMaxManifestBytes);
    if (bytes.ok()) return LayoutIndex::Parse(bytes.value());
    // It was there when the layout was opened: its absence is no answer.
    if (bytes.error().code() != ErrorCode::kNotFound) return std::move(bytes).error();
    return Error(ErrorCode::kStorage, bytes.error().message());
  }

  Result<Bytes> ReadBlob(const oci::Digest& digest, std::size_t max_bytes) const override {
    HALLMARK_ASSIGN(const Folder blobs, root.Child(kBlobs));
    HALLMARK_ASSIGN(const Folder shelf, blobs.Child(digest.algorithm_name()));
    return shelf.Read(digest.hex(), max_bytes);
  }

  // Whether exactly these bytes are there. What does not match is not, and will be replaced; what
  // is no file at all is an error.
  Result<Presence> Find(const oci::Content& content) const {
    auto bytes = ReadBlob(content.digest(), content.bytes().size());
    if (bytes.ok()) {
      const auto checked = oci::Content::Check(content.descriptor(), std::move(bytes).value());
      return checked.ok() ? Presence::kThere : Presence::kAbsent;
    }
    if (bytes.error().code() == ErrorCode::kNotFound) return Presence::kAbsent;
    return std::move(bytes).error();
  }

  Result<Done> WriteBlob(const Context& context, const oci::Content& content) const {
    HALLMARK_RETURN_IF_ERROR(CheckTime(context));
    HALLMARK_ASSIGN(const Presence presence, Find(content));
    if (presence == Presence::kThere) return Done{};
    HALLMARK_ASSIGN(const Folder::Lock lock, root.Acquire(context));
    return Shelve(content);
  }

  // The caller holds the lock.
  Result<Done> Shelve(const oci::Content& content) const {
    HALLMARK_ASSIGN(const Presence presence, Find(content));
    if (presence == Presence::kThere) return Done{};
    HALLMARK_ASSIGN(const Folder blobs, root.ChildOrNew(kBlobs));
    HALLMARK_ASSIGN(const Folder shelf, blobs.ChildOrNew(content.digest().algorithm_name()));
    return shelf.Replace(content.digest().hex(), content.bytes());
  }

  // What `tag` names; nullopt: nothing. An entry whose manifest is not there is no absence.
  Result<std::optional<oci::Content>> Tagged(const Context& context, const LayoutIndex& index,
                                             std::string_view tag) const {
    const Result<oci::Descriptor> entry = index.FindTag(tag);
    if (!entry.ok() && entry.error().code() == ErrorCode::kNotFound) {
      return std::optional<oci::Content>();
    }
    if (!entry.ok()) return entry.error();
    Result<oci::Content> content = store::Fetch(context, *this, entry.value());
    if (content.ok()) return std::optional<oci::Content>(std::move(content).value());
    if (content.error().code() != ErrorCode::kNotFound) return std::move(content).error();
    return Error(ErrorCode::kStorage, content.error().message());
  }

  // Reads index.json anew under the lock; `edit` gives its next bytes, or none.
  template <class Edit>
  Result<Done> EditIndex(const Context& context, Edit edit) const {
    HALLMARK_ASSIGN(const Folder::Lock lock, root.Acquire(context));
    HALLMARK_ASSIGN(const LayoutIndex index, ReadIndex());
    HALLMARK_ASSIGN(const std::optional<Bytes> edited, edit(index));
    if (!edited) return Done{};
    return root.Replace(kIndexFile, *edited);
  }

  Folder root;
};

Result<std::unique_ptr<LayoutStore>> LayoutStore::Open(const std::filesystem::path& folder) {
  auto root = Folder::Open(folder);
  if (!root.ok()) return Error(ErrorCode::kConfig, root.error().message());
  auto version = root.value().Read(kVersionFile, kMaxLayoutFileBytes);
  if (!version.ok()) return NoLayout(std::move(version).error());
  HALLMARK_RETURN_IF_ERROR(CheckLayoutVersion(version.value()));
  auto index = root.value().Read(kIndexFile, 0);
  if (!index.ok()) return NoLayout(std::move(index).error());
  return std::unique_ptr<LayoutStore>(
      new LayoutStore(std::make_unique<Impl>(std::move(root).value())));
}

LayoutStore::LayoutStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LayoutStore::~LayoutStore() = default;

Result<oci::Content> LayoutStore::FetchManifest(const Context& context,
                                                const oci::Reference& reference) {
  return store::FetchManifest(context, *impl_, reference);
}

Result<oci::Content> LayoutStore::Fetch(const Context& context, const oci::Repository&,
                                        const oci::Descriptor& descriptor) {
  return store::Fetch(context, *impl_, descriptor);
}

Listing LayoutStore::Referrers(const Context& context, const oci::Repository&,
                               const oci::Digest& subject, std::string_view artifact_type) {
  return ListReferrers(context, *impl_, subject, artifact_type);
}

Result<oci::Digest> LayoutStore::OnlyImage(const Context& context) {
  return FindOnlyImage(context, *impl_);
}

Result<Done> LayoutStore::PushBlob(const Context& context, const oci::Repository&,
                                   const oci::Content& content) {
  return impl_->WriteBlob(context, content);
}

Result<Done> LayoutStore::PushManifest(const Context& context, const oci::Repository&,
                                       const oci::Content& content) {
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(content));
  HALLMARK_RETURN_IF_ERROR(impl_->WriteBlob(context, content));
  if (!SubjectOf(document)) return Done{};
  return impl_->EditIndex(context, [&](const LayoutIndex& index) {
    return index.WithReferrer(ReferrerEntry(content, document));
  });
}

Result<Done> LayoutStore::Tag(const Context& context, const oci::Repository&,
                              const oci::Content& manifest, std::string_view tag) {
  HALLMARK_RETURN_IF_ERROR(CheckTime(context));
  if (!oci::IsTag(tag)) return Error(ErrorCode::kMalformed, "not a tag: " + Printable(tag));
  HALLMARK_ASSIGN(const Presence presence, impl_->Find(manifest));
  if (presence != Presence::kThere) {
    return Error(ErrorCode::kNotFound,
                 "tag " + Printable(tag) + ": no manifest " + manifest.digest().ToString());
  }
  return impl_->EditIndex(
      context, [&](const LayoutIndex& index) { return index.WithTag(manifest.descriptor(), tag); });
}

// All under the one lock: what is read cannot change before it is written.
Result<oci::Digest> LayoutStore::EditTag(const Context& context, const oci::Repository&,
                                         std::string_view tag, TagMerge& merge) {
  HALLMARK_RETURN_IF_ERROR(CheckTime(context));
  if (!oci::IsTag(tag)) return Error(ErrorCode::kMalformed, "not a tag: " + Printable(tag));
  HALLMARK_ASSIGN(const Folder::Lock lock, impl_->root.Acquire(context));
  HALLMARK_ASSIGN(const LayoutIndex index, impl_->ReadIndex());
  HALLMARK_ASSIGN(const std::optional<oci::Content> current, impl_->Tagged(context, index, tag));
  Result<Done> seen = merge.See(current);
  if (!seen.ok()) return std::move(seen).error().While("tag " + Printable(tag));
  if (merge.IsComplete() && current) return current->digest();
  HALLMARK_ASSIGN(const TagMerge::Version version, merge.Merged());
  for (const oci::Content& blob : version.blobs) HALLMARK_RETURN_IF_ERROR(impl_->Shelve(blob));
  HALLMARK_RETURN_IF_ERROR(impl_->Shelve(version.manifest));
  HALLMARK_ASSIGN(const std::optional<Bytes> edited,
                  index.WithNewVersion(version.manifest.descriptor(), tag));
  if (edited) HALLMARK_RETURN_IF_ERROR(impl_->root.Replace(kIndexFile, *edited));
  return version.manifest.digest();
}

}  // namespace hallmark::store
