#include "hallmark/oci/manifest.h"

#include <algorithm>
#include <array>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/oci/internal/descriptor_json.h"
#include "hallmark/oci/internal/lookalikes.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/media_types.h"

namespace hallmark::oci {
namespace {

using json::Fields;
using json::Value;

// Members that decide what a document is and what it refers to.
constexpr std::array<std::string_view, 9> kMeaningful{
    "schemaVersion", "mediaType", "artifactType", "config",   "layers",
    "manifests",     "subject",   "annotations",  "fsLayers",
};

Result<Done> CheckSchemaVersion(const Value& root, Fields& fields) {
  const Value* version = root.Find("schemaVersion");
  if ((version != nullptr && version->unsigned_integer() == 1) ||
      root.Find("fsLayers") != nullptr) {
    return fields.Complain("schemaVersion", "Docker schema 1 is not supported");
  }
  HALLMARK_ASSIGN(const std::uint64_t number, fields.Unsigned("schemaVersion", 2));
  if (number != 2) return fields.Complain("schemaVersion", "want 2");
  return Done();
}

enum class Shape : std::uint8_t { kManifest = 1, kIndex };

Result<Shape> ShapeOf(const Value& root, const Fields& fields) {
  const bool index = root.Find("manifests") != nullptr;
  const bool manifest = root.Find("config") != nullptr || root.Find("layers") != nullptr;
  if (index && manifest) {
    return fields.Complain("manifests",
                           "manifest and index at once (\"config\" or \"layers\" too)");
  }
  if (index) return Shape::kIndex;
  if (manifest) return Shape::kManifest;
  return fields.Complain("manifests", "neither a manifest nor an index");
}

bool Names(std::string_view media_type, Shape shape) {
  return shape == Shape::kIndex ? IsIndexType(media_type) : IsManifestType(media_type);
}

struct Outline {
  Value root;
  Shape shape;
  std::string declared;  // "mediaType"; empty when absent
};

Result<Outline> ReadOutline(ByteView untrusted_bytes) {
  const json::Limits limits{kMaxManifestBytes, kMaxManifestDepth, kMaxManifestValues};
  Result<Value> parsed = json::Parse(untrusted_bytes, limits);
  if (!parsed.ok()) return std::move(parsed).error().While("manifest");
  Value root = std::move(parsed).value();
  HALLMARK_ASSIGN(Fields fields, Fields::Of(root, "manifest"));
  HALLMARK_RETURN_IF_ERROR(internal::RefuseLookalikes(root, fields, kMeaningful));
  HALLMARK_RETURN_IF_ERROR(CheckSchemaVersion(root, fields));
  HALLMARK_ASSIGN(const Shape shape, ShapeOf(root, fields));
  HALLMARK_ASSIGN(const std::optional<std::string> declared, fields.OptionalString("mediaType"));
  if (declared && !Names(*declared, shape)) {
    return fields.Complain("mediaType", "\"" + Printable(*declared) + "\" is not what this is");
  }
  return Outline{std::move(root), shape, declared.value_or("")};
}

Result<std::vector<Descriptor>> ParseDescriptors(Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::vector<Value>* items, fields.Array(name));
  std::vector<Descriptor> descriptors;
  descriptors.reserve(items->size());
  const std::string path = fields.where() + "." + std::string(name) + "[";
  for (std::size_t i = 0; i < items->size(); ++i) {
    HALLMARK_ASSIGN(Descriptor descriptor,
                    internal::ParseDescriptor((*items)[i], path + std::to_string(i) + "]"));
    descriptors.push_back(std::move(descriptor));
  }
  return descriptors;
}

// What OCI adds to both documents and Docker does not know (there such members mean nothing).
template <class T>
Result<Done> ParseOciMembers(Fields& fields, T& document) {
  HALLMARK_ASSIGN(document.artifact_type, internal::ParseArtifactType(fields));
  HALLMARK_ASSIGN(document.annotations, internal::ParseAnnotations(fields));
  HALLMARK_ASSIGN(const Value* subject, fields.OptionalObject("subject"));
  if (subject != nullptr) {
    HALLMARK_ASSIGN(document.subject, internal::ParseDescriptor(*subject, "manifest.subject"));
  }
  return Done();
}

Result<Document> ParseManifest(Fields& fields, std::string_view media_type) {
  ImageManifest manifest;
  manifest.media_type = media_type;
  HALLMARK_ASSIGN(const Value* config, fields.Object("config"));
  HALLMARK_ASSIGN(manifest.config, internal::ParseDescriptor(*config, "manifest.config"));
  HALLMARK_ASSIGN(manifest.layers, ParseDescriptors(fields, "layers"));
  if (media_type == kOciManifest) HALLMARK_RETURN_IF_ERROR(ParseOciMembers(fields, manifest));
  return Document(std::move(manifest));
}

Result<Document> ParseIndex(Fields& fields, std::string_view media_type) {
  ImageIndex index;
  index.media_type = media_type;
  HALLMARK_ASSIGN(index.manifests, ParseDescriptors(fields, "manifests"));
  if (media_type == kOciIndex) HALLMARK_RETURN_IF_ERROR(ParseOciMembers(fields, index));
  return Document(std::move(index));
}

}  // namespace

Result<Document> ParseDocument(const Content& content) {
  const std::string& media_type = content.descriptor().media_type;
  HALLMARK_ASSIGN(const Outline outline, ReadOutline(content.bytes()));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(outline.root, "manifest"));
  if (!Names(media_type, outline.shape)) {
    return fields.Complain("mediaType",
                           "described as \"" + Printable(media_type) + "\", which this is not");
  }
  // Docker's own types must name themselves; OCI's may leave it out (image-spec v1.1 manifest.md).
  const bool may_be_silent = media_type == kOciManifest || media_type == kOciIndex;
  if (outline.declared != media_type && !(outline.declared.empty() && may_be_silent)) {
    return fields.Complain("mediaType",
                           "\"" + outline.declared + "\", but described as \"" + media_type + "\"");
  }
  return outline.shape == Shape::kIndex ? ParseIndex(fields, media_type)
                                        : ParseManifest(fields, media_type);
}

Result<std::string> DetectMediaType(ByteView untrusted_bytes) {
  HALLMARK_ASSIGN(Outline outline, ReadOutline(untrusted_bytes));
  if (!outline.declared.empty()) return std::move(outline.declared);
  return std::string(outline.shape == Shape::kIndex ? kOciIndex : kOciManifest);
}

}  // namespace hallmark::oci
