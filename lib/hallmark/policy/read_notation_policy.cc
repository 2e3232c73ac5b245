#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/named_store.h"
#include "hallmark/policy/internal/policy_reader.h"
#include "hallmark/policy/internal/rule_index.h"
#include "hallmark/policy/limits.h"

// notaryproject/specifications, trust-store-trust-policy.md, "Trust Policy".
namespace hallmark::policy {
namespace {

constexpr std::array<std::string_view, 2> kDocument = {"version", "trustPolicies"};
constexpr std::array<std::string_view, 5> kStatement = {
    "name", "registryScopes", "signatureVerification", "trustStores", "trustedIdentities"};
constexpr std::array<std::string_view, 3> kVerification = {"level", "override", "verifyTimestamp"};
constexpr std::array<std::string_view, 4> kOverride = {"authenticity", "authenticTimestamp",
                                                       "expiry", "revocation"};
constexpr std::string_view kSubjectPrefix = "x509.subject:";
constexpr std::string_view kAny = "*";

// "signatureVerification".
struct Verification {
  bool is_skipped = false;
  Enforcement enforcement;
  trust::TimestampUse timestamp_use = trust::TimestampUse::kAlways;
  std::vector<std::string> loosened;
};

// One of "trustPolicies".
struct Statement {
  std::string name;
  bool is_global = false;
  Verification verification;
  std::optional<trust::TrustedAuthority> authority;  // without anchors yet; none at level skip
  std::vector<NamedStore> stores;
  Rule::Parts parts;
};

std::optional<Enforcement> EnforcementOf(std::string_view level) {
  if (level == "strict") return Enforcement{};
  if (level == "permissive") {
    return Enforcement{Action::kEnforce, Action::kLog, Action::kLog, Action::kLog};
  }
  if (level == "audit") return Enforcement{Action::kLog, Action::kLog, Action::kLog, Action::kLog};
  return std::nullopt;
}

Action& ActionOf(Enforcement& enforcement, std::string_view check) {
  if (check == "authenticity") return enforcement.authenticity;
  if (check == "authenticTimestamp") return enforcement.timestamp;
  return check == "expiry" ? enforcement.expiry : enforcement.revocation;
}

Result<Done> ReadOverride(json::Fields& fields, Verification& verification) {
  HALLMARK_ASSIGN(const json::Value* value, fields.OptionalObject("override"));
  if (value == nullptr) return Done{};
  HALLMARK_ASSIGN(json::Fields checks, OpenObject(*value, fields.where() + ".override", kOverride));
  for (const std::string_view check : kOverride) {
    HALLMARK_ASSIGN(const std::optional<std::string> word, checks.OptionalString(check));
    if (!word) continue;
    const bool may_skip = check == "revocation";
    if (*word != "enforce" && *word != "log" && !(may_skip && *word == "skip")) {
      return checks.Complain(
          check, may_skip ? R"(want "enforce", "log" or "skip")" : R"(want "enforce" or "log")");
    }
    Action& action = ActionOf(verification.enforcement, check);
    action =
        *word == "enforce" ? Action::kEnforce : (*word == "log" ? Action::kLog : Action::kSkip);
    if (action != Action::kEnforce) {
      verification.loosened.push_back("override " + std::string(check) + " " + *word);
    }
  }
  return Done{};
}

Result<Verification> ReadVerification(json::Fields& statement) {
  HALLMARK_ASSIGN(const json::Value* value, statement.Object("signatureVerification"));
  HALLMARK_ASSIGN(json::Fields fields,
                  OpenObject(*value, statement.where() + ".signatureVerification", kVerification));
  HALLMARK_ASSIGN(const std::string level, fields.String("level"));
  Verification read;
  if (level != "strict") read.loosened.push_back("level " + Printable(level));
  read.is_skipped = level == "skip";
  const std::optional<Enforcement> enforcement = EnforcementOf(level);
  if (!enforcement && !read.is_skipped) {
    return fields.Complain("level", R"(want "strict", "permissive", "audit" or "skip")");
  }
  read.enforcement = enforcement.value_or(Enforcement{});
  HALLMARK_ASSIGN(const std::optional<std::string> when, fields.OptionalString("verifyTimestamp"));
  if (when && *when != "always" && *when != "afterCertExpiry") {
    return fields.Complain("verifyTimestamp", R"(want "always" or "afterCertExpiry")");
  }
  if (when == "afterCertExpiry") {
    read.timestamp_use = trust::TimestampUse::kAfterCertificateExpiry;
  }
  if (read.is_skipped && (when || value->Find("override") != nullptr)) {
    return fields.Complain("level", "\"skip\" cannot be combined with anything");
  }
  HALLMARK_RETURN_IF_ERROR(ReadOverride(fields, read));
  return read;
}

// Scopes are whole names: nothing is expanded, so what is not written out is refused.
Result<Done> ReadScopes(json::Fields& fields, Statement& statement) {
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadStrings(fields, "registryScopes"));
  for (const Item& item : items) {
    if (item.text == kAny) {
      if (items.size() > 1) return Complain(item, "\"*\" stands alone");
      statement.is_global = true;
      return Done{};
    }
    const Result<ImagePattern> pattern = ImagePattern::Parse(item.text);
    const bool is_wild = item.text.find('*') != std::string::npos;
    if (is_wild || !pattern.ok()) {
      return Complain(item, is_wild ? "want \"*\" alone, or a repository without wildcards"
                                    : pattern.error().message());
    }
    if (pattern.value().Canonical() != item.text) {
      return Complain(item, "want the whole name: \"" + pattern.value().Canonical() + "\"");
    }
    statement.parts.images.push_back(pattern.value());
  }
  return Done{};
}

Result<Done> ReadIdentities(json::Fields& fields, trust::TrustedAuthority& authority) {
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadStrings(fields, "trustedIdentities"));
  for (const Item& item : items) {
    if (item.text == kAny) {
      if (items.size() > 1) return Complain(item, "\"*\" stands alone");
      authority.any_subject = true;
      return Done{};
    }
    if (!item.text.starts_with(kSubjectPrefix)) {
      return Complain(item, R"(want "*" or "x509.subject: C=..., ST=..., O=...")");
    }
    const std::string_view subject = std::string_view(item.text).substr(kSubjectPrefix.size());
    HALLMARK_RETURN_IF_ERROR(AddSubject(item, subject, authority));
  }
  return Done{};
}

