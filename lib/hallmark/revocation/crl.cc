#include "hallmark/revocation/crl.h"

#include <algorithm>

#include "hallmark/revocation/internal/crl_parts.h"
#include "hallmark/revocation/limits.h"
#include "hallmark/x509/time.h"

namespace hallmark::revocation {
namespace {

namespace der = encoding::der;
using internal::CrlParts;

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

bool SeesTime(const der::Reader& body) {
  return body.Sees(der::kUtcTime) || body.Sees(der::kGeneralizedTime);
}

Result<Done> ReadHead(der::Reader& body, CrlParts& parts) {
  if (!body.Sees(der::kInteger)) return Error(ErrorCode::kUnsupported, "a list of version 1");
  if (body.TakeSmall() != 1) return Error(ErrorCode::kUnsupported, "a version other than 2");
  // Section 5.1.1.2: the same algorithm stands in what is signed.
  if (!std::ranges::equal(body.TakeWhole(), parts.document.algorithm)) {
    return Malformed("the two names of the signature's algorithm differ");
  }
  HALLMARK_ASSIGN(parts.issuer, x509::Name::FromDer(body.TakeWhole()));
  if (parts.issuer->empty()) return Malformed("no issuer");
  const auto this_update = x509::ReadTime(body.TakeWhole());
  if (!this_update) return Malformed("thisUpdate");
  parts.this_update = *this_update;
  if (!SeesTime(body)) return Done();
  parts.next_update = x509::ReadTime(body.TakeWhole());
  if (!parts.next_update) return Malformed("nextUpdate");
  return Done();
}

Result<Done> ReadEntries(CrlParts& parts) {
  der::Reader list(parts.entries);
  while (!list.AtEnd()) {
    if (parts.entry_count == kMaxCrlEntries) return Error(ErrorCode::kLimit, "too many entries");
    HALLMARK_ASSIGN(internal::CrlEntry entry, internal::TakeEntry(list));
    if (parts.obstacle.empty()) parts.obstacle = std::move(entry.obstacle);
    ++parts.entry_count;
  }
  return Done();
}

// TBSCertList of section 5.1.2.
Result<Done> ReadSignedPart(CrlParts& parts) {
  der::Reader whole(parts.document.signed_part);
  der::Reader body = whole.Enter(der::kSequence);
  HALLMARK_RETURN_IF_ERROR(ReadHead(body, parts));
  if (body.Sees(der::kSequence)) parts.entries = body.Take(der::kSequence);
  HALLMARK_RETURN_IF_ERROR(ReadEntries(parts));
  if (body.Sees(der::Explicit(0))) {
    der::Reader field = body.Enter(der::Explicit(0));
    HALLMARK_RETURN_IF_ERROR(internal::ReadCrlExtensions(field.Enter(der::kSequence), parts));
    if (!field.Finished()) return Malformed("extensions");
  }
  if (!body.Finished() || !whole.Finished()) return Malformed("more after the extensions");
  if (parts.base_number && !parts.number) return Malformed("a delta without its number");
  return Done();
}

Result<Done> ReadCrl(CrlParts& parts) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(parts.der));
  der::Reader whole(parts.der);
  der::Reader body = whole.Enter(der::kSequence);
  parts.document = internal::TakeSignedDocument(body);
  if (!body.Finished() || !whole.Finished()) return Malformed("not a revocation list");
  return ReadSignedPart(parts);
}

}  // namespace

Result<Crl> ParseCrl(ByteView der) {
  if (der.size() > kMaxCrlBytes) return Error(ErrorCode::kLimit, "revocation list: over 32 MiB");
  auto parts = std::make_shared<CrlParts>();
  parts->der.assign(der.begin(), der.end());
  auto read = ReadCrl(*parts);
  if (!read.ok()) return std::move(read).error().While("revocation list");
  return Crl(std::move(parts));
}

ByteView Crl::der() const { return parts_->der; }
const x509::Name& Crl::unverified_issuer() const { return *parts_->issuer; }
UnixTime Crl::this_update() const { return parts_->this_update; }
std::optional<UnixTime> Crl::next_update() const { return parts_->next_update; }
std::size_t Crl::entry_count() const { return parts_->entry_count; }
bool Crl::is_delta() const { return parts_->base_number.has_value(); }
bool Crl::names_delta() const { return parts_->names_delta; }
const std::vector<std::string>& Crl::delta_urls() const { return parts_->delta_urls; }

}  // namespace hallmark::revocation
