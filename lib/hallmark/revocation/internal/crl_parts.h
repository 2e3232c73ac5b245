#ifndef HALLMARK_REVOCATION_INTERNAL_CRL_PARTS_H_
#define HALLMARK_REVOCATION_INTERNAL_CRL_PARTS_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/revocation/crl.h"
#include "hallmark/revocation/internal/signed_document.h"

// Private to the module: what a list is made of, and its readers. Views look into the list.
namespace hallmark::revocation::internal {

// IssuingDistributionPoint of RFC 5280 section 5.2.5.
struct Scope {
  bool names_point = false;
  std::vector<Bytes> point_names;  // GeneralNames; none when it is relative to the issuer
  bool only_users = false;
  bool only_cas = false;
  bool only_some_reasons = false;
  bool indirect = false;
  bool only_attributes = false;
};

struct CrlParts {
  Bytes der;
  SignedDocument document;
  std::optional<x509::Name> issuer;  // set by whoever made it
  UnixTime this_update;
  std::optional<UnixTime> next_update;
  ByteView entries;  // content of the list
  std::size_t entry_count = 0;
  std::optional<ByteView> number;       // magnitude, big-endian
  std::optional<ByteView> base_number;  // of a delta
  ByteView scope_der;                   // empty when there is none
  Scope scope;
  ByteView authority_key;  // content of the extension; empty when there is none
  bool names_delta = false;
  std::vector<std::string> delta_urls;
  std::string obstacle;  // why it cannot say anything, though it is well formed
};

struct CrlEntry {
  ByteView serial;  // content of the INTEGER
  Revoked revoked;
  std::string obstacle;
};

// The next entry of `list`.
Result<CrlEntry> TakeEntry(encoding::der::Reader& list);

// CRL extensions of section 5.2. `list` reads the content of Extensions.
Result<Done> ReadCrlExtensions(encoding::der::Reader list, CrlParts& parts);

// ENUMERATED CRLReason, the whole element.
std::optional<Reason> ReadReason(ByteView element);

}  // namespace hallmark::revocation::internal

#endif  // HALLMARK_REVOCATION_INTERNAL_CRL_PARTS_H_