// Who is meant, in words: "trust policy prod (ca:acme)". No key set can be called so.
std::string SignerSet(const std::string& name, const json::Value& statement) {
  std::string stores;
  for (const json::Value& store : *statement.Find("trustStores")->array()) {
    stores += (stores.empty() ? "" : ", ") + *store.string();
  }
  return "trust policy " + name + " (" + stores + ")";
}

Result<Done> ReadTrust(const json::Value& value, json::Fields& fields, Statement& statement) {
  Rule::Parts& parts = statement.parts;
  if (statement.verification.is_skipped) {
    for (const std::string_view name : {"trustStores", "trustedIdentities"}) {
      const json::Value* list = fields.OptionalAny(name);
      if (list == nullptr || (list->array() != nullptr && list->array()->empty())) continue;
      return fields.Complain(name, "does not go with level \"skip\"");
    }
    parts.allow_without_signature = true;
    return Done{};
  }
  trust::TrustedAuthority authority;
  authority.timestamp_use = statement.verification.timestamp_use;
  HALLMARK_ASSIGN(statement.stores, ReadStoreNames(fields));
  HALLMARK_RETURN_IF_ERROR(ReadIdentities(fields, authority));
  authority.signer_set = SignerSet(statement.name, value);
  parts.require = Requirement{SignedBy{authority.signer_set, 1}};
  parts.enforcement = statement.verification.enforcement;
  statement.authority = std::move(authority);
  return Done{};
}

