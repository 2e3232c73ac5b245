#include "hallmark/signature/cosign/internal/signature_tag.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/signature/cosign/limits.h"

namespace hallmark::signature::cosign {
namespace {

using json::Value;
using Members = std::vector<std::pair<std::string, Value>>;

constexpr json::Limits kLimits{oci::kMaxManifestBytes, oci::kMaxManifestDepth,
                               oci::kMaxManifestValues};
// What cosign writes where it knows no time.
constexpr std::string_view kNoTime = "0001-01-01T00:00:00Z";

Value Text(std::string_view text) { return Value::String(std::string(text)); }

Members Describe(const oci::Descriptor& content) {
  return {{"mediaType", Text(content.media_type)},
          {"size", Value::Integer(static_cast<std::int64_t>(content.size))},
          {"digest", Text(content.digest.ToString())}};
}

Value LayerOf(const oci::Descriptor& descriptor) {
  Members annotations;
  for (const auto& [name, text] : descriptor.annotations)
    annotations.emplace_back(name, Text(text));
  Members members = Describe(descriptor);
  members.emplace_back("annotations", Value::Object(std::move(annotations)));
  return Value::Object(std::move(members));
}

// The text at a member, empty where there is none: the document was read strictly before.
std::string TextAt(const Value& object, std::string_view name) {
  const Value* member = object.Find(name);
  return member == nullptr || member->string() == nullptr ? "" : *member->string();
}

std::string KeyOf(const Value& layer) {
  const Value* annotations = layer.Find("annotations");
  return TextAt(layer, "digest") + " " +
         (annotations == nullptr ? "" : TextAt(*annotations, kSignatureAnnotation));
}

std::span<const Value> LayersIn(const Value& manifest) {
  const Value* layers = manifest.Find("layers");
  if (layers == nullptr || layers->array() == nullptr) return {};
  return *layers->array();
}

bool IsImageLayer(const oci::Descriptor& layer) {
  return layer.media_type.starts_with("application/vnd.oci.image.layer.") ||
         layer.media_type.starts_with("application/vnd.docker.image.rootfs.");
}

bool IsImageConfig(std::string_view media_type) {
  return media_type == kConfigType ||
         media_type == "application/vnd.docker.container.image.v1+json";
}

// The layers are stored as they are, so each one's diff_id is its digest.
Bytes ConfigFor(std::span<const Value> layers) {
  std::vector<Value> history;
  std::vector<Value> diff_ids;
  for (const Value& layer : layers) {
    history.push_back(Value::Object({{"created", Text(kNoTime)}}));
    diff_ids.push_back(Text(TextAt(layer, "digest")));
  }
  const Value config = Value::Object(
      {{"architecture", Text("")},
       {"created", Text(kNoTime)},
       {"history", Value::Array(std::move(history))},
       {"os", Text("")},
       {"rootfs",
        Value::Object({{"type", Text("layers")}, {"diff_ids", Value::Array(std::move(diff_ids))}})},
       {"config", Value::Object({})}});
  return ToBytes(json::ToText(config));
}

Value EmptyManifest() {
  const oci::Content nothing = oci::Content::Describe(std::string(kConfigType), {});
  return Value::Object({{"schemaVersion", Value::Integer(2)},
                        {"mediaType", Text(oci::kOciManifest)},
                        {"config", Value::Object(Describe(nothing.descriptor()))},
                        {"layers", Value::Array({})}});
}

Value With(const Value& object, std::string_view name, const Value& value) {
  Members members;
  for (const json::Member& member : *object.object()) {
    members.emplace_back(member.name, member.name == name ? value : member.value);
  }
  return Value::Object(std::move(members));
}

Error NotOurs(std::string_view what) {
  return {ErrorCode::kProtocol,
          "holds no signatures of cosign, so nothing is added to it: " + std::string(what)};
}

Result<Done> CheckManifest(const oci::Content& content) {
  const Result<oci::Document> document = oci::ParseDocument(content);
  if (!document.ok()) return NotOurs(document.error().message());
  const auto* manifest = std::get_if<oci::ImageManifest>(&document.value());
  if (manifest == nullptr) return NotOurs("an index");
  const auto foreign = std::find_if(manifest->layers.begin(), manifest->layers.end(), IsImageLayer);
  if (foreign == manifest->layers.end()) return Done{};
  return NotOurs("an image, with a layer of type " + Printable(foreign->media_type, 80));
}

// What cannot be read again is not written.
Result<oci::Content> Written(std::string media_type, const Value& manifest) {
  Bytes bytes = ToBytes(json::ToText(manifest));
  if (bytes.size() > oci::kMaxManifestBytes) {
    return Error(ErrorCode::kLimit, "the manifest of the signatures would be larger than 4 MiB");
  }
  oci::Content content = oci::Content::Describe(std::move(media_type), std::move(bytes));
  HALLMARK_RETURN_IF_ERROR(oci::ParseDocument(content));
  return content;
}

}  // namespace

SignatureTag::SignatureTag(const oci::Descriptor& own)
    : own_{"", LayerOf(own)}, media_type_(oci::kOciManifest) {
  own_.key = KeyOf(own_.layer);
  keys_.insert(own_.key);
}

Result<Done> SignatureTag::See(const std::optional<oci::Content>& untrusted_manifest) {
  current_.reset();
  media_type_ = oci::kOciManifest;
  if (!untrusted_manifest) return Done{};
  HALLMARK_RETURN_IF_ERROR(CheckManifest(*untrusted_manifest));
  HALLMARK_ASSIGN(Value manifest, json::Parse(untrusted_manifest->bytes(), kLimits));
  for (const Value& layer : LayersIn(manifest)) {
    std::string key = KeyOf(layer);
    if (keys_.insert(key).second) others_.push_back({std::move(key), layer});
  }
  current_ = std::move(manifest);
  media_type_ = untrusted_manifest->descriptor().media_type;
  return Done{};
}

bool SignatureTag::IsComplete() const {
  if (!current_) return false;
  std::set<std::string> present;
  for (const Value& layer : LayersIn(*current_)) present.insert(KeyOf(layer));
  return std::includes(present.begin(), present.end(), keys_.begin(), keys_.end());
}

Result<store::TagMerge::Version> SignatureTag::Merged() const {
  const Value base = current_ ? *current_ : EmptyManifest();
  std::vector<Value> layers(LayersIn(base).begin(), LayersIn(base).end());
  std::set<std::string> present;
  for (const Value& layer : layers) present.insert(KeyOf(layer));
  for (const Seen& other : others_) {
    if (!present.contains(other.key)) layers.push_back(other.layer);
  }
  if (!present.contains(own_.key)) layers.push_back(own_.layer);
  if (layers.size() > kMaxSignatures) {
    return Error(ErrorCode::kLimit, "the image would have more than " +
                                        std::to_string(kMaxSignatures) +
                                        " signatures, and cosign then reads none of them");
  }
  std::vector<oci::Content> blobs;
  Value manifest = base;
  const Value* config = base.Find("config");
  if (config != nullptr && IsImageConfig(TextAt(*config, "mediaType"))) {
    blobs.push_back(oci::Content::Describe(TextAt(*config, "mediaType"), ConfigFor(layers)));
    manifest = With(manifest, "config", Value::Object(Describe(blobs.front().descriptor())));
  }
  manifest = With(manifest, "layers", Value::Array(std::move(layers)));
  HALLMARK_ASSIGN(oci::Content written, Written(media_type_, manifest));
  return Version{std::move(written), std::move(blobs)};
}

}  // namespace hallmark::signature::cosign
