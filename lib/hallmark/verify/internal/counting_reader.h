#ifndef HALLMARK_VERIFY_INTERNAL_COUNTING_READER_H_
#define HALLMARK_VERIFY_INTERNAL_COUNTING_READER_H_

#include <cstddef>
#include <string_view>

#include "hallmark/store/store.h"

namespace hallmark::verify {

// A Reader that knows how often it was asked for bytes. For one thread.
class CountingReader final : public store::Reader {
 public:
  // `reader` outlives this.
  explicit CountingReader(store::Reader& reader) : reader_(reader) {}

  std::size_t count() const { return count_; }

  Result<oci::Content> FetchManifest(const Context& context,
                                     const oci::Reference& reference) override {
    ++count_;
    return reader_.FetchManifest(context, reference);
  }
  Result<oci::Content> Fetch(const Context& context, const oci::Repository& repository,
                             const oci::Descriptor& descriptor) override {
    ++count_;
    return reader_.Fetch(context, repository, descriptor);
  }
  store::Listing Referrers(const Context& context, const oci::Repository& repository,
                           const oci::Digest& subject, std::string_view type) override {
    ++count_;
    return reader_.Referrers(context, repository, subject, type);
  }

 private:
  store::Reader& reader_;
  std::size_t count_ = 0;
};

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_COUNTING_READER_H_
