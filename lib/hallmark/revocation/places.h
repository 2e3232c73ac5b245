#ifndef HALLMARK_REVOCATION_PLACES_H_
#define HALLMARK_REVOCATION_PLACES_H_

#include <string>
#include <vector>

#include "hallmark/x509/certificate.h"

namespace hallmark::revocation {

// One of CRLDistributionPoints (RFC 5280 section 4.2.1.13).
struct DistributionPoint {
  std::vector<Bytes> names;       // GeneralNames, whole elements; empty for a relative name
  std::vector<std::string> urls;  // those of them that are "http://"
  // No reasons, no other issuer of the list: what stands there answers for all.
  bool is_whole;
};

// Where a certificate says that its status can be asked.
struct Places {
  bool names_ocsp = false;  // of whatever kind of address
  bool names_crl = false;
  std::vector<std::string> ocsp_urls;  // "http://" only, in their order
  std::vector<DistributionPoint> points;

  bool empty() const { return !names_ocsp && !names_crl; }
  // The addresses of the points that answer for all, in their order, each once.
  std::vector<std::string> CrlUrls() const;
};

// The content of an extension CRLDistributionPoints or FreshestCRL. Strict DER. kLimit beyond
// revocation/limits.h, else kMalformed.
Result<std::vector<DistributionPoint>> ParseDistributionPoints(ByteView der);

// What CRLDistributionPoints and AuthorityInfoAccess say. Only plain http is taken (Notary Project
// trust-store-trust-policy): answers are signed, and https would need an answer first. An URL has
// printable ASCII only, no user and no fragment; others are named, and not asked.
Result<Places> PlacesOf(const x509::Certificate& certificate);

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_PLACES_H_
