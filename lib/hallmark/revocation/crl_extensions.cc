#include "hallmark/revocation/internal/crl_parts.h"
#include "hallmark/revocation/internal/distribution_point_name.h"
#include "hallmark/revocation/limits.h"
#include "hallmark/revocation/places.h"
#include "hallmark/x509/time.h"

namespace hallmark::revocation::internal {
namespace {

namespace der = encoding::der;

constexpr std::string_view kCrlNumber = "2.5.29.20";
constexpr std::string_view kReasonCode = "2.5.29.21";
constexpr std::string_view kInvalidityDate = "2.5.29.24";
constexpr std::string_view kDeltaCrlIndicator = "2.5.29.27";
constexpr std::string_view kIssuingDistributionPoint = "2.5.29.28";
constexpr std::string_view kCertificateIssuer = "2.5.29.29";
constexpr std::string_view kAuthorityKeyIdentifier = "2.5.29.35";
constexpr std::string_view kFreshestCrl = "2.5.29.46";
constexpr std::uint8_t kEnumerated = 0x0A;

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

Result<ByteView> ReadNumber(ByteView value) {
  der::Reader reader(value);
  const ByteView magnitude = reader.TakeUnsigned();
  if (!reader.Finished() || magnitude.size() >= kMaxNumberBytes) return Malformed("CRL number");
  return magnitude;
}

// [n] IMPLICIT BOOLEAN DEFAULT FALSE.
bool TakeFlag(der::Reader& body, unsigned number) {
  if (!body.Sees(der::Implicit(number))) return false;
  const ByteView content = body.Take(der::Implicit(number));
  if (content.size() != 1 || content[0] != 0xFF) body.Fail();
  return true;
}

Result<Scope> ReadScope(ByteView value) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(value));
  der::Reader whole(value);
  der::Reader body = whole.Enter(der::kSequence);
  Scope scope;
  if (body.Sees(der::Explicit(0))) {
    scope.names_point = true;
    HALLMARK_ASSIGN(scope.point_names, ReadPointName(body.Enter(der::Explicit(0))));
  }
  scope.only_users = TakeFlag(body, 1);
  scope.only_cas = TakeFlag(body, 2);
  if (body.Sees(der::Implicit(3))) {
    body.Take(der::Implicit(3));
    scope.only_some_reasons = true;
  }
  scope.indirect = TakeFlag(body, 4);
  scope.only_attributes = TakeFlag(body, 5);
  if (!body.Finished() || !whole.Finished()) return Malformed("issuing distribution point");
  return scope;
}

Result<Done> ReadFreshest(ByteView value, CrlParts& parts) {
  HALLMARK_ASSIGN(std::vector<DistributionPoint> points, ParseDistributionPoints(value));
  parts.names_delta = true;
  const Places places{false, true, {}, std::move(points)};
  parts.delta_urls = places.CrlUrls();
  return Done();
}

Result<Done> ReadCrlExtension(const ExtensionView& extension, CrlParts& parts) {
  if (extension.type == kCrlNumber) {
    HALLMARK_ASSIGN(parts.number, ReadNumber(extension.value));
  } else if (extension.type == kDeltaCrlIndicator) {
    HALLMARK_ASSIGN(parts.base_number, ReadNumber(extension.value));
  } else if (extension.type == kIssuingDistributionPoint) {
    parts.scope_der = extension.value;
    HALLMARK_ASSIGN(parts.scope, ReadScope(extension.value));
  } else if (extension.type == kFreshestCrl) {
    return ReadFreshest(extension.value, parts);
  } else if (extension.type == kAuthorityKeyIdentifier) {
    parts.authority_key = extension.value;
  } else if (extension.critical && parts.obstacle.empty()) {
    parts.obstacle = "it has the unknown critical extension " + extension.type;
  }
  return Done();
}

Result<Done> ReadEntryExtension(const ExtensionView& extension, CrlEntry& entry) {
  if (extension.type == kReasonCode) {
    entry.revoked.reason = ReadReason(extension.value);
    if (!entry.revoked.reason) return Malformed("reason of an entry");
  } else if (extension.type == kInvalidityDate) {
    der::Reader reader(extension.value);
    entry.revoked.invalid_since =
        reader.Sees(der::kGeneralizedTime) ? x509::ReadTime(extension.value) : std::nullopt;
    if (!entry.revoked.invalid_since) return Malformed("invalidity date of an entry");
  } else if (extension.type == kCertificateIssuer) {
    entry.obstacle = "it speaks for other issuers (an indirect list)";
  } else if (extension.critical && entry.obstacle.empty()) {
    entry.obstacle = "an entry has the unknown critical extension " + extension.type;
  }
  return Done();
}

}  // namespace

std::optional<Reason> ReadReason(ByteView element) {
  der::Reader reader(element);
  const ByteView content = reader.Take(kEnumerated);
  if (!reader.Finished() || content.size() != 1) return std::nullopt;
  return ReasonOf(content[0]);
}

Result<CrlEntry> TakeEntry(der::Reader& list) {
  der::Reader body = list.Enter(der::kSequence);
  CrlEntry entry{body.Take(der::kInteger), {}, {}};
  const auto time = x509::ReadTime(body.TakeWhole());
  if (!time || entry.serial.empty() || entry.serial[0] >= 0x80) return Malformed("entry");
  entry.revoked.time = *time;
  if (body.AtEnd() && body.Finished()) return entry;
  HALLMARK_ASSIGN(const std::vector<ExtensionView> extensions,
                  ReadExtensions(body.Enter(der::kSequence)));
  for (const ExtensionView& extension : extensions) {
    HALLMARK_RETURN_IF_ERROR(ReadEntryExtension(extension, entry));
  }
  if (!body.Finished()) return Malformed("entry");
  return entry;
}

Result<Done> ReadCrlExtensions(der::Reader list, CrlParts& parts) {
  HALLMARK_ASSIGN(const std::vector<ExtensionView> extensions, ReadExtensions(list));
  for (const ExtensionView& extension : extensions) {
    HALLMARK_RETURN_IF_ERROR(ReadCrlExtension(extension, parts));
  }
  return Done();
}

}  // namespace hallmark::revocation::internal
