#ifndef HALLMARK_POLICY_INTERNAL_IDENTITIES_H_
#define HALLMARK_POLICY_INTERNAL_IDENTITIES_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "hallmark/policy/internal/named_store.h"
#include "hallmark/policy/internal/policy_reader.h"

// Who is trusted by certificate in policies of our own.
namespace hallmark::policy {

// One of "identities"; its stores are not opened yet.
struct Identity {
  trust::TrustedAuthority authority;
  std::vector<NamedStore> stores;
};

struct Identities {
  std::vector<Identity> all;
  std::map<std::string, std::size_t> sizes;  // what a count may be at most, by the signer set
};
Result<Identities> ReadIdentities(const json::Value& identities);

// The signer sets of the identities that a rule names.
std::set<std::string> IdentitiesOf(const Rule& rule);

// Opens the stores of those that decide about `images`, each store once, and puts them among the
// authorities of `content`; rules that name another are unread. Null: every store is read.
Result<Done> OpenIdentities(std::vector<Identity> identities,
                            const std::vector<oci::Repository>* images,
                            const StoreLoader& load_store, PolicyContent& content);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_IDENTITIES_H_
