#ifndef HALLMARK_REVOCATION_CRL_H_
#define HALLMARK_REVOCATION_CRL_H_

#include <memory>
#include <string>
#include <vector>

#include "hallmark/revocation/status.h"

namespace hallmark::revocation {

namespace internal {
struct CrlParts;
}

// A certificate revocation list (RFC 5280 section 5), parsed, and nothing about it proved.
// Immutable, cheap to copy; holds its bytes once, and no object for an entry.
class Crl {
 public:
  ByteView der() const;
  const x509::Name& unverified_issuer() const;
  UnixTime this_update() const;
  std::optional<UnixTime> next_update() const;
  std::size_t entry_count() const;
  bool is_delta() const;
  // Whether it says that there is a delta to it, and where (FreshestCRL; "http://" only).
  bool names_delta() const;
  const std::vector<std::string>& delta_urls() const;

  const internal::CrlParts& parts() const { return *parts_; }  // for this module

 private:
  friend Result<Crl> ParseCrl(ByteView);
  explicit Crl(std::shared_ptr<const internal::CrlParts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const internal::CrlParts> parts_;
};

// Strict: DER in its one form with no byte left over, the same algorithm inside and outside of what
// is signed, no extension twice, numbers and serial numbers not negative, a delta with its number
// (section 5.2.4). All entries are looked at. kUnsupported for version 1, kLimit beyond
// revocation/limits.h, before anything is read where it is the size; else kMalformed.
//
// Deviation: an empty list of entries may be written, which many authorities do.
Result<Crl> ParseCrl(ByteView der);

// What answers together.
struct CrlSet {
  const Crl& base;
  const Crl* delta;  // null where there is none
};

// What a list says about a certificate at the time `now` (RFC 5280 section 6.3, one distribution
// point, all reasons at once). A pure function; one signature check a list.
//
// Unknown, in words: a list by another name or key than the issuer's, or one whose key usage is not
// for lists; a critical extension that is not understood, of the list or of any entry; indirect
// lists; a list for another distribution point, or another kind of certificate; thisUpdate ahead of
// `now`, nextUpdate past or missing; a delta in the place of the whole list; a delta that does not
// belong to it; a delta that the list names and nobody brought. A list for some reasons only can
// revoke, and cannot be Good.
//
// Revoked also by a list that has run out, except for a hold (Notary Project). A hold that is
// current is a revocation until a delta removes it. No tolerance for clocks (A41).
//
// Deviation from the Notary Project: a delta goes with every list from its base number on (RFC 5280
// section 5.2.4), not with that one alone.
Status CheckCrl(const Issued& issued, const CrlSet& lists, UnixTime now);

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_CRL_H_
