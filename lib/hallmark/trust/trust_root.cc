#include "hallmark/trust/trust_root.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string_view>
#include <utility>

#include "hallmark/base/printable.h"

namespace hallmark::trust {
namespace {

Error Twice(const TrustedKey& first, const TrustedKey& second) {
  return {ErrorCode::kConfig, "key set " + Printable(second.key_set) + " has one key twice: " +
                                  Printable(first.name) + " (" + first.key.id() + ") and " +
                                  Printable(second.name) + " (" + second.key.id() + ")"};
}

// By the numbers of the key, so that one RSA key cannot count twice by being written down as
// rsaEncryption and as id-RSASSA-PSS, which gives it two fingerprints.
Result<Done> CheckNoneTwice(const std::vector<TrustedKey>& keys) {
  std::map<std::pair<std::string_view, std::string_view>, const TrustedKey*> seen;
  for (const TrustedKey& key : keys) {
    const auto [known, is_new] = seen.try_emplace({key.key_set, AsText(key.key.key_bits())}, &key);
    if (!is_new) return Twice(*known->second, key);
  }
  return Done();
}

Result<Done> CheckSchemes(const TrustedKey& key) {
  for (const crypto::Scheme scheme : key.schemes) {
    if (key.key.CanUse(scheme)) continue;
    return Error(ErrorCode::kConfig, "key " + Printable(key.name) + " of type " +
                                         std::string(crypto::ToName(key.key.type())) +
                                         " cannot be used with " +
                                         std::string(crypto::ToName(scheme)));
  }
  return Done();
}

}  // namespace

bool Validity::Includes(UnixTime time) const {
  return (!from || *from <= time) && (!until || time <= *until);
}

std::size_t TrustRoot::FingerprintHash::operator()(const crypto::Fingerprint& fingerprint) const {
  std::size_t hash;
  std::memcpy(&hash, fingerprint.data(), sizeof hash);
  return hash;
}

Result<TrustRoot> TrustRoot::Of(std::vector<TrustedKey> keys,
                                std::vector<TrustedAuthority> authorities) {
  if (keys.empty() && authorities.empty()) return Error(ErrorCode::kConfig, "no key to trust");
  for (const TrustedKey& key : keys) HALLMARK_RETURN_IF_ERROR(CheckSchemes(key));
  HALLMARK_RETURN_IF_ERROR(CheckNoneTwice(keys));
  for (const TrustedAuthority& authority : authorities) {
    HALLMARK_RETURN_IF_ERROR(CheckAuthority(authority));
  }
  return TrustRoot(std::move(keys), std::move(authorities));
}

TrustRoot::TrustRoot(std::vector<TrustedKey> keys, std::vector<TrustedAuthority> authorities)
    : keys_(std::move(keys)), authorities_(std::move(authorities)) {
  for (std::size_t i = 0; i < authorities_.size(); ++i) {
    const auto add = [&](const std::vector<x509::Certificate>& anchors, Index& index) {
      for (const x509::Certificate& anchor : anchors) {
        std::vector<std::size_t>& owners = index[anchor.fingerprint()];
        if (owners.empty() || owners.back() != i) owners.push_back(i);
      }
    };
    add(authorities_[i].signing, signing_anchors_);
    add(authorities_[i].signing_authorities, authority_anchors_);
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    std::vector<std::size_t>& same = by_fingerprint_[keys_[i].key.fingerprint()];
    if (same.empty()) distinct_.push_back(i);
    same.push_back(i);
  }
}

std::vector<std::size_t> TrustRoot::Find(const crypto::Fingerprint& fingerprint) const {
  const auto found = by_fingerprint_.find(fingerprint);
  return found == by_fingerprint_.end() ? std::vector<std::size_t>() : found->second;
}

std::vector<std::size_t> TrustRoot::FindAnchor(StoreKind kind,
                                               const crypto::Fingerprint& certificate) const {
  const Index& index = kind == StoreKind::kSigningAuthority ? authority_anchors_ : signing_anchors_;
  const auto found = index.find(certificate);
  if (kind == StoreKind::kTimestamping || found == index.end()) return {};
  return found->second;
}

}  // namespace hallmark::trust
