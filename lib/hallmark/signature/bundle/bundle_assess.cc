#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "hallmark/signature/bundle/internal/signer_search.h"
#include "hallmark/signature/bundle/internal/statement.h"

namespace hallmark::signature {
namespace {

Assessment FailWith(Prover prover, Check check, const Error& error) {
  return std::move(prover).Fail(check, std::string(ToWord(error.code())), error.message());
}

// The format passed; says what of it was left unread.
void PassFormat(Prover& prover, const bundle::UnverifiedBundle& bundle) {
  prover.Pass(Check::kFormat, "sigstore bundle v0.3");
  prover.Hint(bundle::HintText(bundle));
  if (bundle.timestamps > 0) {
    prover.NotApplicable(Check::kTimestamp, std::to_string(bundle.timestamps) +
                                                " not looked at: a plain key needs none");
  }
  if (bundle.log_entries > 0) {
    prover.NotApplicable(Check::kTransparency, std::to_string(bundle.log_entries) +
                                                   " not looked at: a plain key needs none");
  }
}

Finding ExpiryOf(const Claim& claim, UnixTime now) {
  if (!claim.expires) {
    return {Check::kExpiry, Outcome::kNotApplicable, "not-applicable", "signed without an expiry"};
  }
  const std::string time = encoding::ToRfc3339(*claim.expires);
  if (now > *claim.expires) {
    return {Check::kExpiry, Outcome::kFailed, "expired", "the signature expired at " + time};
  }
  return {Check::kExpiry, Outcome::kPassed, "ok", "until " + time};
}

}  // namespace

// The order is part of the promise: format, then the signature over the raw bytes, and only then
// what those bytes say.
Assessment BundleFormat::Assess(const Signature& signature, const store::Subject& subject,
                                const trust::TrustRoot& root, UnixTime now) const {
  Prover prover(signature);
  const Result<bundle::UnverifiedBundle> parsed = bundle::ParseBundle(signature.envelope.bytes());
  if (!parsed.ok()) return FailWith(std::move(prover), Check::kFormat, parsed.error());
  PassFormat(prover, parsed.value());

  auto found = bundle::FindSigner(parsed.value(), root);
  if (auto* none = std::get_if<bundle::NoSigner>(&found)) {
    const Check check =
        none->reason == "untrusted-signer" ? Check::kAuthenticity : Check::kIntegrity;
    return std::move(prover).Fail(check, std::move(none->reason), std::move(none->detail));
  }
  const auto& signer = std::get<bundle::TrustedSigner>(found);
  const trust::TrustedKey& key = root.keys()[signer.entries.front()];
  prover.Pass(Check::kIntegrity,
              "key " + key.key.id() + " (" + key.name + "), " + std::string(ToName(signer.scheme)));

  Result<Claim> claim = bundle::ParseStatement(signer.proof, subject.digest());
  if (!claim.ok()) return FailWith(std::move(prover), Check::kSubject, claim.error());
  prover.Pass(Check::kSubject, claim.value().predicate_type);

  auto identity = bundle::CurrentIdentity(signer, root, now);
  if (auto* none = std::get_if<bundle::NoSigner>(&identity)) {
    return std::move(prover).Fail(Check::kAuthenticity, std::move(none->reason),
                                  std::move(none->detail));
  }
  auto& who = std::get<SignerIdentity>(identity);
  prover.Pass(Check::kAuthenticity, who.key_sets.front());
  std::vector<Finding> further{ExpiryOf(claim.value(), now)};
  return std::move(prover).Succeed(signer.proof, std::move(claim).value(), std::move(who),
                                   std::move(further));
}

}  // namespace hallmark::signature
