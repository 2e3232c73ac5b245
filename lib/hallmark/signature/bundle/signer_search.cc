#include "hallmark/signature/bundle/internal/signer_search.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/bundle/internal/dsse.h"

namespace hallmark::signature::bundle {
namespace {

using trust::TrustedKey;
using trust::TrustRoot;

constexpr std::size_t kMaxHintShown = 64;
constexpr std::size_t kKeyIdBytes = 8;

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

std::optional<TrustedSigner> TryKey(const crypto::PublicKey& key, const Bytes& encoding,
                                    const Bytes& signature, const TrustRoot& root) {
  std::vector<std::size_t> entries = root.Find(key.fingerprint());
  for (crypto::Scheme scheme : SchemesOfAll(root, entries)) {
    std::optional<crypto::SignedBytes> proof = key.Verify(scheme, encoding, signature);
    if (!proof) continue;
    std::erase_if(entries, [&](std::size_t index) { return !Allows(root.keys()[index], scheme); });
    return TrustedSigner{*std::move(proof), scheme, std::move(entries)};
  }
  return std::nullopt;
}

// Tells a signature by a scheme that is not allowed from one that is no signature at all.
NoSigner ExplainHinted(const TrustedKey& hinted, const Bytes& encoding, const Bytes& signature) {
  const std::string who = "key " + hinted.key.id() + " (" + hinted.name + ")";
  for (crypto::Scheme scheme : hinted.key.DefaultSchemes()) {
    if (!hinted.key.IsSignedBy(scheme, encoding, signature)) continue;
    return {"algorithm", who + " signed with " + std::string(ToName(scheme)) +
                             ", which its entry does not allow"};
  }
  return {"bad-signature", "the signature is not one of " + who + " over this payload"};
}

const TrustedKey* HintedEntry(const UnverifiedBundle& bundle, const TrustRoot& root) {
  const std::optional<crypto::Fingerprint> fingerprint = bundle.HintedKey();
  if (!fingerprint) return nullptr;
  const std::vector<std::size_t> entries = root.Find(*fingerprint);
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

std::variant<TrustedSigner, NoSigner> FindSigner(const UnverifiedBundle& bundle,
                                                 const TrustRoot& root) {
  const Bytes encoding = PreAuthEncoding(bundle.payload_type, bundle.payload);
  const TrustedKey* hinted = HintedEntry(bundle, root);
  if (hinted != nullptr) {
    auto signer = TryKey(hinted->key, encoding, bundle.signature, root);
    if (signer) return *std::move(signer);
  }
  for (std::size_t index : root.distinct()) {
    const crypto::PublicKey& key = root.keys()[index].key;
    if (hinted != nullptr && key.fingerprint() == hinted->key.fingerprint()) continue;
    auto signer = TryKey(key, encoding, bundle.signature, root);
    if (signer) return *std::move(signer);
  }
  if (hinted != nullptr) return ExplainHinted(*hinted, encoding, bundle.signature);
  return NoSigner{"untrusted-signer",
                  "by " + HintText(bundle) + ": none of the trusted keys made this signature"};
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

std::string HintText(const UnverifiedBundle& bundle) {
  const std::optional<crypto::Fingerprint> fingerprint = bundle.HintedKey();
  if (fingerprint) return "key " + encoding::ToHex(ByteView(*fingerprint).first(kKeyIdBytes));
  if (bundle.key_hint.empty()) return "a key without a name";
  return "key \"" + Printable(bundle.key_hint, kMaxHintShown) + "\"";
}

}  // namespace hallmark::signature::bundle
