#include "hallmark/signature/notation/internal/standing.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/revocation/places.h"
#include "hallmark/signature/notation/limits.h"
#include "hallmark/tsa/verify.h"
#include "hallmark/x509/notary_chain.h"
#include "hallmark/x509/path.h"
#include "hallmark/x509/twin.h"

namespace hallmark::signature::notation {
namespace {

using trust::StoreKind;
using trust::TrustedAuthority;
using trust::TrustRoot;
using x509::Certificate;
using x509::PathFault;
using x509::VerifiedPath;
using Path = std::variant<VerifiedPath, PathFault>;

Finding Refused(std::string reason, std::string detail) {
  return {Check::kAuthenticity, Outcome::kFailed, std::move(reason), std::move(detail)};
}

StoreKind StoreOf(SigningScheme scheme) {
  return scheme == SigningScheme::kX509 ? StoreKind::kCa : StoreKind::kSigningAuthority;
}

// The authorities that one of the certificates is an anchor of, and those anchors.
struct Anchored {
  std::vector<std::size_t> authorities;  // each once, in the order of the root
  std::vector<Certificate> anchors;
};

Anchored FindAnchors(const Signer& signer, const TrustRoot& root) {
  Anchored found;
  for (const Certificate& certificate : signer.chain) {
    const std::vector<std::size_t> owners =
        root.FindAnchor(StoreOf(signer.attributes.scheme), certificate.fingerprint());
    if (owners.empty()) continue;
    found.anchors.push_back(certificate);
    found.authorities.insert(found.authorities.end(), owners.begin(), owners.end());
  }
  std::sort(found.authorities.begin(), found.authorities.end());
  const auto repeated = std::unique(found.authorities.begin(), found.authorities.end());
  found.authorities.erase(repeated, found.authorities.end());
  return found;
}

// When the last of the certificates becomes current: if ever all are, then at this time.
UnixTime LatestStart(const std::vector<Certificate>& chain) {
  UnixTime latest = chain.front().not_before();
  for (const Certificate& one : chain) latest = std::max(latest, one.not_before());
  return latest;
}

Finding TimeFinding(Outcome outcome, std::string reason, std::string detail) {
  return {Check::kTimestamp, outcome, std::move(reason), std::move(detail)};
}

// A signing time that has not come yet; nullopt when there is nothing to say.
std::optional<Finding> FutureTime(const Attributes& attributes, UnixTime now) {
  const bool by_authority = attributes.authentic_signing_time.has_value();
  const std::optional<UnixTime> time =
      by_authority ? attributes.authentic_signing_time : attributes.signing_time;
  const auto allowed = by_authority ? std::chrono::seconds(0) : kMaxClockSkew;
  if (!time || *time <= now + allowed) return std::nullopt;
  return TimeFinding(
      Outcome::kFailed, "timestamp",
      "it says that it was signed at " + encoding::ToRfc3339(*time) + ", which is still to come");
}

// Whether the chain was current at a time that somebody vouched for, and who that was.
struct Timed {
  Finding finding;
  std::optional<UnixTime> signed_by;      // proved, where it passed
  std::optional<VerifiedPath> authority;  // of the timestamp, where one was looked at
};

Timed Outside(const PathFault& fault, const std::string& what) {
  return {TimeFinding(Outcome::kFailed, fault.reason, fault.detail + what), std::nullopt,
          std::nullopt};
}

// The signing authority's word, or the time of asking. Neither proves to whom it is against that
// the signature is older than a revocation: whoever stole the authority's key says any time.
Timed WithoutTimestamp(const Signer& signer, UnixTime now) {
  const std::optional<UnixTime> said = signer.attributes.authentic_signing_time;
  if (const auto fault = x509::CheckCurrent(signer.chain, said.value_or(now))) {
    return Outside(*fault, "");
  }
  if (!said) {
    return {TimeFinding(Outcome::kNotApplicable, "not-applicable",
                        "the signer's certificates are current"),
            std::nullopt, std::nullopt};
  }
  return {TimeFinding(
              Outcome::kPassed, "ok",
              "signed at " + encoding::ToRfc3339(*said) + " by the word of the signing authority"),
          std::nullopt, std::nullopt};
}

// A timestamp that is there and proves nothing is never passed over (A45). Both ends of its range
// within the certificates' lives means all of it.
Timed ByTimestamp(const Signer& signer, const std::vector<Certificate>& roots, UnixTime now) {
  if (!signer.envelope.timestamp) {
    return {TimeFinding(Outcome::kFailed, "timestamp",
                        "the signature has no timestamp, and the trust policy wants one"),
            std::nullopt, std::nullopt};
  }
  const auto verified =
      tsa::VerifyToken(*signer.envelope.timestamp, signer.envelope.signature, {roots, {}}, now);
  if (const auto* fault = std::get_if<tsa::Fault>(&verified)) {
    return {TimeFinding(Outcome::kFailed, fault->reason, "its timestamp: " + fault->detail),
            std::nullopt, std::nullopt};
  }
  const auto& time = std::get<tsa::VerifiedTime>(verified);
  // signature-specification.md has rules of its own for the authority's chain.
  if (const auto fault = x509::CheckNotaryChain(time.path().certificates(),
                                                x509::Purpose::kTimestamping, time.path().at())) {
    return Outside(*fault, ", which stamped it");
  }
  const std::string when = encoding::ToRfc3339(time.range().latest);
  for (const UnixTime end : {time.range().earliest, time.range().latest}) {
    if (const auto fault = x509::CheckCurrent(signer.chain, end)) {
      return Outside(*fault, ", as of its timestamp " + when);
    }
  }
  return {TimeFinding(Outcome::kPassed, "ok",
                      "signed by " + when + ", as \"" +
                          Printable(time.path().leaf().subject().text()) + "\" stamped it"),
          time.range().latest, time.path()};
}

Timed TimeFor(const TrustedAuthority& authority, const Signer& signer, UnixTime now) {
  if (std::optional<Finding> future = FutureTime(signer.attributes, now)) {
    return {*std::move(future), std::nullopt, std::nullopt};
  }
  const bool may_stamp = signer.attributes.scheme == SigningScheme::kX509;
  if (!may_stamp || authority.timestamping.empty()) return WithoutTimestamp(signer, now);
  if (authority.timestamp_use == trust::TimestampUse::kAfterCertificateExpiry) {
    Timed timed = WithoutTimestamp(signer, now);
    if (timed.finding.outcome != Outcome::kFailed) return timed;
  }
  return ByTimestamp(signer, authority.timestamping, now);
}

// The rules of the chain and its anchor, at a time at which all of it is current if ever it is.
Path PathAtAnyTime(const Signer& signer, const std::vector<Certificate>& anchors) {
  const std::span<const Certificate> others = std::span(signer.chain).subspan(1);
  return x509::VerifyPath(signer.chain.front(), others, anchors, x509::Purpose::kNotarySigning,
                          LatestStart(signer.chain));
}

// Every certificate of the chain but its root: also those above the anchor (Notary Project
// trust-store-trust-policy.md, "Certificate Revocation Evaluation").
std::vector<x509::Issued> ToLookUp(const VerifiedPath& path, const Signer& signer) {
  std::vector<x509::Issued> all = x509::Issued::Of(path);
  for (std::size_t i = path.certificates().size(); i < signer.chain.size(); ++i) {
    // CheckNotaryChain has held: each is signed by the next.
    auto above = x509::Issued::By(signer.chain[i - 1], signer.chain[i]);
    if (above) all.push_back(*std::move(above));
  }
  return all;
}

// What says nowhere that its revocation is told has none to look up.
bool SaysWhere(const x509::Issued& issued) {
  const auto places = revocation::PlacesOf(issued.certificate());
  return !places.ok() || !places.value().empty();
}

void Ask(std::vector<x509::Issued> certificates, std::optional<UnixTime> signed_by,
         std::vector<RevocationQuestion>& questions) {
  for (x509::Issued& issued : certificates) {
    if (SaysWhere(issued)) questions.push_back({std::move(issued), signed_by});
  }
}

Finding RevocationOf(const std::vector<RevocationQuestion>& questions) {
  if (questions.empty()) {
    return {Check::kRevocation, Outcome::kNotApplicable, "not-applicable",
            "the certificates name no place to look it up"};
  }
  const Certificate& first = questions.front().issued.certificate();
  return {Check::kRevocation, Outcome::kUnknown, "revocation",
          "whether \"" + Printable(first.subject().text()) + "\" is revoked was not looked up"};
}

SignerIdentity IdentityOf(const VerifiedPath& path, const crypto::PublicKey& key,
                          std::vector<std::string> signer_sets) {
  SignerIdentity identity{std::move(signer_sets), Printable(path.leaf().subject().text()),
                          key.fingerprint(), key.id()};
  const std::vector<x509::Certificate>& certificates = path.certificates();
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    identity.certificates.push_back(certificates[i].fingerprint());
    if (i + 1 == certificates.size()) break;
    const Result<crypto::PublicKey> issuer = certificates[i + 1].public_key();
    if (!issuer.ok()) continue;  // a path that was verified has none of these
    identity.issuers.push_back(issuer.value().fingerprint());
    const auto twin = x509::TwinFingerprint(certificates[i], issuer.value());
    if (twin) identity.certificates.push_back(*twin);
  }
  return identity;
}

// Every signer set that means this subject, with what it makes of the time: the sets for which the
// time counts; where it counts for none, all.
struct Meant {
  std::vector<std::string> sets;
  Timed timed;
};

std::optional<Meant> FindMeant(const Anchored& anchored, const Signer& signer,
                               const TrustRoot& root, UnixTime now,
                               const std::optional<PluginWord>& word) {
  const bool is_named = word && word->identity;  // by the plugin, whose answer was looked at
  const auto counts = [](const Timed& timed) { return timed.finding.outcome != Outcome::kFailed; };
  std::optional<Meant> meant;
  for (const std::size_t index : anchored.authorities) {
    const TrustedAuthority& authority = root.authorities()[index];
    if (!is_named && !authority.Names(signer.chain.front().subject())) continue;
    Timed timed = TimeFor(authority, signer, now);
    if (meant && counts(meant->timed) && !counts(timed)) continue;
    if (!meant || counts(meant->timed) != counts(timed)) meant = Meant{{}, std::move(timed)};
    meant->sets.push_back(authority.signer_set);
  }
  return meant;
}

Finding RevocationBy(const PluginWord& word) {
  const PluginWord::Check& check = *word.revocation;
  const std::string plugin = "verification plugin " + word.plugin;
  if (!check.passed) {
    return {Check::kRevocation, Outcome::kFailed, "revoked", plugin + ": " + check.reason};
  }
  return {Check::kRevocation, Outcome::kPassed, "ok", "by the word of " + plugin};
}

std::string IdentityText(const x509::DistinguishedName& subject) {
  return "x509.subject: " + subject.text();
}

}  // namespace

