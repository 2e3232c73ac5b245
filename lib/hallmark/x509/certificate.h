#ifndef HALLMARK_X509_CERTIFICATE_H_
#define HALLMARK_X509_CERTIFICATE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/x509/name.h"

namespace hallmark::x509 {

// Object identifiers that a signer's certificate is asked about.
namespace oid {
inline constexpr std::string_view kSubjectAltName = "2.5.29.17";
inline constexpr std::string_view kKeyUsage = "2.5.29.15";
inline constexpr std::string_view kBasicConstraints = "2.5.29.19";
inline constexpr std::string_view kNameConstraints = "2.5.29.30";
inline constexpr std::string_view kCertificatePolicies = "2.5.29.32";
inline constexpr std::string_view kExtendedKeyUsage = "2.5.29.37";
inline constexpr std::string_view kAnyExtendedKeyUsage = "2.5.29.37.0";
inline constexpr std::string_view kServerAuth = "1.3.6.1.5.5.7.3.1";
inline constexpr std::string_view kClientAuth = "1.3.6.1.5.5.7.3.2";
inline constexpr std::string_view kCodeSigning = "1.3.6.1.5.5.7.3.3";
inline constexpr std::string_view kEmailProtection = "1.3.6.1.5.5.7.3.4";
inline constexpr std::string_view kTimeStamping = "1.3.6.1.5.5.7.3.8";
inline constexpr std::string_view kOcspSigning = "1.3.6.1.5.5.7.3.9";
}  // namespace oid

// RFC 5280 section 4.2.1.3; the number is the bit's.
enum class KeyUsageBit : std::uint8_t {
  kDigitalSignature = 0,  // named bits of the RFC start at 0
  kNonRepudiation,
  kKeyEncipherment,
  kDataEncipherment,
  kKeyAgreement,
  kKeyCertSign,
  kCrlSign,
  kEncipherOnly,
  kDecipherOnly,
};
struct KeyUsage {
  bool critical;
  std::uint16_t bits;
  bool Has(KeyUsageBit bit) const { return (bits >> static_cast<unsigned>(bit) & 1u) != 0; }
};

struct ExtendedKeyUsage {
  bool critical;
  std::vector<std::string> purposes;  // dotted; never empty
  bool Has(std::string_view purpose) const;
};

struct BasicConstraints {
  bool critical;
  bool is_ca;
  std::optional<std::uint64_t> path_length;
};

// One entry of the subject's alternative names (RFC 5280 section 4.2.1.6).
struct AlternativeName {
  // Text kinds hold printable ASCII, never empty, never cut at a NUL: other bytes are malformed.
  enum class Kind : std::uint8_t { kEmail = 1, kUri, kDns, kOther };
  Kind kind;
  // Text; for kOther the bytes: of an otherName its value's whole element, else the content.
  std::string value;
  std::string type;  // the dotted type of an otherName; empty for all others

  friend bool operator==(const AlternativeName&, const AlternativeName&) = default;
};

struct Extension {
  std::string type;  // dotted
  bool critical;
  Bytes value;  // content of the OCTET STRING
};

namespace internal {
struct CertificateParts;
}

// An X.509 certificate (RFC 5280) as it was written: parsed, and nothing about it proved.
// Immutable, cheap to copy, safe to use from several threads at once.
class Certificate {
 public:
  // Strict: DER in its one form with no byte left over, versions 1 and 3, a serial number that is
  // not negative and of 20 bytes at most, the same algorithm inside and outside of what is signed,
  // no extension twice. Extensions that are shown below are read, all others are only listed.
  // kLimit over x509/limits.h, kUnsupported for version 2 and unique identifiers, else kMalformed.
  // The key and the signature's algorithm may be anything: see public_key() and VerifyPath.
  static Result<Certificate> FromDer(ByteView der);

  // One or more PEM "CERTIFICATE" blocks in their order, with nothing but white space around them.
  // kMalformed for none or other blocks, kLimit over kMaxPemCertificates or kMaxPemBytes.
  static Result<std::vector<Certificate>> ChainFromPem(std::string_view pem);

  ByteView der() const;
  // SHA-256 of der().
  crypto::Fingerprint fingerprint() const;
  std::string ToPem() const;

  const Name& subject() const;
  const Name& issuer() const;
  // Both ends are inclusive.
  UnixTime not_before() const;
  UnixTime not_after() const;
  // Content of the INTEGER: big-endian, minimal.
  ByteView serial() const;
  ByteView spki() const;
  // kUnsupported for keys that Hallmark does not use (crypto/public_key.h).
  Result<crypto::PublicKey> public_key() const;

  // Whether basic constraints say so; certificates of version 1 are no CA.
  bool IsCa() const;
  bool IsSelfIssued() const;  // subject and issuer are equal; says nothing about the signature
  const std::optional<BasicConstraints>& basic_constraints() const;
  const std::optional<KeyUsage>& key_usage() const;
  const std::optional<ExtendedKeyUsage>& extended_key_usage() const;
  const std::vector<AlternativeName>& alternative_names() const;
  const std::vector<Extension>& extensions() const;
  const Extension* FindExtension(std::string_view type) const;  // null when absent

  // The same bytes.
  friend bool operator==(const Certificate& a, const Certificate& b);

  const internal::CertificateParts& parts() const { return *parts_; }  // for this module

 private:
  explicit Certificate(std::shared_ptr<const internal::CertificateParts> parts)
      : parts_(std::move(parts)) {}
  std::shared_ptr<const internal::CertificateParts> parts_;
};

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_CERTIFICATE_H_
