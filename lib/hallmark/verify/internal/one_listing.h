#ifndef HALLMARK_VERIFY_INTERNAL_ONE_LISTING_H_
#define HALLMARK_VERIFY_INTERNAL_ONE_LISTING_H_

#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "hallmark/store/store.h"

namespace hallmark::verify {

// A Reader for several formats that look for signatures of one image: the referrers are asked for
// once, whatever their type, and every format gets the entries. What was asked and the gap are told
// to the first only, so that they are evidence once. Safe for several threads.
class OneListing final : public store::Reader {
 public:
  // `reader` outlives this.
  explicit OneListing(store::Reader& reader) : reader_(reader) {}

  Result<oci::Content> FetchManifest(const Context& context,
                                     const oci::Reference& reference) override {
    return reader_.FetchManifest(context, reference);
  }
  Result<oci::Content> Fetch(const Context& context, const oci::Repository& repository,
                             const oci::Descriptor& descriptor) override {
    return reader_.Fetch(context, repository, descriptor);
  }
  store::Listing Referrers(const Context& context, const oci::Repository& repository,
                           const oci::Digest& subject, std::string_view) override {
    const std::lock_guard lock(mutex_);
    if (entries_) return {*entries_, std::nullopt, {}};
    store::Listing listing = reader_.Referrers(context, repository, subject, {});
    entries_ = listing.entries;
    return listing;
  }

 private:
  store::Reader& reader_;
  std::mutex mutex_;
  std::optional<std::vector<oci::Descriptor>> entries_;
};

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_ONE_LISTING_H_
