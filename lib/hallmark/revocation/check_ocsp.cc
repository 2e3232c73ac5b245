#include <algorithm>
#include <array>

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/revocation/internal/ocsp_parts.h"
#include "hallmark/revocation/places.h"

namespace hallmark::revocation {
namespace {

using internal::OcspAnswer;
using internal::OcspParts;
using x509::Certificate;
using Fault = std::optional<std::string>;

constexpr std::string_view kNoCheck = "1.3.6.1.5.5.7.48.1.5";
constexpr std::array<std::uint8_t, 2> kDerNull{0x05, 0x00};

// What is looked at here, and what could only narrow names and policies that nobody asks about.
bool IsUnderstood(std::string_view type) {
  constexpr auto kUnderstood = std::to_array<std::string_view>(
      {x509::oid::kBasicConstraints, x509::oid::kKeyUsage, x509::oid::kExtendedKeyUsage,
       x509::oid::kSubjectAltName, x509::oid::kCertificatePolicies, kNoCheck});
  return std::ranges::find(kUnderstood, type) != kUnderstood.end();
}

// What the certificate of an appointed responder shows by itself (RFC 6960 section 4.2.2.2).
Fault CheckResponder(const Certificate& responder, UnixTime now) {
  const auto& purposes = responder.extended_key_usage();
  if (!purposes || !purposes->Has(x509::oid::kOcspSigning)) {
    return "its responder's certificate is not for OCSP";
  }
  const auto& usage = responder.key_usage();
  if (usage && !usage->Has(x509::KeyUsageBit::kDigitalSignature)) {
    return "its responder's key is not for signing";
  }
  for (const x509::Extension& extension : responder.extensions()) {
    if (extension.critical && !IsUnderstood(extension.type)) {
      return "its responder's certificate has the unknown critical extension " + extension.type;
    }
  }
  if (now < responder.not_before() || now > responder.not_after()) {
    return "its responder's certificate is current from " +
           encoding::ToRfc3339(responder.not_before()) + " to " +
           encoding::ToRfc3339(responder.not_after());
  }
  return std::nullopt;
}

using Responder = std::optional<Issued>;  // nullopt: the issuer itself
using Signer = std::variant<Responder, std::string>;

Signer TryResponder(const Issued& issued, const OcspParts& parts, const Certificate& responder,
                    UnixTime now) {
  if (Fault fault = CheckResponder(responder, now)) return *fault;
  if (std::ranges::equal(internal::KeyBits(responder), internal::KeyBits(issued.certificate()))) {
    return "the certificate's own key speaks for it";
  }
  const auto appointed = Issued::By(responder, issued.issuer());
  if (!appointed) return "its responder is not appointed by the certificate's issuer";
  if (Fault fault = internal::CheckSignature(parts.document, responder)) return *fault;
  return Responder(appointed);
}

// Who signed the response, of those who may; else the first reason why nobody did.
Signer FindSigner(const Issued& issued, const OcspParts& parts, UnixTime now) {
  Fault first;
  if (internal::NamesResponder(parts, issued.issuer())) {
    first = internal::CheckSignature(parts.document, issued.issuer());
    if (!first) return Responder();
  }
  for (const Certificate& responder : parts.certificates) {
    if (!internal::NamesResponder(parts, responder)) continue;
    Signer signer = TryResponder(issued, parts, responder, now);
    if (std::holds_alternative<Responder>(signer)) return signer;
    if (!first) first = std::get<std::string>(signer);
  }
  return first.value_or("it is by somebody else than the certificate's issuer");
}

// One that says neither that nobody need ask nor where is taken as it is, as any certificate is
// that names no place.
bool NeedsCheck(const Certificate& responder) {
  const x509::Extension* no_check = responder.FindExtension(kNoCheck);
  if (no_check != nullptr && std::ranges::equal(no_check->value, kDerNull)) return false;
  const Result<Places> places = PlacesOf(responder);
  return !places.ok() || !places.value().empty();
}

// Shortens `until` to when the responder stops being known as good.
Fault CheckStanding(const Certificate& responder, const std::optional<Status>& status,
                    UnixTime& until) {
  until = std::min(until, responder.not_after());
  if (!NeedsCheck(responder)) return std::nullopt;
  const std::string prefix = "its responder's certificate: ";
  if (!status) return prefix + "whether it is revoked was not found out";
  if (const auto* unknown = std::get_if<Unknown>(&*status)) return prefix + unknown->detail;
  const auto* good = std::get_if<Good>(&*status);
  if (good == nullptr) return prefix + "it is revoked";
  until = std::min(until, good->next_update());
  return std::nullopt;
}

struct Current {
  UnixTime this_update;
  UnixTime next_update;
};
using Word = std::variant<Current, Revoked, Unknown>;

Word Weigh(const OcspAnswer& answer, UnixTime now) {
  if (!answer.obstacle.empty()) return Unknown{answer.obstacle};
  if (answer.this_update > now) {
    return Unknown{"it is of the future: " + encoding::ToRfc3339(answer.this_update)};
  }
  const bool revoked = answer.word == OcspAnswer::Word::kRevoked;
  if (revoked && answer.revoked.reason != Reason::kCertificateHold) return answer.revoked;
  if (!answer.next_update) return Unknown{"it does not say until when it is current"};
  if (now > *answer.next_update) {
    return Unknown{"it was current until " + encoding::ToRfc3339(*answer.next_update)};
  }
  if (revoked) return answer.revoked;
  if (answer.word == OcspAnswer::Word::kGood)
    return Current{answer.this_update, *answer.next_update};
  return Unknown{"the responder does not know the certificate"};
}

// A revocation beats a hold, a hold beats what is unknown, and that beats good.
Word Worse(const Word& a, const Word& b) {
  const auto* revoked = std::get_if<Revoked>(&a);
  if (revoked != nullptr) {
    const bool is_hold = revoked->reason == Reason::kCertificateHold;
    return is_hold && std::holds_alternative<Revoked>(b) ? b : a;
  }
  if (std::holds_alternative<Revoked>(b) || std::holds_alternative<Unknown>(b)) {
    return std::holds_alternative<Unknown>(a) && std::holds_alternative<Unknown>(b) ? a : b;
  }
  if (std::holds_alternative<Unknown>(a)) return a;
  const auto& first = std::get<Current>(a);
  const auto& second = std::get<Current>(b);
  return Current{std::min(first.this_update, second.this_update),
                 std::min(first.next_update, second.next_update)};
}

std::optional<Word> FindWord(const Issued& issued, const OcspParts& parts, UnixTime now) {
  std::optional<Word> word;
  for (const OcspAnswer& answer : parts.answers) {
    if (!internal::IsAbout(answer.id, issued)) continue;
    const Word next = Weigh(answer, now);
    word = word ? Worse(*word, next) : next;
  }
  return word;
}

Unknown Say(const std::string& fault) { return {"OCSP response: " + fault}; }

}  // namespace

Status CheckOcsp(const Issued& issued, const OcspResponse& response,
                 const std::optional<Status>& responder, UnixTime now) {
  const OcspParts& parts = response.parts();
  const Signer signer = FindSigner(issued, parts, now);
  if (const auto* fault = std::get_if<std::string>(&signer)) return Say(*fault);
  if (!parts.obstacle.empty()) return Say(parts.obstacle);
  if (parts.produced_at > now) {
    return Say("it is of the future: " + encoding::ToRfc3339(parts.produced_at));
  }
  UnixTime until = UnixTime::max();
  if (const Responder& appointed = std::get<Responder>(signer)) {
    if (Fault fault = CheckStanding(appointed->certificate(), responder, until)) return Say(*fault);
  }
  const std::optional<Word> word = FindWord(issued, parts, now);
  if (!word) return Say("it is not about the certificate");
  if (const auto* revoked = std::get_if<Revoked>(&*word)) return *revoked;
  if (const auto* unknown = std::get_if<Unknown>(&*word)) return Say(unknown->detail);
  const auto& current = std::get<Current>(*word);
  return Good(current.this_update, std::min(current.next_update, until));
}

std::optional<Issued> ResponderToCheck(const Issued& issued, const OcspResponse& response,
                                       UnixTime now) {
  const Signer signer = FindSigner(issued, response.parts(), now);
  const auto* responder = std::get_if<Responder>(&signer);
  if (responder == nullptr || !*responder || !NeedsCheck((*responder)->certificate())) {
    return std::nullopt;
  }
  return *responder;
}

}  // namespace hallmark::revocation
