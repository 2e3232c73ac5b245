#include <algorithm>

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/revocation/crl.h"
#include "hallmark/revocation/internal/crl_parts.h"
#include "hallmark/revocation/places.h"

namespace hallmark::revocation {
namespace {

namespace der = encoding::der;
using internal::CrlParts;
using internal::Scope;
using x509::Certificate;
using Fault = std::optional<std::string>;

// RFC 5280 section 6.3.3 (b)(2)(i): one of the names of one of the certificate's points.
bool NamesPoint(const Certificate& certificate, const std::vector<Bytes>& names) {
  const auto places = PlacesOf(certificate);
  if (!places.ok()) return false;
  return std::ranges::any_of(places.value().points, [&](const DistributionPoint& point) {
    return point.is_whole && std::ranges::any_of(point.names, [&](const Bytes& name) {
             return std::ranges::find(names, name) != names.end();
           });
  });
}

Fault CheckScope(const Certificate& certificate, const Scope& scope) {
  if (scope.indirect) return "it speaks for other issuers (an indirect list)";
  if (scope.only_attributes || (scope.only_users && certificate.IsCa()) ||
      (scope.only_cas && !certificate.IsCa())) {
    return "it is about another kind of certificates";
  }
  if (scope.names_point && !NamesPoint(certificate, scope.point_names)) {
    return "it is about another distribution point than the certificate's";
  }
  return std::nullopt;
}

// Whether this list may speak about the certificate at all; whether it is still current is another
// question.
Fault CheckList(const Issued& issued, const Crl& crl, UnixTime now) {
  const CrlParts& parts = crl.parts();
  if (!(crl.unverified_issuer() == issued.certificate().issuer()) ||
      !(crl.unverified_issuer() == issued.issuer().subject())) {
    return "it is by another issuer than the certificate's";
  }
  // Section 6.3.3 (f).
  const auto& usage = issued.issuer().key_usage();
  if (usage && !usage->Has(x509::KeyUsageBit::kCrlSign)) {
    return "its issuer's key is not for signing lists";
  }
  if (Fault fault = internal::CheckSignature(parts.document, issued.issuer())) return fault;
  if (!parts.obstacle.empty()) return parts.obstacle;
  if (parts.this_update > now) {
    return "it is of the future: " + encoding::ToRfc3339(parts.this_update);
  }
  return CheckScope(issued.certificate(), parts.scope);
}

Fault CheckCurrent(const Crl& crl, UnixTime now) {
  if (!crl.next_update()) return "it does not say until when it is current";
  if (now <= *crl.next_update()) return std::nullopt;
  return "it was current until " + encoding::ToRfc3339(*crl.next_update());
}

// Magnitudes without leading zeros.
bool IsLess(ByteView a, ByteView b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::ranges::lexicographical_compare(a, b);
}

// Section 5.2.4: what makes a delta one to this list. ParseCrl saw to the delta's number.
Fault CheckBelongs(const CrlParts& base, const CrlParts& delta) {
  if (!delta.base_number) return "it is no delta";
  if (!base.number) return "the list that it is to has no number";
  if (!std::ranges::equal(base.scope_der, delta.scope_der) ||
      !std::ranges::equal(base.authority_key, delta.authority_key)) {
    return "it is about something else than the list that it is to";
  }
  if (IsLess(*base.number, *delta.base_number)) return "it is to a later list";
  if (IsLess(*delta.number, *base.number)) return "it is older than the list that it is to";
  return std::nullopt;
}

Fault CheckDelta(const Issued& issued, const CrlSet& lists, UnixTime now) {
  if (lists.delta == nullptr) {
    if (!lists.base.names_delta()) return std::nullopt;
    return "it names a delta, which is not there";
  }
  Fault fault = CheckBelongs(lists.base.parts(), lists.delta->parts());
  if (!fault) fault = CheckList(issued, *lists.delta, now);
  if (!fault) fault = CheckCurrent(*lists.delta, now);
  if (fault) *fault = "its delta: " + *fault;
  return fault;
}

bool HasReason(const std::optional<Revoked>& entry, Reason reason) {
  return entry && entry->reason == reason;
}

// The entry of the serial number; one that stands twice is revoked by the one that is no hold.
std::optional<Revoked> Find(const Crl& crl, ByteView serial) {
  std::optional<Revoked> found;
  der::Reader list(crl.parts().entries);
  while (!list.AtEnd()) {
    der::Reader peek = list;
    der::Reader body = peek.Enter(der::kSequence);
    if (!std::ranges::equal(body.Take(der::kInteger), serial)) {
      list.TakeWhole();
      continue;
    }
    const auto entry = internal::TakeEntry(list);
    const bool decides =
        !HasReason(found, Reason::kRemoveFromCrl) && !HasReason(found, Reason::kCertificateHold);
    if (entry.ok() && (!found || !decides)) found = entry.value().revoked;
  }
  return found;
}

Unknown Say(const std::string& fault) { return {"revocation list: " + fault}; }

}  // namespace

Status CheckCrl(const Issued& issued, const CrlSet& lists, UnixTime now) {
  const Crl& base = lists.base;
  if (base.is_delta()) return Say("it is only a delta");
  if (Fault fault = CheckList(issued, base, now)) return Say(*fault);
  std::optional<Revoked> found = Find(base, issued.certificate().serial());
  if (HasReason(found, Reason::kRemoveFromCrl)) return Say("it removes what only a delta can");
  if (found && !HasReason(found, Reason::kCertificateHold)) return *found;
  if (Fault fault = CheckCurrent(base, now)) return Say(*fault);
  if (Fault fault = CheckDelta(issued, lists, now)) {
    if (found) return *found;
    return Say(*fault);
  }
  UnixTime this_update = base.this_update();
  UnixTime next_update = *base.next_update();
  if (lists.delta != nullptr) {
    if (auto later = Find(*lists.delta, issued.certificate().serial())) found = later;
    if (HasReason(found, Reason::kRemoveFromCrl)) found.reset();
    this_update = std::min(this_update, lists.delta->this_update());
    next_update = std::min(next_update, *lists.delta->next_update());
  }
  if (found) return *found;
  if (base.parts().scope.only_some_reasons) return Say("it is about some reasons only");
  return Good(this_update, next_update);
}

}  // namespace hallmark::revocation
