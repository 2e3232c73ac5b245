#include "hallmark/signature/bundle/bundle_format.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/oci/limits.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "hallmark/signature/bundle/internal/carrier.h"
#include "hallmark/signature/bundle/internal/media_types.h"

namespace hallmark::signature {
namespace {

std::string_view Annotation(const oci::Descriptor& entry, std::string_view name) {
  const auto found = entry.annotations.find(std::string(name));
  return found == entry.annotations.end() ? std::string_view() : found->second;
}

// Smaller is more promising: of the wanted kind and by a trusted key, of the wanted kind, no word
// of its kind, another kind.
int Rank(const oci::Descriptor& entry, const Wanted& wanted) {
  const std::string_view kind = Annotation(entry, bundle::kPredicateAnnotation);
  if (kind.empty()) return 3;
  if (kind != wanted.predicate_type) return 4;
  const std::string_view hint = Annotation(entry, bundle::kKeyHintAnnotation);
  if (hint.empty()) return 1;
  const auto fingerprint = bundle::FingerprintFromHint(hint);
  return fingerprint && !wanted.root.Find(*fingerprint).empty() ? 0 : 2;
}

struct Promise {
  int rank;
  std::string_view created;
};

// Newer ones first among equals: after a rotation the newest key is the trusted one.
std::vector<Candidate> InOrderOfPromise(std::vector<oci::Descriptor> entries,
                                        const Wanted& wanted) {
  std::vector<std::pair<Promise, std::size_t>> order;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    order.push_back(
        {{Rank(entries[i], wanted), Annotation(entries[i], bundle::kCreatedAnnotation)}, i});
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& left, const auto& right) {
    if (left.first.rank != right.first.rank) return left.first.rank < right.first.rank;
    return left.first.created > right.first.created;
  });
  // The promises see into the entries: nothing is moved before all are in order.
  std::vector<Candidate> candidates;
  candidates.reserve(order.size());
  const std::size_t max_bytes = MaxEnvelopeBytes(wanted.predicate_type);
  for (const auto& [promise, index] : order) {
    candidates.push_back({std::move(entries[index]), {}, max_bytes});
  }
  return candidates;
}

Loaded NoUse(const Candidate& candidate, Check check, Error error, std::string_view doing) {
  return Unreadable(FormatId::kSigstoreBundle, candidate, check, std::move(error).While(doing));
}

Result<oci::Content> FetchBundle(const Context& context, store::Reader& reader,
                                 const oci::Repository& repository, const oci::Descriptor& layer,
                                 std::size_t max_bytes) {
  if (layer.size > max_bytes) {
    return Error(ErrorCode::kLimit, "said to have " + std::to_string(layer.size) +
                                        " bytes, at most " + std::to_string(max_bytes) +
                                        " are read");
  }
  return reader.Fetch(context, repository, layer);
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
                         const store::Subject& subject, const Wanted& wanted) const {
  store::Listing listing = reader.Referrers(context, subject.asked().repository(), subject.digest(),
                                            bundle::kBundleType);
  std::erase_if(listing.entries,
                [](const oci::Descriptor& entry) { return !bundle::MayBeBundle(entry); });
  Found found;
  found.candidates = InOrderOfPromise(std::move(listing.entries), wanted);
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
  Result<oci::Content> envelope =
      FetchBundle(context, reader, repository, layer, candidate.max_bytes);
  if (!envelope.ok()) {
    return NoUse(candidate, Check::kFormat, std::move(envelope).error(),
                 "read bundle " + layer.digest.ToString());
  }
  return Signature{FormatId::kSigstoreBundle, std::move(envelope).value(), candidate.artifact};
}

}  // namespace hallmark::signature
