#include "tests/support/ocsp_authority.h"

#include <stdexcept>

#include "hallmark/crypto/insecure_sha1.h"
#include "hallmark/encoding/der.h"

namespace hallmark::testing {
namespace {

namespace der = encoding::der;

Bytes Copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

// The key alone, without its algorithm.
Bytes KeyBits(const x509::Certificate& certificate) {
  der::Reader whole(certificate.spki());
  der::Reader body = whole.Enter(der::kSequence);
  body.TakeWhole();
  return Copy(body.TakeBits());
}

Bytes HashBy(const std::string& hash, const Bytes& content) {
  if (hash == oids::kSha256) return crypto::Hash(crypto::HashAlgorithm::kSha256, content);
  if (hash == oids::kSha384) return crypto::Hash(crypto::HashAlgorithm::kSha384, content);
  if (hash == oids::kSha512) return crypto::Hash(crypto::HashAlgorithm::kSha512, content);
  return crypto::InsecureSha1(content);
}

Bytes Field(unsigned number, const Bytes& element) {
  return element.empty() ? Bytes() : Der(der::Explicit(number), {element});
}

Bytes ExtensionsField(const std::vector<Bytes>& extensions) {
  return extensions.empty() ? Bytes() : Field(1, DerExtensions(extensions));
}

Bytes Sign(const Identity& signer, crypto::Scheme scheme, const Bytes& message) {
  auto signature = signer.key.private_key().Sign(scheme, message);
  if (!signature.ok()) throw std::runtime_error(signature.error().message());
  return std::move(signature).value();
}

}  // namespace

Bytes DerTime(const std::string& text) { return DerText(der::kGeneralizedTime, text); }
Bytes DerGood() { return {der::Implicit(0), 0}; }
Bytes DerUnknown() { return {der::Implicit(2), 0}; }
Bytes DerOcspReason(std::uint8_t reason) { return {0x0A, 1, reason}; }

Bytes DerOcspRevoked(const Bytes& reason, const std::string& time) {
  return Der(der::Explicit(1), {DerTime(time), Field(0, reason)});
}

Bytes DerCertId(const revocation::Issued& issued, const std::string& hash) {
  const Bytes name = Copy(issued.issuer().subject().der());
  return Der(der::kSequence,
             {DerAlgorithm(hash, hash == oids::kSha1), Der(der::kOctetString, {HashBy(hash, name)}),
              Der(der::kOctetString, {HashBy(hash, KeyBits(issued.issuer()))}),
              Der(der::kInteger, {Copy(issued.certificate().serial())})});
}

Bytes DerAnswer(const AnswerSpec& spec) {
  return Der(der::kSequence, {spec.id, spec.status, spec.this_update, Field(0, spec.next_update),
                              ExtensionsField(spec.extensions)});
}

Bytes DerByName(const x509::Certificate& certificate) {
  return Field(1, Copy(certificate.subject().der()));
}
Bytes DerByKey(const x509::Certificate& certificate) {
  return Field(2, Der(der::kOctetString, {crypto::InsecureSha1(KeyBits(certificate))}));
}

OcspSpec OcspAbout(const revocation::Issued& issued, const Bytes& status) {
  AnswerSpec answer;
  answer.id = DerCertId(issued);
  answer.status = status;
  OcspSpec spec;
  spec.answers = {DerAnswer(answer)};
  return spec;
}

Bytes MakeOcspResponse(const Identity& signer, const OcspSpec& spec) {
  const Bytes responder = spec.responder ? *spec.responder : DerByName(signer.certificate());
  const Bytes data = Der(
      der::kSequence, {spec.version, responder, spec.produced_at, Der(der::kSequence, spec.answers),
                       ExtensionsField(spec.extensions), spec.data_tail});
  const Bytes signature = spec.signature ? *spec.signature : Sign(signer, spec.scheme, data);
  const Bytes certificates =
      spec.certificates.empty() ? Bytes() : Field(0, Der(der::kSequence, spec.certificates));
  const Bytes bits = Der(der::kBitString, {Bytes{0}, signature});
  const Bytes basic =
      Der(der::kSequence, {data, spec.algorithm, bits, certificates, spec.basic_tail});
  const Bytes typed =
      Der(der::kSequence, {spec.type, Der(der::kOctetString, {basic}), spec.typed_tail});
  return Der(der::kSequence, {Bytes{0x0A, 1, spec.status}, Field(0, typed), spec.tail});
}

Bytes MakeOcspRefusal(std::uint8_t status) { return Der(der::kSequence, {Bytes{0x0A, 1, status}}); }

CertificateSpec ResponderSpec(const std::string& name) {
  return SignerSpec(name).With("extendedKeyUsage", "OCSPSigning");
}

}  // namespace hallmark::testing
