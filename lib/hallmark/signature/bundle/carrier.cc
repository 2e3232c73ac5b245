#include "hallmark/signature/bundle/internal/carrier.h"

#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/bundle/internal/media_types.h"
#include "hallmark/signature/bundle/limits.h"

namespace hallmark::signature::bundle {
namespace {

using json::Value;

// image-spec v1.1 manifest.md: without an artifactType, the config's media type says what it is.
std::string TypeOf(const oci::ImageManifest& manifest) {
  if (!manifest.artifact_type.empty() || !manifest.config) return manifest.artifact_type;
  return manifest.config->media_type;
}

Result<Done> CheckSubject(const oci::ImageManifest& manifest, const oci::Digest& subject) {
  if (!manifest.subject) {
    return Error(ErrorCode::kMismatch, "the referrer names no subject");
  }
  if (manifest.subject->digest != subject) {
    return Error(ErrorCode::kMismatch,
                 "the referrer is about " + manifest.subject->digest.ToString());
  }
  return Done{};
}

Result<oci::Descriptor> BundleLayer(const oci::ImageManifest& manifest) {
  if (manifest.layers.size() != 1) {
    return Error(ErrorCode::kMalformed, "the referrer has " +
                                            std::to_string(manifest.layers.size()) +
                                            " layers, want one: the bundle");
  }
  const oci::Descriptor& layer = manifest.layers.front();
  if (layer.media_type != kBundleType) {
    return Error(ErrorCode::kMalformed,
                 "the referrer's layer is " + Printable(layer.media_type) + ", want a bundle");
  }
  if (layer.size > kMaxBundleBytes) {
    return Error(ErrorCode::kLimit, "the bundle is said to have " + std::to_string(layer.size) +
                                        " bytes, at most " + std::to_string(kMaxBundleBytes) +
                                        " are read");
  }
  return layer;
}

Value Describe(const oci::Descriptor& descriptor,
               std::vector<std::pair<std::string, Value>> further) {
  std::vector<std::pair<std::string, Value>> members;
  members.emplace_back("mediaType", Value::String(descriptor.media_type));
  members.emplace_back("size", Value::Integer(static_cast<std::int64_t>(descriptor.size)));
  members.emplace_back("digest", Value::String(descriptor.digest.ToString()));
  for (auto& member : further) members.push_back(std::move(member));
  return Value::Object(std::move(members));
}

}  // namespace

bool MayBeBundle(const oci::Descriptor& entry) {
  return oci::IsManifestType(entry.media_type) &&
         (entry.artifact_type.empty() || entry.artifact_type == oci::kEmptyJson ||
          entry.artifact_type.starts_with(kBundleTypePrefix));
}

Result<std::variant<oci::Descriptor, Unrelated>> ParseCarrier(const oci::Content& manifest,
                                                              const oci::Digest& subject) {
  using Carried = std::variant<oci::Descriptor, Unrelated>;
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(manifest));
  const auto* image = std::get_if<oci::ImageManifest>(&document);
  if (image == nullptr) return Carried(Unrelated{"an index"});
  const std::string type = TypeOf(*image);
  if (!type.starts_with(kBundleTypePrefix)) return Carried(Unrelated{Printable(type)});
  HALLMARK_RETURN_IF_ERROR(CheckSubject(*image, subject));
  if (type != kBundleType) {
    return Error(ErrorCode::kUnsupported,
                 "bundle version " + Printable(type) + ": only v0.3 is read");
  }
  HALLMARK_ASSIGN(oci::Descriptor layer, BundleLayer(*image));
  return Carried(std::move(layer));
}

oci::Content EmptyConfig() {
  return oci::Content::Describe(std::string(oci::kEmptyJson), ToBytes("{}"));
}

oci::Content WriteCarrier(const oci::Descriptor& bundle, const oci::Descriptor& subject,
                          const CarrierHints& hints, UnixTime created) {
  const Value type = Value::String(std::string(kBundleType));
  Value annotations = Value::Object(
      {{std::string(kContentAnnotation), Value::String("dsse-envelope")},
       {std::string(kPredicateAnnotation), Value::String(std::string(hints.predicate_type))},
       {std::string(kKeyHintAnnotation), Value::String(std::string(hints.key_hint))},
       {std::string(kCreatedAnnotation), Value::String(encoding::ToRfc3339(created))}});
  const Value manifest =
      Value::Object({{"schemaVersion", Value::Integer(2)},
                     {"mediaType", Value::String(std::string(oci::kOciManifest))},
                     {"config", Describe(EmptyConfig().descriptor(), {{"artifactType", type}})},
                     {"layers", Value::Array({Describe(bundle, {})})},
                     {"annotations", std::move(annotations)},
                     {"subject", Describe(subject, {})},
                     {"artifactType", type}});
  return oci::Content::Describe(std::string(oci::kOciManifest), ToBytes(json::ToText(manifest)));
}

}  // namespace hallmark::signature::bundle
