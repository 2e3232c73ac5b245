#ifndef HALLMARK_X509_PATH_H_
#define HALLMARK_X509_PATH_H_

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/x509/certificate.h"

namespace hallmark::x509 {

// What the first certificate of a path is for.
enum class Purpose : std::uint8_t {
  // sigstore: the extended key usage is there and names code signing (any usage is not enough).
  kCodeSigning = 1,
  // Notary Project signature-specification, "Certificate Requirements": see notary_chain.h.
  kNotarySigning,
  // RFC 3161 section 2.3: the extended key usage is critical and names timestamping alone.
  kTimestamping,
};

// Why there is no path. `reason` is one of the stable ids of verdicts: "chain", "expired",
// "not-yet-current", "algorithm", "limit".
struct PathFault {
  std::string reason;
  std::string detail;  // for people; untrusted text in it went through Printable
};

// Holding one means: every certificate but the last is signed by the next, all were current at the
// time that was asked about, they are fit for the purpose, and the last is one of the anchors that
// were given. Made by VerifyPath only. Says nothing about revocation, nor about who the leaf is.
class VerifiedPath {
 public:
  // The leaf first, the anchor last; both are the same where an anchor is a signer itself.
  const std::vector<Certificate>& certificates() const { return certificates_; }
  const Certificate& leaf() const { return certificates_.front(); }
  const Certificate& anchor() const { return certificates_.back(); }
  Purpose purpose() const { return purpose_; }
  UnixTime at() const { return at_; }

 private:
  friend std::variant<VerifiedPath, PathFault> VerifyPath(const Certificate&,
                                                          std::span<const Certificate>,
                                                          std::span<const Certificate>, Purpose,
                                                          UnixTime);
  VerifiedPath(std::vector<Certificate> certificates, Purpose purpose, UnixTime at)
      : certificates_(std::move(certificates)), purpose_(purpose), at_(at) {}
  std::vector<Certificate> certificates_;
  Purpose purpose_;
  UnixTime at_;
};

// Path validation of RFC 5280 section 6 at the time `at`; a pure function. Nothing is trusted but
// `anchors`, by all their bytes: no system store, no name. No anchors, no path.
//
// kCodeSigning, kTimestamping: paths are searched through `intermediates` (any order, unrelated
// ones allowed) within the budget of x509/limits.h; what the search finds OpenSSL judges
// (X509_verify_cert, strict), names constraints included. Anchors are self-signed. Every
// certificate, the anchor included, has a key and a signature that crypto/public_key.h allows:
// SHA-2, no RSA below 2048 bits, else "algorithm". A CA that names extended key usages passes on
// only those. Deviations from RFC 5280: names are compared byte by byte; all certificates must be
// current; policies are not processed, so critical extensions about them are refused as any
// unknown one; key identifiers may be absent.
//
// kNotarySigning: leaf and `intermediates` are the chain of a signature envelope, in its order and
// with its root: CheckNotaryChain holds, and one of the chain is an anchor, as that specification
// has it. The path ends at the first that is.
std::variant<VerifiedPath, PathFault> VerifyPath(const Certificate& leaf,
                                                 std::span<const Certificate> intermediates,
                                                 std::span<const Certificate> anchors,
                                                 Purpose purpose, UnixTime at);

// Whether all of them are current at `at`: what VerifyPath asks about time, for a path that was
// verified at another one. "expired" or "not-yet-current".
std::optional<PathFault> CheckCurrent(std::span<const Certificate> certificates, UnixTime at);

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_PATH_H_
