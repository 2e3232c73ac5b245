#ifndef HALLMARK_POLICY_TRUST_POLICY_H_
#define HALLMARK_POLICY_TRUST_POLICY_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/policy/image_pattern.h"
#include "hallmark/policy/overrides.h"
#include "hallmark/policy/requirement.h"
#include "hallmark/policy/verdict.h"
#include "hallmark/store/store.h"
#include "hallmark/trust/trust_root.h"

namespace hallmark::policy {

// One scope and what it asks for.
class Rule {
 public:
  struct Parts {
    std::string name;
    std::string place;                   // "policy.json:14"; empty for ad-hoc rules
    std::vector<ImagePattern> images;    // empty only for ad-hoc rules and the default
    std::optional<Requirement> require;  // nullopt: deny everything, or exempt
    Expectation expectation;
    Mode mode = Mode::kEnforce;
    OnUnknown on_unknown = OnUnknown::kRefuse;
    Enforcement enforcement = {};
    // The default "allow-unmatched"; with images, the level "skip" of the Notary Project.
    bool allow_without_signature = false;
    // Its trust stores were not read, because it is not about the images asked about: it denies.
    bool is_unread = false;
    // The policy's deny list and exceptions; null where it has none.
    std::shared_ptr<const Overrides> overrides;
    // What of the rule or the command line lowers a check; not empty where `enforcement` is not all
    // kEnforce.
    std::vector<std::string> loosened;
  };
  explicit Rule(Parts parts) : parts_(std::move(parts)) {}

  const Parts& parts() const { return parts_; }
  const std::string& name() const { return parts_.name; }

  // Whether any signature has to be looked for: not where nothing is required, and not for an image
  // on the deny list.
  bool NeedsEvidence(const store::Subject& subject) const;

  // The kinds of statements that it asks for, as predicate types, each once.
  std::vector<std::string> Kinds() const;

  // Whether the image itself has to be read, and whether its config has to be.
  bool NeedsImage() const;
  bool NeedsConfig() const;

  // Pure. Deny unless the requirement is met by VerifiedSignatures that meet the expectation, or
  // the rule says in so many words to warn or to exempt, or an exception covers the image. Gaps
  // that could have changed the answer make it Unknown; no candidate and no gap make it Unsigned.
  // An image on the deny list is denied whatever else holds.
  Verdict Decide(const store::Subject& subject, const Evidence& evidence, UnixTime now) const;

  // The verdict when the image itself could not be resolved: kMismatch, kMalformed, kLimit and
  // kUnsupported deny (that evidence is bad), everything else is Unknown.
  Verdict DecideUnresolved(const Error& error) const;

  // "1 of key set ci-2026"
  std::string Wants() const;

 private:
  Parts parts_;
};

// Reads a key file that a policy names, relative to the policy's own folder.
using KeyLoader = std::function<Result<crypto::PublicKey>(const std::string& file)>;

// Reads a named trust store of the Notary Project, "hallmark" of kind kCa for "ca:hallmark".
using StoreLoader = std::function<Result<std::vector<x509::Certificate>>(trust::StoreKind kind,
                                                                         const std::string& name)>;

// docs/policy.schema.json as it was when this library was built (JSON Schema 2020-12).
std::string_view PolicySchema();

// A validated trust policy (docs/policy.md, docs/policy.schema.json). Immutable and shared.
class TrustPolicy {
 public:
  // `name` is the file name for messages and places. Every problem is kConfig and starts with
  // "name:line:column: ": unknown or duplicate members, unknown schema, no rules and no default, a
  // key set without keys, a count of 0 or above the set's size, two rules with one name or with
  // equally specific patterns that can match one image, an empty `require`, text over 1 MiB.
  //
  // A document with "trustPolicies" is the Notary Project's trustpolicy.json, version 1.0
  // (trust-store-trust-policy.md; docs/formats/notation-policy.md): each statement is a rule, the
  // global one the default. Refused beyond what notation refuses: unknown members.
  static Result<TrustPolicy> Parse(ByteView text, const std::string& name,
                                   const KeyLoader& load_key, const StoreLoader& load_store = {});

  // The same to verify `images` and no others: trust stores that only other images need are not
  // read, as in notation, and nothing is said about what is wrong with them. The rules that name
  // them deny (Parts::is_unread) and trust nobody. Everything else is read and checked.
  static Result<TrustPolicy> ParseFor(const std::vector<oci::Repository>& images, ByteView text,
                                      const std::string& name, const KeyLoader& load_key,
                                      const StoreLoader& load_store);

  // A policy of one rule that matches every image: what `verify --key` and `--trust-store` ask.
  // kConfig as TrustRoot::Of says it, without a requirement, or with one that nobody can meet.
  static Result<TrustPolicy> ForSigners(std::vector<trust::TrustedKey> keys,
                                        std::vector<trust::TrustedAuthority> authorities,
                                        Rule::Parts rule);
  static Result<TrustPolicy> ForKeys(std::vector<trust::TrustedKey> keys, Rule::Parts rule);

  // The same, with these wanted of every signature beside what its rules want: what `notation
  // verify -m` asks of its policy. Only tightens. kConfig where a rule wants another value.
  Result<TrustPolicy> WithAnnotations(const std::map<std::string, std::string>& annotations) const;

  // Whether it was written as the Notary Project's trustpolicy.json.
  bool is_notation() const;

  // The rule with the most specific pattern that matches; the default rule when none does.
  const Rule& RuleFor(const oci::Reference& reference) const;

  const std::vector<Rule>& rules() const;  // in the order of the file, without the default
  const Rule& default_rule() const;
  const trust::TrustRoot& trust_root() const;  // everybody that some rule trusts, as far as read
  // Whom one of the rules trusts. A statement of the Notary Project knows its own stores and its
  // own use of timestamps and no other's, whatever signers they share; one that is unread, and one
  // of another policy, trust nobody.
  const trust::TrustRoot& TrustRootFor(const Rule& rule) const;
  const std::string& sha256() const;  // of the text; empty for ad-hoc policies

 private:
  struct Impl;
  static Result<TrustPolicy> Read(ByteView text, const std::string& name,
                                  const std::vector<oci::Repository>* images,
                                  const KeyLoader& load_key, const StoreLoader& load_store);
  explicit TrustPolicy(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_TRUST_POLICY_H_
