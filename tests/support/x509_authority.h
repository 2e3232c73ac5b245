#ifndef HALLMARK_TESTS_SUPPORT_X509_AUTHORITY_H_
#define HALLMARK_TESTS_SUPPORT_X509_AUTHORITY_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/crypto/private_key.h"
#include "hallmark/x509/certificate.h"

// Certificates and their keys made by OpenSSL at test time (library hallmark_test_x509).
namespace hallmark::testing {

// 2026-06-01T00:00:00Z: the middle of the default validity, which is the year 2026.
inline constexpr UnixTime kTestTime{std::chrono::seconds(1780272000)};

// A private key of any kind OpenSSL makes, weak ones included. Cheap to copy.
class TestKey {
 public:
  // "P-256", "P-224", "secp256k1" and other curves, "RSA-2048", "Ed25519". RSA keys are made once a
  // program and kind; ask for `number` 2 where two of one kind must differ.
  static TestKey Make(const std::string& kind, int number = 1);

  crypto::PrivateKey private_key() const;  // only of kinds that Hallmark uses
  std::string ToPem() const;               // PKCS#8, not encrypted

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit TestKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

using TextPairs = std::vector<std::pair<std::string, std::string>>;

// What a certificate says. Extensions are OpenSSL's configuration syntax, in order; the types may
// be dotted: {"basicConstraints", "critical,CA:TRUE"}, {"1.2.3", "critical,ASN1:UTF8String:x"}.
// "subjectKeyIdentifier" and "authorityKeyIdentifier" work as there.
struct CertificateSpec {
  TextPairs subject;  // short name of OpenSSL and UTF-8 value, one relative name each
  TextPairs extensions;
  UnixTime not_before = kTestTime - std::chrono::hours(24 * 151);
  UnixTime not_after = kTestTime + std::chrono::hours(24 * 213);
  std::string hash = "SHA256";  // of the issuer's signature; not used by Ed25519
  bool pss = false;             // by RSASSA-PSS, with an RSA key of the issuer
  int version = 3;
  long serial = 1;

  // Replaces an extension's value; an empty one drops it.
  CertificateSpec With(const std::string& type, const std::string& value) const;
};

// Roots and intermediates with keyCertSign; signers for code signing as sigstore and the Notary
// Project want them; time stampers as RFC 3161 does. C=US, ST=WA, O=Hallmark Test, CN=`name`.
CertificateSpec RootSpec(const std::string& name = "root");
CertificateSpec IntermediateSpec(const std::string& name = "intermediate");
CertificateSpec SignerSpec(const std::string& name = "signer");
CertificateSpec TimestamperSpec(const std::string& name = "time stamper");

// A certificate with its key. The DER is there even when Certificate::FromDer refuses it.
struct Identity {
  Bytes der;
  TestKey key;
  x509::Certificate certificate() const;  // throws when FromDer refuses
};

Identity SelfSigned(const CertificateSpec& spec, const TestKey& key = TestKey::Make("P-256"));
Identity Issue(const CertificateSpec& spec, const Identity& issuer,
               const TestKey& key = TestKey::Make("P-256"));

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_X509_AUTHORITY_H_
