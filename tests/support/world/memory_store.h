#ifndef HALLMARK_TESTS_SUPPORT_WORLD_MEMORY_STORE_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_MEMORY_STORE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/store/store.h"

namespace hallmark::testing {

// A store in memory that can be told to fail, to leave things out and to lie. Repositories are
// kept apart. Safe for several threads once the faults are set.
class MemoryStore final : public store::Reader, public store::Writer {
 public:
  enum class Call : std::uint8_t {
    kFetchManifest = 0,
    kFetch,
    kReferrers,
    kPushBlob,
    kPushManifest,
    kTag,
    kEditTag
  };
  static constexpr std::size_t kForever = std::numeric_limits<std::size_t>::max();

  // After `skip` more calls of that kind the next `times` end with `error`. A failing Referrers
  // is a listing without entries and with the error as its gap.
  void FailOn(Call call, Error error, std::size_t skip = 0, std::size_t times = kForever);
  // Fetch and FetchManifest of this digest end with `error`.
  void FailOn(const oci::Digest& digest, Error error);
  // Every listing has its entries and then this gap.
  void AddGap(Error error);
  // Lies: the bytes kept under a digest (Check finds out), the media type a manifest is served
  // with, and an entry in the listing of a subject that it is no referrer of.
  void ReplaceBytes(const oci::Digest& digest, Bytes bytes);
  void ServeAs(const oci::Digest& digest, std::string media_type);
  void AddToListing(const oci::Repository& repository, const oci::Digest& subject,
                    oci::Descriptor entry);

  // How many calls there were, failed ones included.
  std::size_t calls(Call call) const;
  std::size_t calls() const;

  Result<oci::Content> FetchManifest(const Context&, const oci::Reference&) override;
  Result<oci::Content> Fetch(const Context&, const oci::Repository&,
                             const oci::Descriptor&) override;
  store::Listing Referrers(const Context&, const oci::Repository&, const oci::Digest& subject,
                           std::string_view artifact_type) override;
  Result<Done> PushBlob(const Context&, const oci::Repository&, const oci::Content&) override;
  Result<Done> PushManifest(const Context&, const oci::Repository&, const oci::Content&) override;
  Result<Done> Tag(const Context&, const oci::Repository&, const oci::Content& manifest,
                   std::string_view tag) override;
  Result<oci::Digest> EditTag(const Context&, const oci::Repository&, std::string_view tag,
                              store::TagMerge& merge) override;

 private:
  static constexpr std::size_t kCalls = 7;
  struct Fault {
    std::optional<Error> error;
    std::size_t skip = 0;
    std::size_t times = 0;
  };
  struct Shelf {
    std::map<oci::Digest, oci::Content> contents;
    std::map<std::string, oci::Digest> tags;
    std::map<oci::Digest, std::vector<oci::Descriptor>> referrers;
  };

  std::optional<Error> Enter(const Context& context, Call call);
  Result<oci::Content> Serve(const Shelf& shelf, oci::Descriptor wanted) const;
  static void AddDistinct(std::vector<oci::Descriptor>& list, oci::Descriptor entry);

  mutable std::mutex mutex_;
  std::map<oci::Repository, Shelf> shelves_;
  std::array<std::size_t, kCalls> calls_{};
  std::array<Fault, kCalls> faults_{};
  std::map<oci::Digest, Error> broken_;
  std::map<oci::Digest, Bytes> replaced_;
  std::map<oci::Digest, std::string> served_as_;
  std::optional<Error> gap_;
};

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_MEMORY_STORE_H_