std::optional<PluginQuestion> PluginQuestionOf(const Signer& signer, const TrustRoot& root) {
  PluginQuestion question;
  for (const ExtendedAttribute& one : signer.attributes.extended) {
    if (!one.critical) continue;
    if (!one.text) return std::nullopt;
    if (one.name == kVerificationPlugin) {
      question.plugin = *one.text;
    } else if (one.name == kVerificationPluginMinVersion) {
      question.min_version = one.text;
    } else {
      question.extended.emplace(one.name, *one.text);
    }
  }
  if (question.plugin.empty()) return std::nullopt;
  const Anchored anchored = FindAnchors(signer, root);
  if (anchored.authorities.size() != 1) return std::nullopt;
  const Path path = PathAtAnyTime(signer, anchored.anchors);
  if (!std::holds_alternative<VerifiedPath>(path)) return std::nullopt;
  const TrustedAuthority& authority = root.authorities()[anchored.authorities.front()];
  for (const x509::DistinguishedName& subject : authority.subjects) {
    question.identities.push_back(IdentityText(subject));
  }
  if (authority.any_subject) question.identities.emplace_back("*");
  question.is_named = authority.Names(signer.chain.front().subject());
  question.scheme = ToName(signer.attributes.scheme);
  question.expiry = signer.attributes.expiry;
  question.authentic_signing_time = signer.attributes.authentic_signing_time;
  question.chain = signer.envelope.certificates;
  return question;
}

