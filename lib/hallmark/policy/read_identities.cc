#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/named_store.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"

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

Result<trust::TrustedAuthority> ReadIdentity(const json::Value& value, const std::string& where,
                                             Stores& stores) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, where, members::kIdentity));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  trust::TrustedAuthority authority;
  HALLMARK_ASSIGN(const std::vector<NamedStore> names, ReadStoreNames(fields));
  HALLMARK_RETURN_IF_ERROR(ReadSubjects(fields, authority));
  HALLMARK_ASSIGN(authority.timestamp_use, ReadTimestampUse(fields));
  HALLMARK_RETURN_IF_ERROR(stores.Read(names, authority));
  return authority;
}

}  // namespace

std::string IdentitySet(std::string_view name) { return "identity " + std::string(name); }

Result<Identities> ReadIdentitySets(const json::Value& identities, const StoreLoader& load_store) {
  Identities all;
  if (identities.object()->empty()) {
    return ComplainAt(identities.position(), "identities", "want at least one identity");
  }
  if (!load_store) {
    return ComplainAt(identities.position(), "identities", "there are no trust stores here");
  }
  Stores stores(load_store);
  for (const json::Member& member : *identities.object()) {
    const std::string where = "identities." + Printable(member.name);
    if (!IsName(member.name)) {
      return ComplainAt(member.position, where, "want a name of letters, digits, '.', '_' and '-'");
    }
    HALLMARK_ASSIGN(trust::TrustedAuthority authority, ReadIdentity(member.value, where, stores));
    authority.signer_set = IdentitySet(member.name);
    // How many signers an authority certifies is its own affair.
    all.sizes[authority.signer_set] = std::numeric_limits<std::uint32_t>::max();
    all.authorities.push_back(std::move(authority));
  }
  return all;
}

}  // namespace hallmark::policy
