#include "hallmark/signature/cosign/cosign_format.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/oci/limits.h"
#include "hallmark/signature/cosign/internal/carrier.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/signature/cosign/limits.h"
#include "hallmark/signature/limits.h"

namespace hallmark::signature {
namespace {

std::size_t MaxBytesOf(const Candidate& candidate) {
  const bool is_payload = candidate.layer->media_type == cosign::kPayloadType;
  return is_payload ? cosign::kMaxPayloadBytes : candidate.max_bytes;
}

Loaded NoUse(const Candidate& candidate, Check check, Error error, std::string_view doing) {
  return Unreadable(FormatId::kCosign, candidate, check, std::move(error).While(doing));
}

// Of attestations, those that say to be of the wanted type come first; the newest first among
// equals, as they stand.
void PutLikelyFirst(std::vector<Candidate>& candidates, std::string_view predicate_type) {
  std::stable_partition(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    const auto& annotations = candidate.layer->annotations;
    const auto said = annotations.find(std::string(cosign::kPredicateAnnotation));
    return said != annotations.end() && said->second == predicate_type;
  });
}

// A payload's digest is what most schemes sign, so the manifest alone shows whose signature a layer
// may be. Where there are many, those of trusted keys come first: junk costs no request then.
void PutTrustedFirst(std::vector<Candidate>& candidates, const trust::TrustRoot& root) {
  if (candidates.size() < cosign::kManyLayers) return;
  std::size_t checks = 0;
  std::stable_partition(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    const auto& annotations = candidate.layer->annotations;
    const auto said = annotations.find(std::string(cosign::kSignatureAnnotation));
    if (said == annotations.end()) return false;
    const Result<Bytes> signature = encoding::FromBase64(said->second);
    if (!signature.ok()) return false;
    const oci::Digest& digest = candidate.layer->digest;
    return std::any_of(
        root.distinct().begin(), root.distinct().end(), [&](const std::size_t index) {
          const crypto::PublicKey& key = root.keys()[index].key;
          return std::any_of(
              key.DefaultSchemes().begin(), key.DefaultSchemes().end(), [&](crypto::Scheme scheme) {
                return checks++ < cosign::kMaxOrderingChecks &&
                       key.MaySign(scheme, digest.algorithm(), digest.bytes(), signature.value());
              });
        });
  });
}

// Reads the tag. kNotFound is an answer: nothing is there.
void FindInTag(const Context& context, store::Reader& reader, const store::Subject& subject,
               const Wanted& wanted, Found& found) {
  const bool is_sign = wanted.predicate_type == kSignPredicate;
  const std::string tag = CosignTag(subject.digest(), is_sign ? ".sig" : ".att");
  const oci::Repository& repository = subject.asked().repository();
  Result<oci::Content> manifest =
      reader.FetchManifest(context, oci::Reference::Of(repository, tag, std::nullopt));
  if (!manifest.ok()) {
    found.asked.push_back("tag " + tag + " " + std::string(ToWord(manifest.error().code())));
    if (manifest.error().code() == ErrorCode::kNotFound) return;
    found.gaps.push_back(std::move(manifest).error().While("read tag " + tag));
    return;
  }
  Result<std::vector<Candidate>> layers = cosign::LayersOf(manifest.value());
  found.asked.push_back("tag " + tag + " found");
  if (!layers.ok()) {
    // Load reads it again and says what is wrong with it.
    found.candidates.push_back({manifest.value().descriptor()});
    return;
  }
  if (is_sign) {
    PutTrustedFirst(layers.value(), wanted.root);
  } else {
    PutLikelyFirst(layers.value(), wanted.predicate_type);
  }
  for (Candidate& layer : layers.value()) layer.max_bytes = MaxEnvelopeBytes(wanted.predicate_type);
  found.candidates = std::move(layers).value();
}

void FindReferrers(const Context& context, store::Reader& reader, const store::Subject& subject,
                   Found& found) {
  store::Listing listing = reader.Referrers(context, subject.asked().repository(), subject.digest(),
                                            cosign::kReferrerType);
  // Those that do not say what they are come last.
  for (const bool is_said : {true, false}) {
    for (const oci::Descriptor& entry : listing.entries) {
      if (!cosign::MayBeReferrer(entry) || entry.artifact_type.empty() == is_said) continue;
      found.candidates.push_back({entry});
    }
  }
  if (listing.gap) found.gaps.push_back(*std::move(listing.gap));
  std::move(listing.asked.begin(), listing.asked.end(), std::back_inserter(found.asked));
}

Loaded LoadReferrer(const Context& context, store::Reader& reader, const store::Subject& subject,
                    const Candidate& candidate) {
  const std::string doing = "read referrer " + candidate.artifact.digest.ToString();
  if (candidate.artifact.size > oci::kMaxManifestBytes) {
    return NoUse(candidate, Check::kFormat,
                 Error(ErrorCode::kLimit, "said to have too many bytes for a manifest"), doing);
  }
  Result<oci::Content> manifest =
      reader.Fetch(context, subject.asked().repository(), candidate.artifact);
  if (!manifest.ok()) {
    return NoUse(candidate, Check::kFormat, std::move(manifest).error(), doing);
  }
  auto layers = cosign::ReferrerLayersOf(manifest.value(), subject.digest());
  if (!layers.ok()) {
    const bool other = layers.error().code() == ErrorCode::kMismatch;
    return NoUse(candidate, other ? Check::kSubject : Check::kFormat, std::move(layers).error(),
                 doing);
  }
  if (auto* unrelated = std::get_if<Unrelated>(&layers.value())) return std::move(*unrelated);
  return Several{std::get<std::vector<Candidate>>(std::move(layers).value())};
}

}  // namespace

std::string CosignTag(const oci::Digest& subject, std::string_view suffix) {
  return std::string(subject.algorithm_name()) + "-" + subject.hex() + std::string(suffix);
}

Found CosignFormat::Find(const Context& context, store::Reader& reader,
                         const store::Subject& subject, const Wanted& wanted) const {
  Found found;
  FindInTag(context, reader, subject, wanted, found);
  if (wanted.predicate_type == kSignPredicate) FindReferrers(context, reader, subject, found);
  return found;
}

Loaded CosignFormat::Load(const Context& context, store::Reader& reader,
                          const store::Subject& subject, const Candidate& candidate) const {
  if (!candidate.layer) return LoadReferrer(context, reader, subject, candidate);
  const oci::Descriptor& layer = *candidate.layer;
  if (layer.media_type != cosign::kPayloadType && layer.media_type != cosign::kEnvelopeType) {
    return Unrelated{Printable(layer.media_type)};
  }
  const std::string doing = "read layer " + layer.digest.ToString();
  const std::size_t max_bytes = MaxBytesOf(candidate);
  if (layer.size > max_bytes) {
    return NoUse(
        candidate, Check::kFormat,
        Error(ErrorCode::kLimit, "said to have " + std::to_string(layer.size) + " bytes, at most " +
                                     std::to_string(max_bytes) + " are read"),
        doing);
  }
  Result<oci::Content> envelope = reader.Fetch(context, subject.asked().repository(), layer);
  if (!envelope.ok()) {
    return NoUse(candidate, Check::kFormat, std::move(envelope).error(), doing);
  }
  return Signature{FormatId::kCosign, std::move(envelope).value(), candidate.artifact,
                   layer.annotations};
}

}  // namespace hallmark::signature
