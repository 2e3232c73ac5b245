#include "hallmark/x509/certificate.h"

#include <algorithm>

#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/der.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/x509/internal/certificate_parts.h"
#include "hallmark/x509/limits.h"
#include "hallmark/x509/time.h"

namespace hallmark::x509 {
namespace {

namespace der = encoding::der;
using internal::CertificateParts;

constexpr std::string_view kPemLabel = "CERTIFICATE";
constexpr std::string_view kPemEnd = "-----END CERTIFICATE-----";
constexpr std::size_t kMaxSerialBytes = 20;  // RFC 5280 section 4.1.2.2

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

Result<int> ReadVersion(der::Reader& body) {
  if (!body.Sees(der::Explicit(0))) return 1;
  der::Reader field = body.Enter(der::Explicit(0));
  const std::uint64_t version = field.TakeSmall();
  if (!field.Finished() || version == 0) return Malformed("version");
  if (version != 2) return Error(ErrorCode::kUnsupported, "a version other than 1 and 3");
  return 3;
}

Result<ByteView> ReadSerial(der::Reader& body) {
  const ByteView serial = body.Take(der::kInteger);
  if (serial.empty() || serial[0] >= 0x80) return Malformed("serial number is negative");
  if (serial.size() > kMaxSerialBytes + (serial[0] == 0 ? 1 : 0)) {
    return Malformed("serial number of more than 20 bytes");
  }
  return serial;
}

Result<Done> ReadValidity(der::Reader validity, CertificateParts& parts) {
  const auto not_before = ReadTime(validity.TakeWhole());
  const auto not_after = ReadTime(validity.TakeWhole());
  if (!validity.Finished() || !not_before || !not_after) return Malformed("validity");
  parts.not_before = *not_before;
  parts.not_after = *not_after;
  return Done();
}

Result<Done> ReadTail(der::Reader& body, CertificateParts& parts) {
  if (body.Sees(der::Implicit(1)) || body.Sees(der::Implicit(2))) {
    return Error(ErrorCode::kUnsupported, "unique identifiers");
  }
  if (body.AtEnd()) return Done();
  der::Reader field = body.Enter(der::Explicit(3));
  const ByteView list = field.Take(der::kSequence);
  if (parts.version != 3 || !field.Finished()) return Malformed("extensions");
  return ReadExtensions(list, parts);
}

// TBSCertificate of RFC 5280 section 4.1.
Result<Done> ReadSignedPart(CertificateParts& parts) {
  der::Reader whole(parts.signed_part);
  der::Reader body = whole.Enter(der::kSequence);
  HALLMARK_ASSIGN(parts.version, ReadVersion(body));
  HALLMARK_ASSIGN(parts.serial, ReadSerial(body));
  // Section 4.1.1.2: the same algorithm stands in what is signed.
  if (!std::ranges::equal(body.TakeWhole(), parts.algorithm)) {
    return Malformed("the two names of the signature's algorithm differ");
  }
  HALLMARK_ASSIGN(parts.issuer, Name::FromDer(body.TakeWhole()));
  HALLMARK_RETURN_IF_ERROR(ReadValidity(body.Enter(der::kSequence), parts));
  HALLMARK_ASSIGN(parts.subject, Name::FromDer(body.TakeWhole()));
  if (!body.Sees(der::kSequence)) return Malformed("public key");
  parts.spki = body.TakeWhole();
  HALLMARK_RETURN_IF_ERROR(ReadTail(body, parts));
  if (!body.Finished() || !whole.Finished()) return Malformed("more after the extensions");
  return Done();
}

Result<Done> ReadCertificate(CertificateParts& parts) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(parts.der));
  der::Reader whole(parts.der);
  der::Reader body = whole.Enter(der::kSequence);
  if (!body.Sees(der::kSequence)) return Malformed("not a certificate");
  parts.signed_part = body.TakeWhole();
  if (!body.Sees(der::kSequence)) return Malformed("not a certificate");
  parts.algorithm = body.TakeWhole();
  parts.signature = body.TakeBits();
  if (!body.Finished() || !whole.Finished()) return Malformed("not a certificate");
  return ReadSignedPart(parts);
}

}  // namespace

