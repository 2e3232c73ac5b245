#include "hallmark/signature/attestation.h"

#include "hallmark/base/utf8.h"
#include "hallmark/encoding/json_outline.h"
#include "hallmark/signature/limits.h"
#include "hallmark/signature/signature.h"

namespace hallmark::signature {
namespace {

Error Refused(const std::string& why) { return {ErrorCode::kConfig, "the predicate: " + why}; }

// The statement around it is one level.
constexpr json::Limits kLimits{kMaxPredicateBytes, kMaxStatementDepth - 1, kMaxPredicateValues};

}  // namespace

Result<Attestation> Attestation::Of(std::string predicate_type, Bytes predicate) {
  if (predicate_type.empty() || !IsUtf8(predicate_type) ||
      predicate_type.find('\0') != std::string::npos) {
    return Error(ErrorCode::kConfig, "the predicate type is no UTF-8 text");
  }
  if (predicate_type == kSignPredicate) {
    return Error(ErrorCode::kConfig,
                 "an attestation of type " + predicate_type + " would be a signature: use sign");
  }
  const Result<json::Kind> kind = json::Check(predicate, kLimits);
  if (!kind.ok()) return Refused(kind.error().message());
  if (kind.value() != json::Kind::kObject) return Refused("want a JSON object");
  return Attestation(std::move(predicate_type), std::move(predicate));
}

}  // namespace hallmark::signature
