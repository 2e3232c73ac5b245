#include "tests/support/world/images.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "hallmark/encoding/json.h"
#include "hallmark/oci/media_types.h"
#include "tests/support/world/doubles.h"
#include "tests/support/world/must.h"

namespace hallmark::testing {
namespace {

using json::Value;

constexpr std::array<std::string_view, 6> kArchitectures = {"amd64", "arm64",   "riscv64",
                                                            "s390x", "ppc64le", "386"};

Value Text(std::string_view text) { return Value::String(std::string(text)); }

std::vector<std::pair<std::string, Value>> DescriptorMembers(const oci::Descriptor& descriptor) {
  return {{"mediaType", Text(descriptor.media_type)},
          {"digest", Text(descriptor.digest.ToString())},
          {"size", Value::Integer(static_cast<std::int64_t>(descriptor.size))}};
}

Value ToValue(const oci::Descriptor& descriptor) {
  return Value::Object(DescriptorMembers(descriptor));
}

Value PlatformValue(std::size_t number) {
  return Value::Object({{"architecture", Text(kArchitectures.at(number))}, {"os", Text("linux")}});
}

oci::Content Document(std::string_view media_type, Value value) {
  return oci::Content::Describe(std::string(media_type), ToBytes(json::ToText(value)));
}

oci::Content Blob(std::string_view media_type, std::string_view text) {
  return oci::Content::Describe(std::string(media_type), ToBytes(text));
}

}  // namespace

oci::Repository Repo(std::string_view text) { return Must(oci::Repository::Parse(text)); }
oci::Reference Ref(std::string_view text) { return Must(oci::Reference::Parse(text)); }

Image MakeImage(std::string_view seed) {
  const std::string name(seed);
  oci::Content layer = Blob("application/vnd.oci.image.layer.v1.tar", "layer of " + name);
  const Value layers = Value::Array({Text(layer.digest().ToString())});
  oci::Content config =
      Blob("application/vnd.oci.image.config.v1+json",
           json::ToText(Value::Object(
               {{"architecture", Text("amd64")},
                {"os", Text("linux")},
                {"author", Text(name)},
                {"config", Value::Object({{"User", Text("1000")}})},
                {"rootfs", Value::Object({{"type", Text("layers")}, {"diff_ids", layers}})}})));
  oci::Content manifest = Document(
      oci::kOciManifest, Value::Object({{"schemaVersion", Value::Integer(2)},
                                        {"mediaType", Text(oci::kOciManifest)},
                                        {"config", ToValue(config.descriptor())},
                                        {"layers", Value::Array({ToValue(layer.descriptor())})}}));
  return {std::move(manifest), std::move(config), {std::move(layer)}};
}

Index MakeIndex(std::string_view seed, std::size_t images) {
  std::vector<Image> children;
  std::vector<Value> entries;
  for (std::size_t i = 0; i < images; ++i) {
    children.push_back(MakeImage(std::string(seed) + "-" + std::to_string(i)));
    auto members = DescriptorMembers(children.back().manifest.descriptor());
    members.emplace_back("platform", PlatformValue(i));
    entries.push_back(Value::Object(std::move(members)));
  }
  oci::Content manifest =
      Document(oci::kOciIndex, Value::Object({{"schemaVersion", Value::Integer(2)},
                                              {"mediaType", Text(oci::kOciIndex)},
                                              {"manifests", Value::Array(std::move(entries))}}));
  return {std::move(manifest), std::move(children)};
}

Referrer MakeReferrer(const oci::Descriptor& subject, std::string_view artifact_type,
                      std::string_view payload) {
  oci::Content config = Blob(oci::kEmptyJson, "{}");
  oci::Content layer = Blob(artifact_type, payload);
  oci::Content manifest = Document(
      oci::kOciManifest, Value::Object({{"schemaVersion", Value::Integer(2)},
                                        {"mediaType", Text(oci::kOciManifest)},
                                        {"artifactType", Text(artifact_type)},
                                        {"config", ToValue(config.descriptor())},
                                        {"layers", Value::Array({ToValue(layer.descriptor())})},
                                        {"subject", ToValue(subject)}}));
  return {std::move(manifest), std::move(config), std::move(layer)};
}

void Put(store::Writer& writer, const oci::Repository& repository, const Image& image,
         std::string_view tag) {
  const Context context = PatientContext();
  Must(writer.PushBlob(context, repository, image.config));
  for (const oci::Content& layer : image.layers) Must(writer.PushBlob(context, repository, layer));
  Must(writer.PushManifest(context, repository, image.manifest));
  if (!tag.empty()) Must(writer.Tag(context, repository, image.manifest, tag));
}

void Put(store::Writer& writer, const oci::Repository& repository, const Index& index,
         std::string_view tag) {
  for (const Image& image : index.images) Put(writer, repository, image);
  const Context context = PatientContext();
  Must(writer.PushManifest(context, repository, index.manifest));
  if (!tag.empty()) Must(writer.Tag(context, repository, index.manifest, tag));
}

void Put(store::Writer& writer, const oci::Repository& repository, const Referrer& referrer) {
  const Context context = PatientContext();
  Must(writer.PushBlob(context, repository, referrer.config));
  Must(writer.PushBlob(context, repository, referrer.layer));
  Must(writer.PushManifest(context, repository, referrer.manifest));
}

}  // namespace hallmark::testing
