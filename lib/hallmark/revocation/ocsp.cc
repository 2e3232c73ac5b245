#include "hallmark/revocation/ocsp.h"

#include <array>

#include "hallmark/revocation/internal/ocsp_parts.h"
#include "hallmark/revocation/limits.h"
#include "hallmark/x509/time.h"

namespace hallmark::revocation {
namespace {

namespace der = encoding::der;
using internal::OcspParts;

constexpr std::string_view kBasicResponse = "1.3.6.1.5.5.7.48.1.1";
constexpr std::uint8_t kEnumerated = 0x0A;
constexpr std::size_t kSha1Bytes = 20;

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

// OCSPResponseStatus but successful, which is 0.
struct Refusal {
  std::uint8_t number;
  ErrorCode code;
  std::string_view word;
};
constexpr auto kRefusals = std::to_array<Refusal>({
    {1, ErrorCode::kProtocol, "malformedRequest"},
    {2, ErrorCode::kUnavailable, "internalError"},
    {3, ErrorCode::kUnavailable, "tryLater"},
    {5, ErrorCode::kDenied, "sigRequired"},
    {6, ErrorCode::kDenied, "unauthorized"},
});

Result<Done> ReadStatus(ByteView content) {
  if (content.size() != 1) return Malformed("status");
  if (content[0] == 0) return Done();
  for (const Refusal& refusal : kRefusals) {
    if (refusal.number != content[0]) continue;
    return Error(refusal.code, "the responder says " + std::string(refusal.word));
  }
  return Malformed("status");
}

Result<Done> ReadResponderId(der::Reader& body, OcspParts& parts) {
  if (body.Sees(der::Explicit(1))) {
    der::Reader field = body.Enter(der::Explicit(1));
    parts.responder_name = field.TakeWhole();
    if (!field.Finished()) return Malformed("name of the responder");
    // Looked at, and compared by its bytes.
    HALLMARK_ASSIGN(const x509::Name name, x509::Name::FromDer(parts.responder_name));
    if (name.empty()) return Malformed("name of the responder");
    return Done();
  }
  der::Reader field = body.Enter(der::Explicit(2));
  parts.responder_key = field.Take(der::kOctetString);
  if (!field.Finished() || parts.responder_key.size() != kSha1Bytes) {
    return Malformed("name of the responder");
  }
  return Done();
}

Result<Done> ReadResponseExtensions(der::Reader list, OcspParts& parts) {
  HALLMARK_ASSIGN(const auto extensions, internal::ReadExtensions(list));
  for (const internal::ExtensionView& extension : extensions) {
    if (!extension.critical || !parts.obstacle.empty()) continue;
    parts.obstacle = "it has the unknown critical extension " + extension.type;
  }
  return Done();
}

// ResponseData of section 4.2.1.
Result<Done> ReadSignedPart(OcspParts& parts) {
  der::Reader whole(parts.document.signed_part);
  der::Reader body = whole.Enter(der::kSequence);
  // Version 1 is the default, which DER leaves out.
  if (body.Sees(der::Explicit(0))) return Error(ErrorCode::kUnsupported, "a version other than 1");
  HALLMARK_RETURN_IF_ERROR(ReadResponderId(body, parts));
  const bool has_time = body.Sees(der::kGeneralizedTime);
  const auto produced_at = x509::ReadTime(body.TakeWhole());
  if (!has_time || !produced_at) return Malformed("producedAt");
  parts.produced_at = *produced_at;
  HALLMARK_ASSIGN(parts.answers, internal::ReadAnswers(body.Enter(der::kSequence)));
  if (body.Sees(der::Explicit(1))) {
    der::Reader field = body.Enter(der::Explicit(1));
    HALLMARK_RETURN_IF_ERROR(ReadResponseExtensions(field.Enter(der::kSequence), parts));
    if (!field.Finished()) return Malformed("extensions");
  }
  if (!body.Finished() || !whole.Finished()) return Malformed("more after the extensions");
  return Done();
}

Result<Done> ReadCertificates(der::Reader list, OcspParts& parts) {
  for (std::size_t count = 0; !list.AtEnd(); ++count) {
    if (count == kMaxOcspCertificates) return Error(ErrorCode::kLimit, "too many certificates");
    auto certificate = x509::Certificate::FromDer(list.TakeWhole());
    if (certificate.ok()) parts.certificates.push_back(std::move(certificate).value());
  }
  if (!list.Finished()) return Malformed("certificates");
  return Done();
}

Result<Done> ReadBasicResponse(ByteView bytes, OcspParts& parts) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(bytes));
  der::Reader whole(bytes);
  der::Reader body = whole.Enter(der::kSequence);
  parts.document = internal::TakeSignedDocument(body);
  if (body.Sees(der::Explicit(0))) {
    der::Reader field = body.Enter(der::Explicit(0));
    HALLMARK_RETURN_IF_ERROR(ReadCertificates(field.Enter(der::kSequence), parts));
    if (!field.Finished()) return Malformed("certificates");
  }
  if (!body.Finished() || !whole.Finished()) return Malformed("basic response");
  return ReadSignedPart(parts);
}

Result<Done> ReadResponse(OcspParts& parts) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(parts.der));
  der::Reader whole(parts.der);
  der::Reader body = whole.Enter(der::kSequence);
  const ByteView status = body.Take(kEnumerated);
  const bool has_bytes = body.Sees(der::Explicit(0));
  der::Reader field(has_bytes ? body.Take(der::Explicit(0)) : ByteView());
  if (!body.Finished() || !whole.Finished()) return Malformed("not a response");
  HALLMARK_RETURN_IF_ERROR(ReadStatus(status));
  der::Reader typed = field.Enter(der::kSequence);
  const std::string type = der::OidText(typed.Take(der::kObjectId));
  const ByteView bytes = typed.Take(der::kOctetString);
  if (!typed.Finished() || !field.Finished()) return Malformed("not a response");
  if (type != kBasicResponse) return Error(ErrorCode::kUnsupported, "not a basic response");
  return ReadBasicResponse(bytes, parts);
}

}  // namespace

Result<OcspResponse> ParseOcspResponse(ByteView der) {
  if (der.size() > kMaxOcspBytes) return Error(ErrorCode::kLimit, "OCSP response: over 64 KiB");
  auto parts = std::make_shared<OcspParts>();
  parts->der.assign(der.begin(), der.end());
  auto read = ReadResponse(*parts);
  if (!read.ok()) return std::move(read).error().While("OCSP response");
  return OcspResponse(std::move(parts));
}

ByteView OcspResponse::der() const { return parts_->der; }
UnixTime OcspResponse::unverified_produced_at() const { return parts_->produced_at; }
std::size_t OcspResponse::answer_count() const { return parts_->answers.size(); }

}  // namespace hallmark::revocation
