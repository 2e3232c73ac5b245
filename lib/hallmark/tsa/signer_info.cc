#include <algorithm>

#include "hallmark/tsa/internal/token_parts.h"

namespace hallmark::tsa::internal {
namespace {

namespace der = encoding::der;
using Family = x509::SignatureAlgorithm::Family;

constexpr std::string_view kRsaEncryption = "1.2.840.113549.1.1.1";

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

Result<CertificateName> ReadIssuerAndSerial(der::Reader body) {
  if (!body.Sees(der::kSequence)) return Malformed("issuer of the signer");
  const ByteView issuer = body.TakeWhole();
  const ByteView serial = body.Take(der::kInteger);
  if (!body.Finished() || serial.empty()) return Malformed("issuer of the signer");
  return CertificateName{issuer, serial, {}};
}

Result<CertificateName> ReadSignerName(std::uint64_t version, der::Reader& body) {
  if (version == 1) return ReadIssuerAndSerial(body.Enter(der::kSequence));
  if (version != 3) return Malformed("version of the signer");
  const ByteView key_id = body.Take(der::Implicit(0));
  if (key_id.empty()) return Malformed("key identifier of the signer");
  return CertificateName{{}, {}, key_id};
}

bool IsPlainRsa(ByteView element) {
  der::Reader whole(element);
  der::Reader body = whole.Enter(der::kSequence);
  const std::string type = der::OidText(body.Take(der::kObjectId));
  if (body.Sees(der::kNull)) body.Take(der::kNull);
  return body.Finished() && type == kRsaEncryption;
}

// RFC 5754 section 3: the signature's hash is the digest's. OpenSSL takes the one, others take the
// other, so two that differ would mean two things. rsaEncryption names none of its own (RFC 3370
// section 3.2).
Result<x509::SignatureAlgorithm> ReadAlgorithm(ByteView element, crypto::HashAlgorithm hash) {
  if (IsPlainRsa(element)) return x509::SignatureAlgorithm{Family::kRsaPkcs1, hash};
  const auto algorithm = x509::ReadSignatureAlgorithm(element);
  if (!algorithm) return Error(ErrorCode::kUnsupported, "signed by an algorithm that is not used");
  if (algorithm->family != Family::kEd25519 && algorithm->hash != hash) {
    return Error(ErrorCode::kUnsupported, "digest and signature by different hashes");
  }
  return *algorithm;
}

}  // namespace

Result<SignerInfo> ReadSignerInfo(der::Reader body) {
  const std::uint64_t version = body.TakeSmall();
  HALLMARK_ASSIGN(const CertificateName name, ReadSignerName(version, body));
  const auto hash = x509::ReadHashAlgorithm(body.TakeWhole());
  if (!body.Sees(der::Explicit(0))) return Malformed("no signed attributes");
  if (!hash) return Error(ErrorCode::kUnsupported, "digest by another hash than SHA-2");
  const ByteView attributes = body.TakeWhole();
  HALLMARK_ASSIGN(const auto algorithm, ReadAlgorithm(body.TakeWhole(), *hash));
  const ByteView signature = body.Take(der::kOctetString);
  if (body.Sees(der::Explicit(1))) body.Take(der::Explicit(1));
  if (!body.Finished()) return Malformed("signer");

  SignerInfo signer{name, *hash, {}, {}, {}, algorithm, signature};
  // RFC 5652 section 5.4: signed in DER and with the tag of a SET. What is sent in its order too
  // can be read in one way only.
  signer.signed_attributes.assign(attributes.begin(), attributes.end());
  signer.signed_attributes[0] = der::kSet;
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(signer.signed_attributes));
  HALLMARK_RETURN_IF_ERROR(ReadAttributes(der::Reader(attributes).Enter(der::Explicit(0)), signer));
  return signer;
}

}  // namespace hallmark::tsa::internal