bool ExtendedKeyUsage::Has(std::string_view purpose) const {
  return std::ranges::find(purposes, purpose) != purposes.end();
}

Result<Certificate> Certificate::FromDer(ByteView der) {
  if (der.size() > kMaxCertificateBytes) {
    return Error(ErrorCode::kLimit, "certificate over 64 KiB");
  }
  auto parts = std::make_shared<CertificateParts>();
  parts->der.assign(der.begin(), der.end());
  auto read = ReadCertificate(*parts);
  if (!read.ok()) return std::move(read).error().While("certificate");
  return Certificate(std::move(parts));
}

Result<std::vector<Certificate>> Certificate::ChainFromPem(std::string_view pem) {
  if (pem.size() > kMaxPemBytes) return Error(ErrorCode::kLimit, "certificates over 4 MiB");
  std::vector<Certificate> chain;
  while (pem.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    if (chain.size() == kMaxPemCertificates) {
      return Error(ErrorCode::kLimit, "more than 2048 certificates");
    }
    const std::size_t end = pem.find(kPemEnd);
    const std::size_t size = end == std::string_view::npos ? pem.size() : end + kPemEnd.size();
    HALLMARK_ASSIGN(const encoding::PemBlock block, encoding::ParsePem(pem.substr(0, size)));
    if (block.label != kPemLabel) return Malformed("pem: not a CERTIFICATE");
    HALLMARK_ASSIGN(Certificate certificate, FromDer(block.bytes));
    chain.push_back(std::move(certificate));
    pem.remove_prefix(size);
  }
  if (chain.empty()) return Malformed("pem: no certificate");
  return chain;
}

ByteView Certificate::der() const { return parts_->der; }

crypto::Fingerprint Certificate::fingerprint() const {
  const Bytes hash = crypto::Hash(crypto::HashAlgorithm::kSha256, parts_->der);
  crypto::Fingerprint fingerprint{};
  std::ranges::copy(hash, fingerprint.begin());
  return fingerprint;
}

std::string Certificate::ToPem() const { return encoding::ToPem(kPemLabel, parts_->der); }

const Name& Certificate::subject() const { return *parts_->subject; }
const Name& Certificate::issuer() const { return *parts_->issuer; }
UnixTime Certificate::not_before() const { return parts_->not_before; }
UnixTime Certificate::not_after() const { return parts_->not_after; }
ByteView Certificate::serial() const { return parts_->serial; }
ByteView Certificate::spki() const { return parts_->spki; }

Result<crypto::PublicKey> Certificate::public_key() const {
  return crypto::PublicKey::FromSpki(parts_->spki);
}

bool Certificate::IsCa() const {
  return parts_->basic_constraints && parts_->basic_constraints->is_ca;
}
bool Certificate::IsSelfIssued() const { return parts_->subject == parts_->issuer; }

const std::optional<BasicConstraints>& Certificate::basic_constraints() const {
  return parts_->basic_constraints;
}
const std::optional<KeyUsage>& Certificate::key_usage() const { return parts_->key_usage; }
const std::optional<ExtendedKeyUsage>& Certificate::extended_key_usage() const {
  return parts_->extended_key_usage;
}
const std::vector<AlternativeName>& Certificate::alternative_names() const {
  return parts_->alternative_names;
}
const std::vector<Extension>& Certificate::extensions() const { return parts_->extensions; }

const Extension* Certificate::FindExtension(std::string_view type) const {
  const auto found = std::ranges::find(parts_->extensions, type, &Extension::type);
  return found == parts_->extensions.end() ? nullptr : &*found;
}

bool operator==(const Certificate& a, const Certificate& b) {
  return a.parts_ == b.parts_ || a.parts_->der == b.parts_->der;
}

}  // namespace hallmark::x509
