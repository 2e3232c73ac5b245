#include "hallmark/policy/internal/named_store.h"

#include <optional>
#include <utility>

namespace hallmark::policy {

using trust::StoreKind;

Result<std::vector<NamedStore>> ReadStoreNames(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadStrings(fields, "trustStores"));
  std::vector<NamedStore> stores;
  bool is_for_signers = false;
  for (const Item& item : items) {
    const std::size_t colon = item.text.find(':');
    const std::optional<StoreKind> kind = trust::StoreKindFromName(item.text.substr(0, colon));
    const std::string name = colon == std::string::npos ? "" : item.text.substr(colon + 1);
    if (!kind || !IsName(name)) {
      return Complain(item, R"(want "ca:NAME", "signingAuthority:NAME" or "tsa:NAME")");
    }
    is_for_signers = is_for_signers || *kind != StoreKind::kTimestamping;
    stores.push_back({*kind, name, item.where, item.position});
  }
  if (!is_for_signers) {
    return fields.Complain("trustStores", "want a \"ca\" or \"signingAuthority\" store too");
  }
  return stores;
}

Result<Done> AddSubject(const Item& item, std::string_view subject,
                        trust::TrustedAuthority& authority) {
  Result<x509::DistinguishedName> name = x509::DistinguishedName::Parse(subject);
  if (!name.ok()) return Complain(item, name.error().message());
  for (const x509::DistinguishedName& other : authority.subjects) {
    if (name.value().IsWithin(other) || other.IsWithin(name.value())) {
      return Complain(item, "overlaps with another identity of the list");
    }
  }
  authority.subjects.push_back(std::move(name).value());
  return Done{};
}

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