Result<Statement> ReadStatement(const json::Value& value, const std::string& where,
                                const std::string& file) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, where, kStatement));
  Statement statement;
  HALLMARK_ASSIGN(const std::string name, fields.String("name"));
  if (name.empty() || name.size() > kMaxNameBytes) {
    return fields.Complain("name", "want a name of at most 128 bytes");
  }
  statement.name = Printable(name);
  statement.parts.name = statement.name;
  statement.parts.place = file + ":" + std::to_string(value.position().line);
  HALLMARK_RETURN_IF_ERROR(ReadScopes(fields, statement));
  HALLMARK_ASSIGN(statement.verification, ReadVerification(fields));
  HALLMARK_RETURN_IF_ERROR(ReadTrust(value, fields, statement));
  for (const std::string& what : statement.verification.loosened) {
    statement.parts.loosened.push_back("signatureVerification " + what + " (rule " +
                                       statement.name + ")");
  }
  return statement;
}

// Refuses two statements of one name and two that claim a repository.
class Claims {
 public:
  Result<Done> Add(const Statement& statement, json::Position position, const std::string& where) {
    if (!names_.insert(statement.name).second) {
      return ComplainAt(position, where, "another statement is called \"" + statement.name + "\"");
    }
    for (const ImagePattern& image : statement.parts.images) {
      if (scopes_.insert(image.Canonical()).second) continue;
      return ComplainAt(position, where, "scope \"" + image.text() + "\" has another statement");
    }
    if (!statement.is_global) return Done{};
    if (std::exchange(has_global_, true)) {
      return ComplainAt(position, where, "another statement has the scope \"*\"");
    }
    return Done{};
  }

 private:
  std::set<std::string> names_;
  std::set<std::string> scopes_;
  bool has_global_ = false;
};

Result<std::vector<Statement>> ReadStatements(const std::vector<json::Value>& items,
                                              const std::string& file) {
  std::vector<Statement> statements;
  Claims claims;
  for (const json::Value& item : items) {
    const std::string where = "trustPolicies[" + std::to_string(statements.size()) + "]";
    HALLMARK_ASSIGN(Statement statement, ReadStatement(item, where, file));
    HALLMARK_RETURN_IF_ERROR(claims.Add(statement, item.position(), where));
    statements.push_back(std::move(statement));
  }
  return statements;
}

// Reads the stores of all statements, or of those alone that decide about one of `images`.
Result<Done> ReadStores(std::vector<Statement> statements,
                        const std::vector<oci::Repository>* images, const StoreLoader& load_store,
                        PolicyContent& content) {
  std::set<const Rule*> needed;
  if (images != nullptr) needed = DecidingRules(content.rules, content.fallback, *images);
  Stores stores(load_store);
  auto next = content.rules.begin();
  for (Statement& statement : statements) {
    Rule& rule = statement.is_global ? content.fallback : *next++;
    if (!statement.authority) continue;
    if (images != nullptr && !needed.contains(&rule)) {
      rule = UnreadRule(statement.parts);
      continue;
    }
    HALLMARK_RETURN_IF_ERROR(stores.Read(statement.stores, *statement.authority));
    content.authorities.push_back(*std::move(statement.authority));
  }
  return Done{};
}

// What holds where no statement does: "MUST consider the artifact as untrusted".
Rule::Parts Nothing(const std::string& file) {
  Rule::Parts parts;
  parts.name = "default";
  parts.place = file + ":1";
  return parts;
}

}  // namespace

bool IsNotationPolicy(const json::Value& document) {
  return document.object() != nullptr && document.Find("trustPolicies") != nullptr &&
         document.Find("schema") == nullptr;
}

Result<PolicyContent> ReadNotationPolicy(const json::Value& document,
                                         const std::vector<oci::Repository>* images,
                                         const StoreLoader& load_store, const std::string& file) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(document, "", kDocument));
  HALLMARK_ASSIGN(const std::string version, fields.String("version"));
  if (version != "1.0") return fields.Complain("version", "want \"1.0\"");
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array("trustPolicies"));
  if (items->empty()) return fields.Complain("trustPolicies", "want at least one statement");
  HALLMARK_ASSIGN(std::vector<Statement> statements, ReadStatements(*items, file));
  PolicyContent content{{}, {}, {}, Rule(Nothing(file))};
  for (const Statement& statement : statements) {
    if (statement.is_global) {
      content.fallback = Rule(statement.parts);
    } else {
      content.rules.emplace_back(statement.parts);
    }
  }
  HALLMARK_RETURN_IF_ERROR(ReadStores(std::move(statements), images, load_store, content));
  return content;
}

}  // namespace hallmark::policy
