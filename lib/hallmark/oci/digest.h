#ifndef HALLMARK_OCI_DIGEST_H_
#define HALLMARK_OCI_DIGEST_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/hash.h"

namespace hallmark::oci {

// A content digest, "sha256:<64 lower-case hex>" (OCI image-spec v1.1,
// descriptor.md#digests). There is no empty Digest: one exists only because it
// was parsed or computed.
class Digest {
 public:
  using Algorithm = crypto::HashAlgorithm;

  // kMalformed unless the algorithm is sha256, sha384 or sha512 and the rest exactly its length in
  // lower-case hexadecimal.
  static Result<Digest> Parse(std::string_view text);
  static Digest Of(Algorithm algorithm, ByteView content);

  Algorithm algorithm() const { return algorithm_; }
  std::string_view algorithm_name() const;  // "sha256"
  ByteView bytes() const;
  std::string hex() const;
  std::string ToString() const;

  friend bool operator==(const Digest&, const Digest&) = default;
  friend std::strong_ordering operator<=>(const Digest&, const Digest&) = default;

 private:
  Digest(Algorithm algorithm, ByteView bytes);

  Algorithm algorithm_;
  std::array<std::uint8_t, 64> bytes_{};  // unused tail is zero
};

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_DIGEST_H_
