#include "tests/support/world/memory_store.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "hallmark/store/limits.h"
#include "hallmark/store/referrer.h"

namespace hallmark::testing {
namespace {

Error Missing(const std::string& what) {
  return {ErrorCode::kNotFound, "memory store: no " + what};
}

}  // namespace

void MemoryStore::FailOn(Call call, Error error, std::size_t skip, std::size_t times) {
  const std::scoped_lock lock(mutex_);
  faults_.at(static_cast<std::size_t>(call)) = {std::move(error), skip, times};
}

void MemoryStore::FailOn(const oci::Digest& digest, Error error) {
  const std::scoped_lock lock(mutex_);
  broken_.insert_or_assign(digest, std::move(error));
}

void MemoryStore::AddGap(Error error) {
  const std::scoped_lock lock(mutex_);
  gap_ = std::move(error);
}

void MemoryStore::ReplaceBytes(const oci::Digest& digest, Bytes bytes) {
  const std::scoped_lock lock(mutex_);
  replaced_.insert_or_assign(digest, std::move(bytes));
}

void MemoryStore::ServeAs(const oci::Digest& digest, std::string media_type) {
  const std::scoped_lock lock(mutex_);
  served_as_.insert_or_assign(digest, std::move(media_type));
}

void MemoryStore::AddToListing(const oci::Repository& repository, const oci::Digest& subject,
                               oci::Descriptor entry) {
  const std::scoped_lock lock(mutex_);
  AddDistinct(shelves_[repository].referrers[subject], std::move(entry));
}

std::size_t MemoryStore::calls(Call call) const {
  const std::scoped_lock lock(mutex_);
  return calls_.at(static_cast<std::size_t>(call));
}

std::size_t MemoryStore::calls() const {
  const std::scoped_lock lock(mutex_);
  return std::accumulate(calls_.begin(), calls_.end(), std::size_t{0});
}

std::optional<Error> MemoryStore::Enter(const Context& context, Call call) {
  const auto number = static_cast<std::size_t>(call);
  ++calls_.at(number);
  if (context.deadline <= std::chrono::steady_clock::now()) {
    return Error(ErrorCode::kTimeout, "memory store: the deadline passed");
  }
  Fault& fault = faults_.at(number);
  if (!fault.error) return std::nullopt;
  if (fault.skip > 0) {
    --fault.skip;
    return std::nullopt;
  }
  if (fault.times == 0) return std::nullopt;
  if (fault.times != kForever) --fault.times;
  return fault.error;
}

Result<oci::Content> MemoryStore::Serve(const Shelf& shelf, oci::Descriptor wanted) const {
  if (const auto broken = broken_.find(wanted.digest); broken != broken_.end()) {
    return broken->second;
  }
  const auto found = shelf.contents.find(wanted.digest);
  if (found == shelf.contents.end()) return Missing(wanted.digest.ToString());
  const auto lie = replaced_.find(wanted.digest);
  const ByteView bytes = lie == replaced_.end() ? found->second.bytes() : ByteView(lie->second);
  return oci::Content::Check(std::move(wanted), Bytes(bytes.begin(), bytes.end()));
}

Result<oci::Content> MemoryStore::FetchManifest(const Context& context,
                                                const oci::Reference& reference) {
  const std::scoped_lock lock(mutex_);
  if (auto error = Enter(context, Call::kFetchManifest)) return *std::move(error);
  const Shelf& shelf = shelves_[reference.repository()];
  std::optional<oci::Digest> digest = reference.digest();
  if (!digest) {
    const auto tag = shelf.tags.find(reference.tag().value_or(""));
    if (tag == shelf.tags.end()) return Missing(reference.ToString());
    digest = tag->second;
  }
  const auto found = shelf.contents.find(*digest);
  if (found == shelf.contents.end()) return Missing(digest->ToString());
  oci::Descriptor wanted = found->second.descriptor();
  if (const auto type = served_as_.find(*digest); type != served_as_.end()) {
    wanted.media_type = type->second;
  }
  return Serve(shelf, std::move(wanted));
}

Result<oci::Content> MemoryStore::Fetch(const Context& context, const oci::Repository& repository,
                                        const oci::Descriptor& descriptor) {
  const std::scoped_lock lock(mutex_);
  if (auto error = Enter(context, Call::kFetch)) return *std::move(error);
  if (descriptor.size > store::kMaxBlobBytes) {
    return Error(ErrorCode::kLimit, "memory store: blob larger than is read");
  }
  return Serve(shelves_[repository], descriptor);
}

store::Listing MemoryStore::Referrers(const Context& context, const oci::Repository& repository,
                                      const oci::Digest& subject, std::string_view artifact_type) {
  const std::scoped_lock lock(mutex_);
  store::Listing listing;
  listing.asked.push_back("memory referrers of " + subject.ToString());
  if (auto error = Enter(context, Call::kReferrers)) {
    listing.gap = std::move(error);
    return listing;
  }
  listing.gap = gap_;
  for (const oci::Descriptor& entry : shelves_[repository].referrers[subject]) {
    const bool wanted = artifact_type.empty() || entry.artifact_type.empty() ||
                        entry.artifact_type == artifact_type;
    if (wanted) listing.entries.push_back(entry);
  }
  return listing;
}

Result<Done> MemoryStore::PushBlob(const Context& context, const oci::Repository& repository,
                                   const oci::Content& content) {
  const std::scoped_lock lock(mutex_);
  if (auto error = Enter(context, Call::kPushBlob)) return *std::move(error);
  shelves_[repository].contents.insert_or_assign(content.digest(), content);
  return Done{};
}

Result<Done> MemoryStore::PushManifest(const Context& context, const oci::Repository& repository,
                                       const oci::Content& content) {
  const std::scoped_lock lock(mutex_);
  if (auto error = Enter(context, Call::kPushManifest)) return *std::move(error);
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(content));
  Shelf& shelf = shelves_[repository];
  shelf.contents.insert_or_assign(content.digest(), content);
  if (const auto& subject = store::SubjectOf(document)) {
    AddDistinct(shelf.referrers[subject->digest], store::ReferrerEntry(content, document));
  }
  return Done{};
}

