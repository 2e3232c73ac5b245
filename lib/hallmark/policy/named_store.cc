#include "hallmark/policy/internal/named_store.h"

namespace hallmark::policy {

using trust::StoreKind;

Result<Done> Stores::Read(const std::vector<NamedStore>& names,
                          trust::TrustedAuthority& authority) {
  for (const NamedStore& one : names) {
    HALLMARK_ASSIGN(const std::vector<x509::Certificate> store, Open(one));
    auto& anchors = one.kind == StoreKind::kCa                 ? authority.signing
                    : one.kind == StoreKind::kSigningAuthority ? authority.signing_authorities
                                                               : authority.timestamping;
    anchors.insert(anchors.end(), store.begin(), store.end());
  }
  return Done{};
}

Result<std::vector<x509::Certificate>> Stores::Open(const NamedStore& store) {
  const std::pair key(store.kind, store.name);
  if (const auto known = opened_.find(key); known != opened_.end()) return known->second;
  Result<std::vector<x509::Certificate>> read = load_(store.kind, store.name);
  if (!read.ok()) return ComplainAt(store.position, store.where, read.error().message());
  if (read.value().empty()) return ComplainAt(store.position, store.where, "holds no certificate");
  return opened_.emplace(key, std::move(read).value()).first->second;
}

}  // namespace hallmark::policy
