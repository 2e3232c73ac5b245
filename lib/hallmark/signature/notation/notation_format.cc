#include "hallmark/signature/notation/notation_format.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "hallmark/oci/limits.h"
#include "hallmark/signature/notation/internal/format_ids.h"
#include "hallmark/signature/notation/internal/signature_manifest.h"

namespace hallmark::signature {
namespace {

using notation::SignatureManifest;
using trust::StoreKind;

// Whether the listing says that a trusted certificate is in the chain. Only a hint.
bool NamesAnchor(const oci::Descriptor& entry, const trust::TrustRoot& root) {
  const auto said = entry.annotations.find(std::string(notation::kThumbprintAnnotation));
  if (said == entry.annotations.end()) return false;
  const auto thumbprints = notation::ParseThumbprints(said->second);
  return thumbprints.ok() &&
         std::any_of(thumbprints.value().begin(), thumbprints.value().end(), [&](const auto& one) {
           return !root.FindAnchor(StoreKind::kCa, one).empty() ||
                  !root.FindAnchor(StoreKind::kSigningAuthority, one).empty();
         });
}

// Smaller is more promising: under a trusted certificate, a signature, no word of what it is.
int Rank(const oci::Descriptor& entry, const trust::TrustRoot& root) {
  if (entry.artifact_type != notation::kSignatureType) return 2;
  return NamesAnchor(entry, root) ? 0 : 1;
}

// What Load read of a candidate's manifest: where the envelope is, or the end of it.
using Carried = std::variant<SignatureManifest, Loaded>;

Carried ReadManifest(const Context& context, store::Reader& reader, const store::Subject& subject,
                     const Candidate& candidate, FormatId format) {
  const std::string doing = "referrer " + candidate.artifact.digest.ToString();
  if (candidate.artifact.size > oci::kMaxManifestBytes) {
    return Unreadable(format, candidate, Check::kFormat,
                      Error(ErrorCode::kLimit, doing + " is said to be too large for a manifest"));
  }
  Result<oci::Content> manifest =
      reader.Fetch(context, subject.asked().repository(), candidate.artifact);
  if (!manifest.ok()) {
    return Unreadable(format, candidate, Check::kFormat,
                      std::move(manifest).error().While("read " + doing));
  }
  auto carried = notation::ParseSignatureManifest(manifest.value(), subject.digest());
  if (!carried.ok()) {
    const bool other = carried.error().code() == ErrorCode::kMismatch;
    return Unreadable(format, candidate, other ? Check::kSubject : Check::kFormat,
                      std::move(carried).error().While(doing));
  }
  if (auto* unrelated = std::get_if<Unrelated>(&carried.value())) return std::move(*unrelated);
  return std::get<SignatureManifest>(std::move(carried).value());
}

}  // namespace

Found NotationFormat::Find(const Context& context, store::Reader& reader,
                           const store::Subject& subject, const Wanted& wanted) const {
  Found found;
  if (wanted.predicate_type != kSignPredicate) return found;  // it holds signatures alone
  store::Listing listing = reader.Referrers(context, subject.asked().repository(), subject.digest(),
                                            notation::kSignatureType);
  for (const int rank : {0, 1, 2}) {
    for (const oci::Descriptor& entry : listing.entries) {
      if (!notation::MayBeSignature(entry) || Rank(entry, wanted.root) != rank) continue;
      found.candidates.push_back({entry});
    }
  }
  if (listing.gap) found.gaps.push_back(*std::move(listing.gap));
  found.asked = std::move(listing.asked);
  return found;
}

Loaded NotationFormat::Load(const Context& context, store::Reader& reader,
                            const store::Subject& subject, const Candidate& candidate) const {
  Carried carried = ReadManifest(context, reader, subject, candidate, id());
  if (auto* ended = std::get_if<Loaded>(&carried)) return std::move(*ended);
  const auto& manifest = std::get<SignatureManifest>(carried);
  const FormatId format = notation::FormatOf(manifest.type);
  if (std::find(kinds_.begin(), kinds_.end(), format) == kinds_.end()) {
    return Unrelated{std::string(notation::MediaTypeOf(manifest.type))};
  }
  Result<oci::Content> envelope =
      reader.Fetch(context, subject.asked().repository(), manifest.envelope);
  if (!envelope.ok()) {
    return Unreadable(
        format, candidate, Check::kFormat,
        std::move(envelope).error().While("read envelope " + manifest.envelope.digest.ToString()));
  }
  return Signature{format, std::move(envelope).value(), candidate.artifact};
}

}  // namespace hallmark::signature
