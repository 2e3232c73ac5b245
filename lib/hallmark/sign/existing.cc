#include "hallmark/sign/internal/existing.h"

#include <iterator>
#include <utility>
#include <variant>
#include <vector>

namespace hallmark::sign {
namespace {

using signature::Claim;

bool IsSameButForTimes(const Claim& left, const Claim& right) {
  return left.subject == right.subject && left.predicate_type == right.predicate_type &&
         left.annotations == right.annotations && left.repository == right.repository &&
         left.tag == right.tag;
}

bool IsCurrent(const Claim& claim, UnixTime now) { return !claim.expires || now <= *claim.expires; }

Result<trust::TrustRoot> TrustOnly(const crypto::PublicKey& key) {
  return trust::TrustRoot::Of({trust::TrustedKey{"signer", "the signing key", key, {}, {}}});
}

}  // namespace

Result<std::optional<oci::Digest>> FindExisting(const Context& context, store::Reader& reader,
                                                const signature::SigningFormat& format,
                                                const store::Subject& subject, const Claim& claim,
                                                const crypto::PublicKey& key, UnixTime now) {
  HALLMARK_ASSIGN(const trust::TrustRoot root, TrustOnly(key));
  const Claim wanted = format.Sayable(claim);
  signature::Found found = format.Find(context, reader, subject, {claim.predicate_type, root});
  std::vector<signature::Candidate>& candidates = found.candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i == kMaxExistingRead) return std::optional<oci::Digest>();
    signature::Loaded loaded = format.Load(context, reader, subject, candidates[i]);
    if (auto* error = std::get_if<Error>(&loaded)) {
      // Listed and since deleted: certainly no reason to skip.
      if (error->code() == ErrorCode::kNotFound) continue;
      return std::move(*error);
    }
    if (auto* several = std::get_if<signature::Several>(&loaded)) {
      std::move(several->candidates.begin(), several->candidates.end(),
                std::back_inserter(candidates));
    }
    const auto* existing = std::get_if<signature::Signature>(&loaded);
    if (existing == nullptr) continue;
    const signature::Assessment assessment = format.Assess(*existing, subject, root, now);
    if (assessment.verified && IsSameButForTimes(assessment.verified->claim(), wanted) &&
        IsCurrent(assessment.verified->claim(), now)) {
      return std::optional<oci::Digest>(assessment.artifact.digest);
    }
  }
  if (!found.gaps.empty()) {
    return std::move(found.gaps.front()).While("find out whether it is signed");
  }
  return std::optional<oci::Digest>();
}

}  // namespace hallmark::sign
