#include <functional>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"

namespace hallmark::policy {
namespace {

Result<crypto::PublicKey> ReadPublicKey(json::Fields& fields, const KeyLoader& load_key) {
  HALLMARK_ASSIGN(const std::optional<std::string> file, fields.OptionalString("file"));
  HALLMARK_ASSIGN(const std::optional<std::string> pem, fields.OptionalString("pem"));
  if (file.has_value() == pem.has_value()) {
    return fields.Complain("file", "want \"file\" or \"pem\", one of the two");
  }
  if (file && file->find_first_not_of(" \t\r\n") == std::string::npos) {
    return fields.Complain("file", "want the name of a public key file");
  }
  Result<crypto::PublicKey> key = file ? load_key(*file) : crypto::PublicKey::FromPem(*pem);
  if (key.ok()) return key;
  const std::string what = file ? "cannot use \"" + Printable(*file) + "\": " : "cannot use it: ";
  return fields.Complain(file ? "file" : "pem", what + key.error().message());
}

// Both ends inclusive, either may be open (A47).
Result<trust::Validity> ReadValidity(json::Fields& fields) {
  trust::Validity validity;
  HALLMARK_ASSIGN(validity.from, ReadTime(fields, "validFrom"));
  HALLMARK_ASSIGN(validity.until, ReadTime(fields, "validUntil"));
  if (validity.from && validity.until && *validity.until < *validity.from) {
    return fields.Complain("validUntil", "before validFrom");
  }
  return validity;
}

Result<std::vector<crypto::Scheme>> ReadSchemes(json::Fields& fields,
                                                const crypto::PublicKey& key) {
  HALLMARK_ASSIGN(const std::optional<std::string> name, fields.OptionalString("scheme"));
  if (!name) return std::vector<crypto::Scheme>();
  const std::optional<crypto::Scheme> scheme = crypto::SchemeFromName(*name);
  if (!scheme) return fields.Complain("scheme", "unknown scheme \"" + Printable(*name) + "\"");
  if (!key.CanUse(*scheme)) {
    return fields.Complain(
        "scheme", "a key of type " + std::string(ToName(key.type())) + " cannot use " + *name);
  }
  return std::vector<crypto::Scheme>{*scheme};
}

Result<trust::TrustedKey> ReadKey(const json::Value& value, const std::string& where,
                                  const std::string& key_set, const KeyLoader& load_key) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, where, members::kKey));
  HALLMARK_ASSIGN(crypto::PublicKey key, ReadPublicKey(fields, load_key));
  HALLMARK_ASSIGN(const std::optional<std::string> file, fields.OptionalString("file"));
  HALLMARK_ASSIGN(const std::optional<std::string> name, fields.OptionalString("name"));
  if (name && name->find_first_not_of(' ') == std::string::npos) {
    return fields.Complain("name", "want a name, or leave it out");
  }
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  HALLMARK_ASSIGN(trust::Validity validity, ReadValidity(fields));
  HALLMARK_ASSIGN(std::vector<crypto::Scheme> schemes, ReadSchemes(fields, key));
  std::string shown = name ? *name : file.value_or(key.id());
  return trust::TrustedKey{key_set, std::move(shown), std::move(key), std::move(schemes), validity};
}

// One set. The same key twice would make a count of two mean one signer (A54).
Result<std::vector<trust::TrustedKey>> ReadKeySet(const json::Value& value,
                                                  const std::string& where, const std::string& name,
                                                  const KeyLoader& load_key) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, where, members::kKeySet));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array("keys"));
  if (items->empty()) return fields.Complain("keys", "a key set needs at least one key");
  std::vector<trust::TrustedKey> keys;
  std::map<std::string, std::size_t, std::less<>> seen;  // by the key's numbers, not its spelling
  for (const json::Value& item : *items) {
    const std::size_t at = keys.size();
    const std::string item_where = where + ".keys[" + std::to_string(at) + "]";
    HALLMARK_ASSIGN(trust::TrustedKey key, ReadKey(item, item_where, name, load_key));
    const auto [first, is_new] = seen.try_emplace(std::string(AsText(key.key.key_bits())), at);
    if (!is_new) {
      return ComplainAt(item.position(), item_where,
                        "\"" + Printable(key.name) + "\" is the same key as keys[" +
                            std::to_string(first->second) + "] \"" +
                            Printable(keys[first->second].name) + "\"");
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace

Result<KeySets> ReadKeySets(const json::Value& key_sets, const KeyLoader& load_key) {
  KeySets all;
  if (key_sets.object()->empty()) {
    return ComplainAt(key_sets.position(), "keySets", "want at least one key set");
  }
  for (const json::Member& member : *key_sets.object()) {
    const std::string where = "keySets." + Printable(member.name);
    if (!IsName(member.name)) {
      return ComplainAt(member.position, where, "want a name of letters, digits, '.', '_' and '-'");
    }
    HALLMARK_ASSIGN(std::vector<trust::TrustedKey> keys,
                    ReadKeySet(member.value, where, member.name, load_key));
    all.sizes[member.name] = keys.size();
    for (trust::TrustedKey& key : keys) all.keys.push_back(std::move(key));
  }
  return all;
}

}  // namespace hallmark::policy
