#ifndef HALLMARK_TESTS_SUPPORT_TIMESTAMP_AUTHORITY_H_
#define HALLMARK_TESTS_SUPPORT_TIMESTAMP_AUTHORITY_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/tsa/verify.h"
#include "tests/support/x509_authority.h"

// A timestamp authority in this process that says whatever a test wants (library
// hallmark_test_tsa).
namespace hallmark::testing {

// One element around others, and the elements that tokens are made of.
Bytes Der(std::uint8_t tag, const std::vector<Bytes>& parts);
Bytes DerOid(const std::string& dotted);
Bytes DerAlgorithm(const std::string& dotted, bool with_null = false);
Bytes DerText(std::uint8_t tag, const std::string& text);
Bytes DerNumber(std::uint8_t number);
Bytes DerAttribute(const std::string& type, const std::vector<Bytes>& values);

namespace oids {
inline const std::string kSha1 = "1.3.14.3.2.26";
inline const std::string kSha256 = "2.16.840.1.101.3.4.2.1";
inline const std::string kSha384 = "2.16.840.1.101.3.4.2.2";
inline const std::string kSha512 = "2.16.840.1.101.3.4.2.3";
inline const std::string kEcdsaSha256 = "1.2.840.10045.4.3.2";
inline const std::string kEcdsaSha384 = "1.2.840.10045.4.3.3";
inline const std::string kRsaSha256 = "1.2.840.113549.1.1.11";
inline const std::string kRsaEncryption = "1.2.840.113549.1.1.1";
inline const std::string kTstInfo = "1.2.840.113549.1.9.16.1.4";
inline const std::string kData = "1.2.840.113549.1.7.1";
inline const std::string kSignedData = "1.2.840.113549.1.7.2";
inline const std::string kContentType = "1.2.840.113549.1.9.3";
inline const std::string kMessageDigest = "1.2.840.113549.1.9.4";
inline const std::string kSigningTime = "1.2.840.113549.1.9.5";
inline const std::string kSigningCertificate = "1.2.840.113549.1.9.16.2.12";
inline const std::string kSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
}  // namespace oids

// A root, an intermediate and the authority itself.
struct TimestampAuthority {
  Identity root;
  Identity intermediate;
  Identity stamper;

  static TimestampAuthority Make(const CertificateSpec& stamper = TimestamperSpec(),
                                 const TestKey& key = TestKey::Make("P-256"));
  tsa::Trust trust() const { return {{root.certificate()}, {}}; }
};

// What a token says, element by element: every one may be anything, and an empty one is left out.
// What is nullopt is computed from the rest.
struct TokenSpec {
  // TSTInfo
  Bytes version = DerNumber(1);
  Bytes policy = DerOid("1.2.3.4.1");
  Bytes imprint;
  Bytes serial = DerNumber(7);
  Bytes gen_time = DerText(0x18, "20260601000000Z");  // kTestTime
  Bytes accuracy;
  Bytes ordering;
  Bytes nonce;
  Bytes authority;
  Bytes extensions;
  std::optional<Bytes> tst_info;  // instead of all that

  // SignerInfo
  Bytes signer_version = DerNumber(1);
  std::optional<Bytes> signer_name;
  Bytes digest_algorithm = DerAlgorithm(oids::kSha256);
  Bytes content_type = DerAttribute(oids::kContentType, {DerOid(oids::kTstInfo)});
  std::optional<Bytes> message_digest;
  std::optional<Bytes> signing_certificate;
  std::vector<Bytes> more_attributes;
  bool sorted = true;      // false: attributes as they stand here
  bool attributes = true;  // false: none are signed
  crypto::HashAlgorithm hash = crypto::HashAlgorithm::kSha256;
  crypto::Scheme scheme = crypto::Scheme::kEcdsaP256Sha256;
  Bytes signature_algorithm = DerAlgorithm(oids::kEcdsaSha256);
  std::optional<Bytes> signature;
  Bytes unsigned_attributes;

  // SignedData
  Bytes data_version = DerNumber(3);
  Bytes digest_algorithms = Der(0x31, {DerAlgorithm(oids::kSha256)});
  Bytes data_type = DerOid(oids::kTstInfo);
  std::optional<Bytes> certificates;
  Bytes revocation_lists;
  std::size_t signers = 1;
  Bytes token_type = DerOid(oids::kSignedData);
};

// Stamps `message` by SHA-256.
TokenSpec SpecFor(std::string_view message);
Bytes MakeToken(const TimestampAuthority& authority, const TokenSpec& spec);
// A TimeStampResp around a token, or without one when it is empty.
Bytes MakeResponse(const Bytes& token, const Bytes& status = Der(0x30, {DerNumber(0)}));

// SigningCertificateV2 as an attribute, by SHA-256.
Bytes NameCertificate(const Bytes& certificate, const Bytes& issuer_serial = {});
// IssuerSerial of RFC 5035, and IssuerAndSerialNumber.
Bytes IssuerSerial(const x509::Certificate& certificate);
Bytes IssuerAndSerial(const x509::Certificate& certificate);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_TIMESTAMP_AUTHORITY_H_