Standing StandingOf(const Signer& signer, const TrustRoot& root, UnixTime now,
                    const std::optional<PluginWord>& word) {
  const Anchored anchored = FindAnchors(signer, root);
  // Before its signatures cost anything: a stranger's chain is not worth a look.
  if (anchored.anchors.empty()) {
    return {Refused("chain", "no certificate of its chain is trusted"), {}, std::nullopt};
  }
  const Path found = PathAtAnyTime(signer, anchored.anchors);
  if (const auto* fault = std::get_if<PathFault>(&found)) {
    return {Refused(fault->reason, fault->detail), {}, std::nullopt};
  }
  const auto& path = std::get<VerifiedPath>(found);
  const std::string subject = Printable(path.leaf().subject().text());
  if (word && word->identity && !word->identity->passed) {
    return {Refused("untrusted-signer",
                    "verification plugin " + word->plugin + ": " + word->identity->reason),
            {},
            std::nullopt};
  }
  std::optional<Meant> meant = FindMeant(anchored, signer, root, now, word);
  if (!meant) {
    return {Refused("untrusted-signer", "\"" + subject + "\" is none of the trusted identities"),
            {},
            std::nullopt};
  }
  const Result<crypto::PublicKey> key = path.leaf().public_key();
  if (!key.ok()) return {Refused("algorithm", key.error().message()), {}, std::nullopt};
  Finding passed{Check::kAuthenticity, Outcome::kPassed, "ok",
                 "\"" + subject + "\" under \"" + Printable(path.anchor().subject().text()) + "\""};
  std::vector<RevocationQuestion> to_look_up;
  const bool is_decided = word && word->revocation;
  if (!is_decided) Ask(ToLookUp(path, signer), meant->timed.signed_by, to_look_up);
  if (const auto& authority = meant->timed.authority; authority && !is_decided) {
    Ask(x509::Issued::Of(*authority), std::nullopt, to_look_up);
  }
  Finding revocation = is_decided ? RevocationBy(*word) : RevocationOf(to_look_up);
  return {std::move(passed),
          {std::move(meant->timed.finding), std::move(revocation)},
          IdentityOf(path, key.value(), std::move(meant->sets)),
          std::move(to_look_up)};
}

}  // namespace hallmark::signature::notation
