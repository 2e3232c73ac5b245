#include <algorithm>

#include "hallmark/tsa/internal/token_parts.h"
#include "hallmark/tsa/limits.h"

namespace hallmark::tsa::internal {
namespace {

namespace der = encoding::der;

constexpr std::string_view kContentType = "1.2.840.113549.1.9.3";
constexpr std::string_view kMessageDigest = "1.2.840.113549.1.9.4";
constexpr std::string_view kSigningCertificate = "1.2.840.113549.1.9.16.2.12";
constexpr std::string_view kSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

struct Attribute {
  std::string type;
  ByteView values;  // content of the SET
};

Result<std::vector<Attribute>> ListAttributes(der::Reader list) {
  std::vector<Attribute> attributes;
  while (!list.AtEnd()) {
    if (attributes.size() == kMaxAttributes) {
      return Error(ErrorCode::kLimit, "too many signed attributes");
    }
    der::Reader body = list.Enter(der::kSequence);
    Attribute attribute{der::OidText(body.Take(der::kObjectId)), body.Take(der::kSet)};
    if (!body.Finished()) return Malformed("signed attribute");
    if (std::ranges::find(attributes, attribute.type, &Attribute::type) != attributes.end()) {
      return Malformed("signed attribute " + attribute.type + " stands twice");
    }
    attributes.push_back(std::move(attribute));
  }
  return attributes;
}

// The one value of an attribute that must be there.
Result<der::Reader> ValueOf(const std::vector<Attribute>& attributes, std::string_view type,
                            const char* name) {
  const auto found = std::ranges::find(attributes, type, &Attribute::type);
  if (found == attributes.end()) return Malformed(std::string("no attribute ") + name);
  return der::Reader(found->values);
}

// GeneralNames with one directory name, and a serial number (RFC 5035 section 5.4.1.1).
Result<CertificateName> ReadIssuerSerial(der::Reader body) {
  der::Reader names = body.Enter(der::kSequence);
  der::Reader name = names.Enter(der::Explicit(4));
  const ByteView issuer = name.TakeWhole();
  const ByteView serial = body.Take(der::kInteger);
  if (!name.Finished() || !names.Finished() || !body.Finished() || serial.empty()) {
    return Malformed("issuer of the signing certificate");
  }
  return CertificateName{issuer, serial, {}};
}

Result<CertificateId> ReadCertificateId(der::Reader body) {
  CertificateId id{crypto::HashAlgorithm::kSha256, {}, {}};
  // Written out although it is the default: some authorities do, with NULL beside it.
  if (body.Sees(der::kSequence)) {
    const auto hash = x509::ReadHashAlgorithm(body.TakeWhole());
    if (!hash) return Error(ErrorCode::kUnsupported, "signing certificate by a hash not of SHA-2");
    id.hash = *hash;
  }
  id.digest = body.Take(der::kOctetString);
  if (body.Sees(der::kSequence)) {
    HALLMARK_ASSIGN(id.name, ReadIssuerSerial(body.Enter(der::kSequence)));
  }
  if (!body.Finished() || id.digest.size() != crypto::HashSize(id.hash)) {
    return Malformed("identifier of the signing certificate");
  }
  return id;
}

// SigningCertificateV2: the first identifier is the signer's; others and policies are not read.
Result<CertificateId> ReadSigningCertificate(const std::vector<Attribute>& attributes) {
  const auto has = [&](std::string_view type) {
    return std::ranges::find(attributes, type, &Attribute::type) != attributes.end();
  };
  if (!has(kSigningCertificateV2) && has(kSigningCertificate)) {
    return Error(ErrorCode::kUnsupported, "the signing certificate is named by SHA-1 only");
  }
  HALLMARK_ASSIGN(der::Reader value,
                  ValueOf(attributes, kSigningCertificateV2, "signingCertificateV2"));
  der::Reader body = value.Enter(der::kSequence);
  der::Reader list = body.Enter(der::kSequence);
  if (body.Sees(der::kSequence)) body.Take(der::kSequence);
  if (!body.Finished() || !value.Finished()) return Malformed("signing certificate");
  return ReadCertificateId(list.Enter(der::kSequence));
}

}  // namespace

Result<Done> ReadAttributes(der::Reader list, SignerInfo& signer) {
  HALLMARK_ASSIGN(const std::vector<Attribute> attributes, ListAttributes(list));
  HALLMARK_ASSIGN(der::Reader type, ValueOf(attributes, kContentType, "contentType"));
  // RFC 5652 section 11.1: the same as what is signed.
  if (der::OidText(type.Take(der::kObjectId)) != kTstInfoType || !type.Finished()) {
    return Malformed("attribute contentType is not TSTInfo");
  }
  HALLMARK_ASSIGN(der::Reader digest, ValueOf(attributes, kMessageDigest, "messageDigest"));
  signer.message_digest = digest.Take(der::kOctetString);
  if (!digest.Finished()) return Malformed("attribute messageDigest is no OCTET STRING");
  HALLMARK_ASSIGN(signer.certificate, ReadSigningCertificate(attributes));
  return Done();
}

}  // namespace hallmark::tsa::internal