Result<Done> MemoryStore::Tag(const Context& context, const oci::Repository& repository,
                              const oci::Content& manifest, std::string_view tag) {
  const std::scoped_lock lock(mutex_);
  if (auto error = Enter(context, Call::kTag)) return *std::move(error);
  if (!oci::IsTag(tag)) return Error(ErrorCode::kMalformed, "memory store: not a tag");
  Shelf& shelf = shelves_[repository];
  if (!shelf.contents.contains(manifest.digest())) return Missing(manifest.digest().ToString());
  shelf.tags.insert_or_assign(std::string(tag), manifest.digest());
  return Done{};
}

Result<oci::Digest> MemoryStore::EditTag(const Context& context, const oci::Repository& repository,
                                         std::string_view tag, store::TagMerge& merge) {
  const std::scoped_lock lock(mutex_);
  if (auto error = Enter(context, Call::kEditTag)) return *std::move(error);
  if (!oci::IsTag(tag)) return Error(ErrorCode::kMalformed, "memory store: not a tag");
  Shelf& shelf = shelves_[repository];
  std::optional<oci::Content> current;
  if (const auto found = shelf.tags.find(std::string(tag)); found != shelf.tags.end()) {
    current = shelf.contents.at(found->second);
  }
  HALLMARK_RETURN_IF_ERROR(merge.See(current));
  if (merge.IsComplete()) return current->digest();
  HALLMARK_ASSIGN(const store::TagMerge::Version version, merge.Merged());
  for (const oci::Content& blob : version.blobs) {
    shelf.contents.insert_or_assign(blob.digest(), blob);
  }
  shelf.contents.insert_or_assign(version.manifest.digest(), version.manifest);
  shelf.tags.insert_or_assign(std::string(tag), version.manifest.digest());
  return version.manifest.digest();
}

void MemoryStore::AddDistinct(std::vector<oci::Descriptor>& list, oci::Descriptor entry) {
  const bool listed = std::any_of(list.begin(), list.end(), [&](const oci::Descriptor& other) {
    return other.digest == entry.digest;
  });
  if (!listed) list.push_back(std::move(entry));
}

}  // namespace hallmark::testing
