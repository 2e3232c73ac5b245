#ifndef HALLMARK_REVOCATION_STATUS_H_
#define HALLMARK_REVOCATION_STATUS_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/x509/issued.h"

// What is known about the revocation of one certificate: by CRL (RFC 5280) or OCSP (RFC 6960).
namespace hallmark::revocation {

class Crl;
struct CrlSet;
class OcspResponse;
using x509::Issued;

// CRLReason of RFC 5280 section 5.3.1; the number is the RFC's.
enum class Reason : std::uint8_t {
  kUnspecified = 0,  // numbers of the RFC start at 0
  kKeyCompromise = 1,
  kCaCompromise = 2,
  kAffiliationChanged = 3,
  kSuperseded = 4,
  kCessationOfOperation = 5,
  kCertificateHold = 6,
  kRemoveFromCrl = 8,
  kPrivilegeWithdrawn = 9,
  kAaCompromise = 10,
};
std::optional<Reason> ReasonOf(std::uint64_t number);
// As the RFC spells it: "keyCompromise".
std::string_view ToWord(Reason reason);

class Good;
struct Revoked {
  UnixTime time;
  std::optional<Reason> reason;
  // Since when the certificate's signatures are not to be believed, where the list says so.
  std::optional<UnixTime> invalid_since;
};
// Nothing that can be believed says anything: never to be taken for Good.
struct Unknown {
  std::string detail;  // for people; untrusted text in it went through Printable
};
using Status = std::variant<Good, Revoked, Unknown>;

// Holding one means: whoever may speak for the certificate's issuer signed that it is not revoked,
// and the word was current at the time that was asked about. Made by CheckCrl and CheckOcsp only.
class Good {
 public:
  UnixTime this_update() const { return this_update_; }
  UnixTime next_update() const { return next_update_; }

 private:
  friend Status CheckCrl(const Issued&, const CrlSet&, UnixTime);
  friend Status CheckOcsp(const Issued&, const OcspResponse&, const std::optional<Status>&,
                          UnixTime);
  Good(UnixTime this_update, UnixTime next_update)
      : this_update_(this_update), next_update_(next_update) {}
  UnixTime this_update_;
  UnixTime next_update_;
};

// Whether a revocation counts against a signature that is proved to be no younger than `signed_by`
// (Notary Project trust-store-trust-policy, "Certificate Revocation Evaluation"). It always does
// without a proved time, and without a date since when the certificate is invalid.
bool CountsAgainst(const Revoked& revoked, std::optional<UnixTime> signed_by);

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_STATUS_H_
