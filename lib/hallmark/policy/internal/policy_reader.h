#ifndef HALLMARK_POLICY_INTERNAL_POLICY_READER_H_
#define HALLMARK_POLICY_INTERNAL_POLICY_READER_H_

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/policy/trust_policy.h"
#include "hallmark/trust/trust_root.h"

// The parts of reading a policy file. Every Error here is about the file and starts with
// "line:column: path: "; TrustPolicy::Parse makes it kConfig and puts the file's name in front.
namespace hallmark::policy {

// What a policy's text says, before the file's name is put into its errors.
struct PolicyContent {
  std::vector<trust::TrustedKey> keys;
  std::vector<trust::TrustedAuthority> authorities;
  std::vector<Rule> rules;
  Rule fallback;
};

// Whether a document means to be the Notary Project's, and what it says; `file` is for places. The
// rules that decide about none of `images` are unread; null: every store is read.
bool IsNotationPolicy(const json::Value& document);
Result<PolicyContent> ReadNotationPolicy(const json::Value& document,
                                         const std::vector<oci::Repository>* images,
                                         const StoreLoader& load_store, const std::string& file);

// What is left of a rule whose stores stay closed: it asks for nothing that could be met, and
// denies.
Rule UnreadRule(const Rule::Parts& whole);

// An Error at a place that is no member: an array's item or the name of a key set.
Error ComplainAt(json::Position position, const std::string& where, const std::string& what);

// Items of a list of strings, each with the place that its errors name.
struct Item {
  std::string text;
  std::string where;
  json::Position position;
};
// At least one, each once.
Result<std::vector<Item>> ReadStrings(json::Fields& fields, std::string_view name);
Error Complain(const Item& item, const std::string& what);

// The members of an object that may have those of `known` and no others; the nearest known name is
// suggested for a misspelt one.
Result<json::Fields> OpenObject(const json::Value& value, const std::string& where,
                                std::span<const std::string_view> known);

// Whether a rule or key set may be called so: a letter or digit, then those and '.', '_', '-', at
// most kMaxNameBytes.
bool IsName(std::string_view text);

// `name`, which has to be one.
Result<std::string> ReadName(json::Fields& fields);

// A list of image patterns, each once; empty when there is no such member.
Result<std::vector<ImagePattern>> ReadPatterns(json::Fields& fields, std::string_view name);

// A member such as "7d"; nullopt when there is none.
Result<std::optional<std::chrono::seconds>> ReadDuration(json::Fields& fields,
                                                         std::string_view name);

// A time of RFC 3339; nullopt when there is no such member.
Result<std::optional<UnixTime>> ReadTime(json::Fields& fields, std::string_view name);

// What kind of statement `attestation` asks for; nullopt when there is none.
Result<std::optional<std::string>> ReadAttestation(json::Fields& fields);

// `deny` and `exceptions`; null when there is neither.
Result<std::shared_ptr<const Overrides>> ReadOverrides(json::Fields& policy,
                                                       const std::string& file);

struct KeySets {
  std::vector<trust::TrustedKey> keys;
  std::map<std::string, std::size_t> sizes;  // keys of each set, by its name
};
Result<KeySets> ReadKeySets(const json::Value& key_sets, const KeyLoader& load_key);

// How the signers that an identity means are called among key sets: a name that none may have.
std::string IdentitySet(std::string_view name);

// `require`, with every key set and identity known and every count within the set's size.
Result<Requirement> ReadRequirement(const json::Value& require, const std::string& where,
                                    const std::map<std::string, std::size_t>& set_sizes);

// One of `rules`; `file` is for its place.
Result<Rule::Parts> ReadRule(const json::Value& rule, const std::string& where,
                             const std::map<std::string, std::size_t>& set_sizes,
                             const std::string& file);

// `default`: a word or a rule without images.
Result<Rule::Parts> ReadDefault(const json::Value& value,
                                const std::map<std::string, std::size_t>& set_sizes,
                                const std::string& file);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_POLICY_READER_H_
