#include "hallmark/signature/notation/internal/standing.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/notation/limits.h"
#include "hallmark/x509/path.h"

namespace hallmark::signature::notation {
namespace {

using trust::StoreKind;
using trust::TrustedAuthority;
using trust::TrustRoot;
using x509::Certificate;
using x509::PathFault;
using x509::VerifiedPath;
using Path = std::variant<VerifiedPath, PathFault>;

constexpr std::string_view kCrlDistributionPoints = "2.5.29.31";
constexpr std::string_view kAuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";

Finding Refused(std::string reason, std::string detail) {
  return {Check::kAuthenticity, Outcome::kFailed, std::move(reason), std::move(detail)};
}

bool IsAboutTime(const PathFault& fault) {
  return fault.reason == "expired" || fault.reason == "not-yet-current";
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

Path PathAt(const Signer& signer, const std::vector<Certificate>& anchors, UnixTime at) {
  const std::span<const Certificate> others = std::span(signer.chain).subspan(1);
  return x509::VerifyPath(signer.chain.front(), others, anchors, x509::Purpose::kNotarySigning, at);
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

// A path at the time that counts, or at another one, with what that means.
struct Timed {
  Path path;
  Finding finding;
};

Timed PathInTime(const Signer& signer, const std::vector<Certificate>& anchors, UnixTime now) {
  const bool by_authority = signer.attributes.authentic_signing_time.has_value();
  const UnixTime at = by_authority ? *signer.attributes.authentic_signing_time : now;
  Path path = PathAt(signer, anchors, at);
  const auto* fault = std::get_if<PathFault>(&path);
  if (fault != nullptr && IsAboutTime(*fault)) {
    Finding finding = TimeFinding(Outcome::kFailed, fault->reason, fault->detail);
    return {PathAt(signer, anchors, LatestStart(signer.chain)), std::move(finding)};
  }
  if (std::optional<Finding> future = FutureTime(signer.attributes, now)) {
    return {std::move(path), *std::move(future)};
  }
  if (by_authority) {
    return {std::move(path), TimeFinding(Outcome::kPassed, "ok",
                                         "signed at " + encoding::ToRfc3339(at) +
                                             " by the word of the signing authority")};
  }
  return {std::move(path), TimeFinding(Outcome::kNotApplicable, "not-applicable",
                                       "the signer's certificates are current")};
}

// No revocation data is read. Silence about it would pass for "good" (A39).
Finding RevocationOf(const VerifiedPath& path) {
  for (const Certificate& certificate : path.certificates()) {
    const bool is_root = certificate == path.anchor() && certificate.IsSelfIssued();
    const bool says_where = certificate.FindExtension(kCrlDistributionPoints) != nullptr ||
                            certificate.FindExtension(kAuthorityInfoAccess) != nullptr;
    if (is_root || !says_where) continue;
    return {
        Check::kRevocation, Outcome::kUnknown, "revocation",
        "whether \"" + Printable(certificate.subject().text()) + "\" is revoked was not looked up"};
  }
  return {Check::kRevocation, Outcome::kNotApplicable, "not-applicable",
          "the certificates name no place to look it up"};
}

SignerIdentity IdentityOf(const VerifiedPath& path, const crypto::PublicKey& key,
                          std::vector<std::string> signer_sets) {
  return {std::move(signer_sets), Printable(path.leaf().subject().text()), key.fingerprint(),
          key.id()};
}

// Every signer set that means this subject.
std::vector<std::string> SignerSets(const Anchored& anchored, const TrustRoot& root,
                                    const x509::Name& subject) {
  std::vector<std::string> sets;
  for (const std::size_t index : anchored.authorities) {
    const TrustedAuthority& authority = root.authorities()[index];
    const bool is_new = std::find(sets.begin(), sets.end(), authority.signer_set) == sets.end();
    if (is_new && authority.Names(subject)) sets.push_back(authority.signer_set);
  }
  return sets;
}

}  // namespace

Standing StandingOf(const Signer& signer, const TrustRoot& root, UnixTime now) {
  const Anchored anchored = FindAnchors(signer, root);
  Timed timed = PathInTime(signer, anchored.anchors, now);
  if (const auto* fault = std::get_if<PathFault>(&timed.path)) {
    return {Refused(fault->reason, fault->detail), {}, std::nullopt};
  }
  const auto& path = std::get<VerifiedPath>(timed.path);
  const std::string subject = Printable(path.leaf().subject().text());
  std::vector<std::string> sets = SignerSets(anchored, root, path.leaf().subject());
  if (sets.empty()) {
    return {Refused("untrusted-signer", "\"" + subject + "\" is none of the trusted identities"),
            {},
            std::nullopt};
  }
  const Result<crypto::PublicKey> key = path.leaf().public_key();
  if (!key.ok()) return {Refused("algorithm", key.error().message()), {}, std::nullopt};
  Finding passed{Check::kAuthenticity, Outcome::kPassed, "ok",
                 "\"" + subject + "\" under \"" + Printable(path.anchor().subject().text()) + "\""};
  return {std::move(passed),
          {std::move(timed.finding), RevocationOf(path)},
          IdentityOf(path, key.value(), std::move(sets))};
}

}  // namespace hallmark::signature::notation
