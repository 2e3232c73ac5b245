#include "hallmark/signature/bundle/bundle_format.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/oci/limits.h"
#include "hallmark/signature/bundle/carrier.h"
#include "hallmark/signature/bundle/media_types.h"

namespace hallmark::signature {
namespace {

std::string_view Annotation(const oci::Descriptor& entry, std::string_view name) {
  const auto found = entry.annotations.find(std::string(name));
  return found == entry.annotations.end() ? std::string_view() : found->second;
}

// Smaller is more promising: the wanted predicate type, none said, another one.
int Rank(const oci::Descriptor& entry, std::string_view predicate_type) {
  const std::string_view said = Annotation(entry, bundle::kPredicateAnnotation);
  if (said == predicate_type) return 0;
  return said.empty() ? 1 : 2;
}

// Newer ones first among equals: after a rotation the newest key is the trusted one.
void SortByPromise(std::vector<Candidate>& candidates, std::string_view predicate_type) {
  const auto promise = [predicate_type](const Candidate& left, const Candidate& right) {
    const int left_rank = Rank(left.artifact, predicate_type);
    const int right_rank = Rank(right.artifact, predicate_type);
    if (left_rank != right_rank) return left_rank < right_rank;
    return Annotation(left.artifact, bundle::kCreatedAnnotation) >
           Annotation(right.artifact, bundle::kCreatedAnnotation);
  };
  std::stable_sort(candidates.begin(), candidates.end(), promise);
}

// Whether an error says that the evidence is bad, rather than that it could not be had.
bool IsVerdict(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformed:
    case ErrorCode::kMismatch:
    case ErrorCode::kLimit:
    case ErrorCode::kUnsupported:
      return true;
    default:
      return false;
  }
}

Loaded NoUse(const Candidate& candidate, Check check, Error error, std::string_view doing) {
  const Error told = std::move(error).While(doing);
  if (!IsVerdict(told.code())) return told;
  Assessment assessment{FormatId::kSigstoreBundle, candidate.artifact, {}, std::nullopt, {}};
  assessment.findings.push_back(
      {check, Outcome::kFailed, std::string(ToWord(told.code())), told.message()});
  return assessment;
}

Result<oci::Content> FetchCarrier(const Context& context, store::Reader& reader,
                                  const oci::Repository& repository,
                                  const oci::Descriptor& carrier) {
  if (carrier.size > oci::kMaxManifestBytes) {
    return Error(ErrorCode::kLimit, "said to have " + std::to_string(carrier.size) +
                                        " bytes, too many for a manifest");
  }
  return reader.Fetch(context, repository, carrier);
}

}  // namespace

Found BundleFormat::Find(const Context& context, store::Reader& reader,
                         const store::Subject& subject, std::string_view predicate_type) const {
  store::Listing listing = reader.Referrers(context, subject.asked().repository(), subject.digest(),
                                            bundle::kBundleType);
  Found found;
  for (oci::Descriptor& entry : listing.entries) {
    if (bundle::MayBeBundle(entry)) found.candidates.push_back({std::move(entry)});
  }
  SortByPromise(found.candidates, predicate_type);
  if (listing.gap) found.gaps.push_back(*std::move(listing.gap));
  found.asked = std::move(listing.asked);
  return found;
}

Loaded BundleFormat::Load(const Context& context, store::Reader& reader,
                          const store::Subject& subject, const Candidate& candidate) const {
  const oci::Repository& repository = subject.asked().repository();
  const std::string digest = candidate.artifact.digest.ToString();
  Result<oci::Content> carrier = FetchCarrier(context, reader, repository, candidate.artifact);
  if (!carrier.ok()) {
    return NoUse(candidate, Check::kFormat, std::move(carrier).error(), "read referrer " + digest);
  }
  auto carried = bundle::ParseCarrier(carrier.value(), subject.digest());
  if (!carried.ok()) {
    const bool other = carried.error().code() == ErrorCode::kMismatch;
    return NoUse(candidate, other ? Check::kSubject : Check::kFormat, std::move(carried).error(),
                 "referrer " + digest);
  }
  if (auto* unrelated = std::get_if<Unrelated>(&carried.value())) return std::move(*unrelated);
  const auto& layer = std::get<oci::Descriptor>(carried.value());
  Result<oci::Content> envelope = reader.Fetch(context, repository, layer);
  if (!envelope.ok()) {
    return NoUse(candidate, Check::kFormat, std::move(envelope).error(),
                 "read bundle " + layer.digest.ToString());
  }
  return Signature{FormatId::kSigstoreBundle, std::move(envelope).value(), candidate.artifact};
}

}  // namespace hallmark::signature
