#ifndef HALLMARK_TESTS_SUPPORT_REVOCATION_AUTHORITY_H_
#define HALLMARK_TESTS_SUPPORT_REVOCATION_AUTHORITY_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/revocation/crl.h"
#include "tests/support/timestamp_authority.h"

// An authority in this process that says whatever a test wants about revocation (library
// hallmark_test_revocation). Elements are made by timestamp_authority.h.
namespace hallmark::testing {

Bytes DerExtension(const std::string& type, const Bytes& value, bool critical = false);
Bytes DerExtensions(const std::vector<Bytes>& extensions);  // Extensions, not tagged
Bytes DerUri(const std::string& url);                       // GeneralName
// CRLReason as an extension of an entry.
Bytes DerReason(std::uint8_t reason, bool critical = false);
// An entry of a list; empty extensions are left out.
Bytes DerRevoked(const x509::Certificate& certificate, const std::vector<Bytes>& extensions = {},
                 const std::string& time = "260501000000Z");
Bytes DerCrlNumber(std::uint8_t number);
Bytes DerDeltaOf(std::uint8_t base);
// IssuingDistributionPoint: its fields as they are, tagged.
Bytes DerScope(const std::vector<Bytes>& fields);
Bytes DerPoint(const std::string& url);  // its field [0] with one full name
Bytes DerFreshest(const std::string& url);

// What a list says, element by element; an empty one is left out, nullopt is computed.
struct CrlSpec {
  Bytes version = DerNumber(1);
  Bytes algorithm = DerAlgorithm(oids::kEcdsaSha256);
  std::optional<Bytes> issuer;
  Bytes this_update = DerText(0x17, "260530000000Z");
  Bytes next_update = DerText(0x17, "260606000000Z");
  std::vector<Bytes> entries;
  std::vector<Bytes> extensions = {DerCrlNumber(7)};
  std::optional<Bytes> outer_algorithm;
  crypto::Scheme scheme = crypto::Scheme::kEcdsaP256Sha256;
  std::optional<Bytes> signature;
};
Bytes MakeCrl(const Identity& issuer, const CrlSpec& spec);

// A root, an intermediate and a signer, which name these places.
inline const std::string kCrlUrl = "http://crl.test/intermediate.crl";
inline const std::string kRootCrlUrl = "http://crl.test/root.crl";
inline const std::string kOcspUrl = "http://ocsp.test/";
struct RevocationAuthority {
  Identity root;
  Identity intermediate;
  Identity signer;

  // With "crlDistributionPoints" of both, and the OCSP of the signer where `ocsp`.
  static RevocationAuthority Make(bool ocsp = false);
  static RevocationAuthority Make(const CertificateSpec& intermediate,
                                  const CertificateSpec& signer);
  x509::VerifiedPath path() const;       // throws when there is none
  revocation::Issued issued() const;     // the signer
  revocation::Issued issued_ca() const;  // the intermediate
};

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_REVOCATION_AUTHORITY_H_
