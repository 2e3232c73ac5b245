#include "hallmark/plugin/verify_signature.h"

#include <algorithm>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/plugin/answer.h"
#include "hallmark/plugin/internal/protocol.h"

namespace hallmark::plugin {
namespace {

using json::Value;

Value TextList(const std::vector<std::string>& texts) {
  std::vector<Value> items;
  items.reserve(texts.size());
  for (const std::string& text : texts) items.push_back(Value::String(text));
  return Value::Array(std::move(items));
}

Value CriticalAttributes(const VerifyOrder& order) {
  Members members = {{"contentType", Value::String(order.content_type)},
                     {"signingScheme", Value::String(order.signing_scheme)},
                     {"verificationPlugin", Value::String(order.required.untrusted_name)}};
  if (order.required.untrusted_min_version) {
    members.emplace_back("verificationPluginMinVersion",
                         Value::String(*order.required.untrusted_min_version));
  }
  if (order.expiry) {
    members.emplace_back("expiry", Value::String(encoding::ToRfc3339(*order.expiry)));
  }
  if (order.authentic_signing_time) {
    members.emplace_back("authenticSigningTime",
                         Value::String(encoding::ToRfc3339(*order.authentic_signing_time)));
  }
  Members extended;
  for (const auto& [name, value] : order.extended) {
    extended.emplace_back(name, Value::String(value));
  }
  members.emplace_back("extendedAttributes", Value::Object(std::move(extended)));
  return Value::Object(std::move(members));
}

Value Policy(const VerifyOrder& order) {
  std::vector<std::string> checks;
  for (const Capability check : order.checks) checks.emplace_back(ToName(check));
  return Value::Object({{"trustedIdentities", TextList(order.trusted_identities)},
                        {"signatureVerification", TextList(checks)}});
}

Result<CheckResult> ResultOf(const Value& results, Capability check) {
  const std::string name(ToName(check));
  const Value* result = results.Find(name);
  const Value* success = result == nullptr ? nullptr : result->Find("success");
  if (success == nullptr || !success->boolean()) return NoAnswer("it has no result of " + name);
  const Value* reason = result->Find("reason");
  const bool has_reason =
      reason != nullptr && reason->string() != nullptr && !reason->string()->empty();
  return CheckResult{check, *success->boolean(),
                     has_reason ? Printable(*reason->string()) : "without a reason"};
}

Result<Done> CheckProcessed(const Value& answer, const VerifyOrder& order) {
  HALLMARK_ASSIGN(const auto processed, TextsOf(answer, "processedAttributes"));
  const std::set<std::string> found(processed.begin(), processed.end());
  for (const auto& [name, value] : order.extended) {
    if (!found.contains(name)) {
      return NoAnswer("it did not process the critical attribute \"" + Printable(name) + "\"");
    }
  }
  if (found.size() == order.extended.size()) return Done{};
  return NoAnswer("it processed attributes that it was not handed");
}

bool IsVerifierCapability(Capability capability) {
  return capability == Capability::kTrustedIdentity || capability == Capability::kRevocationCheck;
}

}  // namespace

Result<Verifier> OpenVerifier(const RequiredPlugin& required, World world) {
  if (!IsName(required.untrusted_name)) {
    return Error(ErrorCode::kMalformed,
                 "\"" + Printable(required.untrusted_name) + "\" cannot be a plugin's name");
  }
  HALLMARK_ASSIGN(Plugin plugin, Plugin::Find(required.untrusted_name, std::move(world)));
  HALLMARK_ASSIGN(Metadata metadata, plugin.Describe({}));
  if (required.untrusted_min_version) {
    HALLMARK_RETURN_IF_ERROR(CheckVersion({metadata.version, *required.untrusted_min_version}));
  }
  if (std::ranges::none_of(metadata.capabilities, IsVerifierCapability)) {
    return Error(ErrorCode::kConfig, "it has no capability to verify signatures");
  }
  return Verifier{std::move(plugin), std::move(metadata)};
}

std::string VerifyRequest(const VerifyOrder& order) {
  std::vector<std::string> names;
  for (const auto& [name, value] : order.extended) names.push_back(name);
  std::vector<std::string> chain;
  for (const Bytes& der : order.certificate_chain) chain.push_back(encoding::ToBase64(der));
  Members members = RequestOf(order.config);
  members.emplace_back("signature",
                       Value::Object({{"criticalAttributes", CriticalAttributes(order)},
                                      {"unprocessedAttributes", TextList(names)},
                                      {"certificateChain", TextList(chain)}}));
  members.emplace_back("trustPolicy", Policy(order));
  return json::ToText(Value::Object(std::move(members)));
}

Result<std::vector<CheckResult>> ParseVerifyAnswer(ByteView answer, const VerifyOrder& order) {
  HALLMARK_ASSIGN(const Value value, ParseAnswer(answer));
  const Value* results = value.Find("verificationResults");
  if (results == nullptr || results->object() == nullptr) {
    return NoAnswer("its answer has no object \"verificationResults\"");
  }
  std::vector<CheckResult> checks;
  for (const Capability check : order.checks) {
    HALLMARK_ASSIGN(CheckResult result, ResultOf(*results, check));
    checks.push_back(std::move(result));
  }
  // Names of a JSON object are distinct, and each check was found.
  if (results->object()->size() != checks.size()) {
    return NoAnswer("it has results of checks that were not asked for");
  }
  HALLMARK_RETURN_IF_ERROR(CheckProcessed(value, order));
  return checks;
}

Result<std::vector<CheckResult>> VerifySignature(const Verifier& verifier,
                                                 const VerifyOrder& order) {
  std::set<Capability> seen;
  for (const Capability check : order.checks) {
    if (!IsVerifierCapability(check) || !seen.insert(check).second) {
      return Error(ErrorCode::kInternal, "no check of a plugin, or one that is ordered twice");
    }
    if (!verifier.metadata.Can(check)) {
      return Error(ErrorCode::kConfig, "it has not the capability " + std::string(ToName(check)));
    }
  }
  HALLMARK_ASSIGN(const Bytes answer,
                  verifier.plugin.Ask("verify-signature", VerifyRequest(order)));
  return ParseVerifyAnswer(answer, order);
}

}  // namespace hallmark::plugin
