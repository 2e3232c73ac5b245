#include "tools/common/verification_plugins.h"

#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/plugin/verify_signature.h"
#include "tools/common/plugin_world.h"

namespace hallmark::cli {
namespace {

constexpr std::string_view kPayloadType = "application/vnd.cncf.notary.payload.v1+json";

plugin::VerifyOrder OrderOf(const signature::PluginQuestion& question,
                            const plugin::Metadata& metadata,
                            const policy::Enforcement& enforcement) {
  plugin::VerifyOrder order{{question.plugin, question.min_version},
                            std::string(kPayloadType),
                            question.scheme,
                            question.expiry,
                            question.authentic_signing_time,
                            question.extended,
                            question.chain,
                            question.identities,
                            {},
                            {}};
  const auto add = [&](plugin::Capability check, policy::Action action) {
    if (action != policy::Action::kSkip && metadata.Can(check)) order.checks.push_back(check);
  };
  add(plugin::Capability::kTrustedIdentity, enforcement.authenticity);
  add(plugin::Capability::kRevocationCheck, enforcement.revocation);
  return order;
}

signature::PluginWord WordOf(const std::string& name,
                             const std::vector<plugin::CheckResult>& results) {
  signature::PluginWord word{name, std::nullopt, std::nullopt};
  for (const plugin::CheckResult& result : results) {
    const signature::PluginWord::Check check{result.passed, result.reason};
    if (result.check == plugin::Capability::kTrustedIdentity) word.identity = check;
    if (result.check == plugin::Capability::kRevocationCheck) word.revocation = check;
  }
  return word;
}

}  // namespace

Result<signature::PluginWord> VerificationPlugins::Ask(const Context& context,
                                                       const signature::PluginQuestion& question,
                                                       const policy::Enforcement& enforcement) {
  const std::string name = Printable(question.plugin, 128);
  plugin::World world = PluginWorldOf(environment_);
  world.until = context.deadline;
  world.stop = context.stop;
  auto verifier = plugin::OpenVerifier({question.plugin, question.min_version}, std::move(world));
  if (!verifier.ok()) return std::move(verifier).error().While("verification plugin " + name);
  // Nothing that it could say makes a trusted identity of this signer. Where the rule overlooks
  // that, the plugin still has to process what the signature demands.
  if (enforcement.authenticity == policy::Action::kEnforce && !question.is_named &&
      !verifier.value().metadata.Can(plugin::Capability::kTrustedIdentity)) {
    return signature::PluginWord{name, std::nullopt, std::nullopt};
  }
  const auto results = plugin::VerifySignature(
      verifier.value(), OrderOf(question, verifier.value().metadata, enforcement));
  if (!results.ok()) return Error(results.error()).While("verification plugin " + name);
  return WordOf(name, results.value());
}

}  // namespace hallmark::cli
