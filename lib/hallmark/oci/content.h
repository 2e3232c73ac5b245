#ifndef HALLMARK_OCI_CONTENT_H_
#define HALLMARK_OCI_CONTENT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/oci/digest.h"

namespace hallmark::oci {

// OCI image-spec v1.1 image-index.md, "platform".
struct Platform {
  std::string os;
  std::string architecture;
  std::string variant;     // may be empty
  std::string os_version;  // may be empty
  // "linux/arm64/v8"
  std::string ToString() const;
  friend bool operator==(const Platform&, const Platform&) = default;
};

// OCI image-spec v1.1 descriptor.md. Everything but digest and size is somebody's word.
struct Descriptor {
  std::string media_type;
  Digest digest;
  std::uint64_t size = 0;
  std::string artifact_type;  // empty when absent
  std::map<std::string, std::string> annotations;
  std::optional<Platform> platform;
};

// Bytes known to be the ones their descriptor names. Only Check and Describe
// make one, so a parser that takes Content never sees bytes of unknown origin.
class Content {
 public:
  // kMismatch when length or digest differ.
  static Result<Content> Check(Descriptor descriptor, Bytes bytes);
  static Content Describe(std::string media_type, Bytes bytes,
                          Digest::Algorithm algorithm = Digest::Algorithm::kSha256);

  const Descriptor& descriptor() const { return descriptor_; }
  const Digest& digest() const { return descriptor_.digest; }
  ByteView bytes() const { return bytes_; }

 private:
  Content(Descriptor descriptor, Bytes bytes)
      : descriptor_(std::move(descriptor)), bytes_(std::move(bytes)) {}
  Descriptor descriptor_;
  Bytes bytes_;
};

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_CONTENT_H_
