#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/signer_search.h"
#include "hallmark/signature/statement.h"

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

}  // namespace

// The order is part of the promise: format, then the signature over the raw bytes, and only then
// what those bytes say.
Assessment BundleFormat::Assess(const Signature& signature, const store::Subject& subject,
                                const trust::TrustRoot& root, UnixTime now) const {
  Prover prover(signature);
  Result<bundle::UnverifiedBundle> parsed = bundle::ParseBundle(signature.envelope.bytes());
  if (!parsed.ok()) return FailWith(std::move(prover), Check::kFormat, parsed.error());
  PassFormat(prover, parsed.value());

  bundle::UnverifiedBundle& bundle = parsed.value();
  const Bytes encoding = PreAuthEncoding(bundle.payload_type, bundle.payload);
  bundle.payload = {};  // it may be large, and is in the encoding
  const std::string signer = bundle::HintText(bundle);
  return AssessByKey(
      std::move(prover),
      {encoding,
       bundle.signature,
       bundle.HintedKey(),
       {"untrusted-signer", "by " + signer + ": none of the trusted keys made this signature"}},
      {subject.digest(), root, now}, ParseStatement);
}

}  // namespace hallmark::signature
