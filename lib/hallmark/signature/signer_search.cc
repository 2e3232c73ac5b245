#include "hallmark/signature/signer_search.h"

#include <algorithm>
#include <utility>

#include "hallmark/encoding/rfc3339.h"

namespace hallmark::signature {
namespace {

using trust::TrustedKey;
using trust::TrustRoot;

std::span<const crypto::Scheme> SchemesOf(const TrustedKey& entry) {
  if (entry.schemes.empty()) return entry.key.DefaultSchemes();
  return entry.schemes;
}

bool Allows(const TrustedKey& entry, crypto::Scheme scheme) {
  const auto schemes = SchemesOf(entry);
  return std::find(schemes.begin(), schemes.end(), scheme) != schemes.end();
}

// All schemes that some entry of one key allows, each once.
std::vector<crypto::Scheme> SchemesOfAll(const TrustRoot& root,
                                         const std::vector<std::size_t>& entries) {
  std::vector<crypto::Scheme> all;
  for (std::size_t index : entries) {
    for (crypto::Scheme scheme : SchemesOf(root.keys()[index])) {
      if (std::find(all.begin(), all.end(), scheme) == all.end()) all.push_back(scheme);
    }
  }
  return all;
}

std::optional<TrustedSigner> TryKey(const crypto::PublicKey& key, ByteView message,
                                    ByteView signature, const TrustRoot& root) {
  std::vector<std::size_t> entries = root.Find(key.fingerprint());
  for (crypto::Scheme scheme : SchemesOfAll(root, entries)) {
    std::optional<crypto::SignedBytes> proof = key.Verify(scheme, message, signature);
    if (!proof) continue;
    std::erase_if(entries, [&](std::size_t index) { return !Allows(root.keys()[index], scheme); });
    return TrustedSigner{*std::move(proof), scheme, std::move(entries)};
  }
  return std::nullopt;
}

// Tells a signature by a scheme that is not allowed from one that is no signature at all.
NoSigner ExplainHinted(const TrustedKey& hinted, ByteView message, ByteView signature) {
  const std::string who = "key " + hinted.key.id() + " (" + hinted.name + ")";
  for (crypto::Scheme scheme : hinted.key.DefaultSchemes()) {
    if (!hinted.key.IsSignedBy(scheme, message, signature)) continue;
    return {"algorithm", who + " signed with " + std::string(ToName(scheme)) +
                             ", which its entry does not allow"};
  }
  return {"bad-signature", "the signature is not one of " + who + " over this payload"};
}

const TrustedKey* HintedEntry(const UnprovedSignature& unproved, const TrustRoot& root) {
  if (!unproved.hint) return nullptr;
  const std::vector<std::size_t> entries = root.Find(*unproved.hint);
  return entries.empty() ? nullptr : &root.keys()[entries.front()];
}

NoSigner NotCurrent(const TrustedSigner& signer, const TrustRoot& root, UnixTime now) {
  const TrustedKey& first = root.keys()[signer.entries.front()];
  const std::string who = "key " + first.key.id() + " (" + first.name + ")";
  for (std::size_t index : signer.entries) {
    const TrustedKey& entry = root.keys()[index];
    if (!entry.validity.until || *entry.validity.until >= now) continue;
    return {"expired", who + " was trusted until " + encoding::ToRfc3339(*entry.validity.until) +
                           " in key set " + entry.key_set};
  }
  return {"not-yet-current", who + " is not trusted yet in key set " + first.key_set};
}

}  // namespace

Finding ExpiryOf(const Claim& claim, UnixTime now) {
  if (!claim.expires) {
    return {Check::kExpiry, Outcome::kNotApplicable, "not-applicable", "signed without an expiry"};
  }
  const std::string time = encoding::ToRfc3339(*claim.expires);
  if (now > *claim.expires) {
    return {Check::kExpiry, Outcome::kFailed, "expired", "the signature expired at " + time};
  }
  return {Check::kExpiry, Outcome::kPassed, "ok", "until " + time};
}

std::variant<TrustedSigner, NoSigner> FindSigner(const UnprovedSignature& unproved,
                                                 const TrustRoot& root) {
  const TrustedKey* hinted = HintedEntry(unproved, root);
  if (hinted != nullptr) {
    auto signer = TryKey(hinted->key, unproved.message, unproved.signature, root);
    if (signer) return *std::move(signer);
  }
  for (std::size_t index : root.distinct()) {
    const crypto::PublicKey& key = root.keys()[index].key;
    if (hinted != nullptr && key.fingerprint() == hinted->key.fingerprint()) continue;
    auto signer = TryKey(key, unproved.message, unproved.signature, root);
    if (signer) return *std::move(signer);
  }
  if (hinted != nullptr) return ExplainHinted(*hinted, unproved.message, unproved.signature);
  return unproved.if_nobody;
}

std::variant<SignerIdentity, NoSigner> CurrentIdentity(const TrustedSigner& signer,
                                                       const TrustRoot& root, UnixTime now) {
  SignerIdentity identity;
  for (std::size_t index : signer.entries) {
    const TrustedKey& entry = root.keys()[index];
    if (!entry.validity.Includes(now)) continue;
    if (identity.key_sets.empty()) {
      identity.name = entry.name;
      identity.fingerprint = entry.key.fingerprint();
      identity.key_id = entry.key.id();
    }
    identity.key_sets.push_back(entry.key_set);
  }
  if (identity.key_sets.empty()) return NotCurrent(signer, root, now);
  return identity;
}

Assessment AssessByKey(Prover prover, const UnprovedSignature& unproved, const Judgement& judgement,
                       ClaimReader read_claim) {
  auto found = FindSigner(unproved, judgement.root);
  if (auto* none = std::get_if<NoSigner>(&found)) {
    const Check check =
        none->reason == "untrusted-signer" ? Check::kAuthenticity : Check::kIntegrity;
    return std::move(prover).Fail(check, std::move(none->reason), std::move(none->detail));
  }
  const auto& signer = std::get<TrustedSigner>(found);
  const TrustedKey& key = judgement.root.keys()[signer.entries.front()];
  prover.Pass(Check::kIntegrity,
              "key " + key.key.id() + " (" + key.name + "), " + std::string(ToName(signer.scheme)));

  Result<Claim> claim = read_claim(signer.proof, judgement.subject);
  if (!claim.ok()) {
    return std::move(prover).Fail(Check::kSubject, std::string(ToWord(claim.error().code())),
                                  claim.error().message());
  }
  prover.Pass(Check::kSubject, claim.value().predicate_type);

  auto identity = CurrentIdentity(signer, judgement.root, judgement.now);
  if (auto* none = std::get_if<NoSigner>(&identity)) {
    return std::move(prover).Fail(Check::kAuthenticity, std::move(none->reason),
                                  std::move(none->detail));
  }
  auto& who = std::get<SignerIdentity>(identity);
  prover.Pass(Check::kAuthenticity, who.key_sets.front());
  std::vector<Finding> further{ExpiryOf(claim.value(), judgement.now)};
  return std::move(prover).Succeed(signer.proof, std::move(claim).value(), std::move(who),
                                   std::move(further));
}

}  // namespace hallmark::signature
