#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/identities.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/rule_index.h"
#include "hallmark/policy/internal/tally.h"

namespace hallmark::policy {
namespace {

Result<trust::TimestampUse> ReadTimestampUse(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("timestamp"));
  if (!word || *word == "always") return trust::TimestampUse::kAlways;
  if (*word == "afterCertificateExpiry") return trust::TimestampUse::kAfterCertificateExpiry;
  return fields.Complain("timestamp", R"(want "always" or "afterCertificateExpiry")");
}

// Some subjects, or anyone at all in so many words.
Result<Done> ReadSubjects(json::Fields& fields, trust::TrustedAuthority& authority) {
  const json::Value* any = fields.OptionalAny("anySubject");
  const bool has_subjects = fields.OptionalAny("subjects") != nullptr;
  if (any != nullptr && any->boolean() != true) {
    return fields.Complain("anySubject", "want true, or leave it out");
  }
  if ((any != nullptr) == has_subjects) {
    return fields.Complain("subjects", "want \"subjects\" or \"anySubject\", one of the two");
  }
  authority.any_subject = any != nullptr;
  if (authority.any_subject) return Done{};
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadStrings(fields, "subjects"));
  for (const Item& item : items) {
    HALLMARK_RETURN_IF_ERROR(AddSubject(item, item.text, authority));
  }
  return Done{};
}

Result<Identity> ReadIdentity(const json::Value& value, const std::string& where) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, where, members::kIdentity));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  Identity identity;
  HALLMARK_ASSIGN(identity.stores, ReadStoreNames(fields));
  HALLMARK_RETURN_IF_ERROR(ReadSubjects(fields, identity.authority));
  HALLMARK_ASSIGN(identity.authority.timestamp_use, ReadTimestampUse(fields));
  return identity;
}

// The signer sets that decide about the images; what becomes of rules that name others.
std::set<std::string> CloseOthers(const std::vector<oci::Repository>& images,
                                  PolicyContent& content) {
  const std::set<const Rule*> deciding = DecidingRules(content.rules, content.fallback, images);
  std::set<std::string> needed;
  for (const Rule* rule : deciding) needed.merge(IdentitiesOf(*rule));
  const auto close = [&](Rule& rule) {
    const std::set<std::string> named = IdentitiesOf(rule);
    const bool is_open = std::includes(needed.begin(), needed.end(), named.begin(), named.end());
    if (!is_open) rule = UnreadRule(rule.parts());
  };
  for (Rule& rule : content.rules) close(rule);
  close(content.fallback);
  return needed;
}

}  // namespace

std::string IdentitySet(std::string_view name) { return "identity " + std::string(name); }

std::set<std::string> IdentitiesOf(const Rule& rule) {
  std::set<std::string> named;
  if (!rule.parts().require) return named;
  for (const SignedBy* leaf : Leaves(*rule.parts().require)) {
    if (IsCertified(leaf->key_set)) named.insert(leaf->key_set);
  }
  return named;
}

Result<Identities> ReadIdentities(const json::Value& identities) {
  Identities read;
  if (identities.object()->empty()) {
    return ComplainAt(identities.position(), "identities", "want at least one identity");
  }
  for (const json::Member& member : *identities.object()) {
    const std::string where = "identities." + Printable(member.name);
    if (!IsName(member.name)) {
      return ComplainAt(member.position, where, "want a name of letters, digits, '.', '_' and '-'");
    }
    HALLMARK_ASSIGN(Identity identity, ReadIdentity(member.value, where));
    identity.authority.signer_set = IdentitySet(member.name);
    // How many signers an authority certifies is its own affair.
    read.sizes[identity.authority.signer_set] = std::numeric_limits<std::uint32_t>::max();
    read.all.push_back(std::move(identity));
  }
  return read;
}

Result<Done> OpenIdentities(std::vector<Identity> identities,
                            const std::vector<oci::Repository>* images,
                            const StoreLoader& load_store, PolicyContent& content) {
  std::set<std::string> needed;
  if (images != nullptr) needed = CloseOthers(*images, content);
  Stores stores(load_store);
  for (Identity& identity : identities) {
    if (images != nullptr && !needed.contains(identity.authority.signer_set)) continue;
    if (!load_store) {
      const NamedStore& first = identity.stores.front();
      return ComplainAt(first.position, first.where, "there are no trust stores here");
    }
    HALLMARK_RETURN_IF_ERROR(stores.Read(identity.stores, identity.authority));
    content.authorities.push_back(std::move(identity.authority));
  }
  return Done();
}

}  // namespace hallmark::policy
