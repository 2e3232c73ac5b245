#ifndef HALLMARK_POLICY_INTERNAL_NAMED_STORE_H_
#define HALLMARK_POLICY_INTERNAL_NAMED_STORE_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/policy/internal/policy_reader.h"

// Trust stores by name and the subjects of signers, as statements of the Notary Project and
// identities of our own policies have them.
namespace hallmark::policy {

// One of "trustStores", and what errors about it name.
struct NamedStore {
  trust::StoreKind kind;
  std::string name;
  std::string where;
  json::Position position;
};

// The member "trustStores": which stores are meant; none is opened.
Result<std::vector<NamedStore>> ReadStoreNames(json::Fields& fields);

// Makes the holders of certificates with that subject (RFC 4514) some of those that are meant;
// `item` is where it was written. kConfig when another one says the same or less.
Result<Done> AddSubject(const Item& item, std::string_view subject,
                        trust::TrustedAuthority& authority);

// Reads stores, each once, however many name it. `load` outlives it.
class Stores {
 public:
  explicit Stores(const StoreLoader& load) : load_(load) {}

  // Gives `authority` the certificates of its stores. kConfig at the store's place for one that
  // cannot be read or is empty: without its certificates less might be asked of a signer.
  Result<Done> Read(const std::vector<NamedStore>& names, trust::TrustedAuthority& authority);

 private:
  Result<std::vector<x509::Certificate>> Open(const NamedStore& store);

  const StoreLoader& load_;
  std::map<std::pair<trust::StoreKind, std::string>, std::vector<x509::Certificate>> opened_;
};

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_NAMED_STORE_H_
