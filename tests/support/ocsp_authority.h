#ifndef HALLMARK_TESTS_SUPPORT_OCSP_AUTHORITY_H_
#define HALLMARK_TESTS_SUPPORT_OCSP_AUTHORITY_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/revocation/ocsp.h"
#include "tests/support/revocation_authority.h"

// A responder in this process that says whatever a test wants (library hallmark_test_revocation).
namespace hallmark::testing {

Bytes DerTime(const std::string& text);  // GeneralizedTime: "20260601000000Z"

// CertStatus.
Bytes DerGood();
Bytes DerUnknown();
// `reason` is the content of its field; empty is left out.
Bytes DerOcspRevoked(const Bytes& reason = {}, const std::string& time = "20260501000000Z");
Bytes DerOcspReason(std::uint8_t reason);  // for it

// CertID by SHA-1 or SHA-2; `hash` is one of oids.
Bytes DerCertId(const revocation::Issued& issued, const std::string& hash = oids::kSha1);

// SingleResponse, element by element; an empty one is left out.
struct AnswerSpec {
  Bytes id;
  Bytes status = DerGood();
  Bytes this_update = DerTime("20260530000000Z");
  Bytes next_update = DerTime("20260606000000Z");
  std::vector<Bytes> extensions;
};
Bytes DerAnswer(const AnswerSpec& spec);

Bytes DerByName(const x509::Certificate& certificate);
Bytes DerByKey(const x509::Certificate& certificate);

// OCSPResponse, element by element; an empty one is left out, nullopt is computed.
struct OcspSpec {
  std::uint8_t status = 0;
  Bytes type = DerOid("1.3.6.1.5.5.7.48.1.1");
  Bytes version;
  std::optional<Bytes> responder;  // by name
  Bytes produced_at = DerTime("20260530000000Z");
  std::vector<Bytes> answers;
  std::vector<Bytes> extensions;
  Bytes algorithm = DerAlgorithm(oids::kEcdsaSha256);
  crypto::Scheme scheme = crypto::Scheme::kEcdsaP256Sha256;
  std::optional<Bytes> signature;
  std::vector<Bytes> certificates;
  // More at the end of ResponseData, BasicOCSPResponse, ResponseBytes and OCSPResponse.
  Bytes data_tail;
  Bytes basic_tail;
  Bytes typed_tail;
  Bytes tail;
};
// One answer about `issued`.
OcspSpec OcspAbout(const revocation::Issued& issued, const Bytes& status = DerGood());
Bytes MakeOcspResponse(const Identity& signer, const OcspSpec& spec);
// What is no success comes without a response.
Bytes MakeOcspRefusal(std::uint8_t status);

// A certificate for responders. "noCheck" is OpenSSL's word for id-pkix-ocsp-nocheck.
CertificateSpec ResponderSpec(const std::string& name = "responder");

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_OCSP_AUTHORITY_H_
