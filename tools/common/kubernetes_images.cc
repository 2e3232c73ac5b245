#include <algorithm>

#include "hallmark/encoding/json.h"
#include "tools/common/target.h"

namespace hallmark::cli {
namespace {

constexpr json::Limits kLimits = {
    .max_bytes = std::size_t{32} * 1024 * 1024, .max_depth = 64, .max_values = 4'000'000};

using Images = std::vector<std::string>;

void Add(const json::Value* image, Images& images) {
  const std::string* text = image == nullptr ? nullptr : image->string();
  if (text == nullptr || text->empty()) return;
  if (std::find(images.begin(), images.end(), *text) == images.end()) images.push_back(*text);
}

void AddContainers(const json::Value& pod_spec, std::string_view member, Images& images) {
  const json::Value* list = pod_spec.Find(member);
  if (list == nullptr || list->array() == nullptr) return;
  for (const json::Value& container : *list->array()) Add(container.Find("image"), images);
}

// Volumes of type image (Kubernetes 1.31): spec.volumes[].image.reference.
void AddVolumes(const json::Value& pod_spec, Images& images) {
  const json::Value* volumes = pod_spec.Find("volumes");
  if (volumes == nullptr || volumes->array() == nullptr) return;
  for (const json::Value& volume : *volumes->array()) {
    if (const json::Value* image = volume.Find("image")) Add(image->Find("reference"), images);
  }
}

// The pod spec of a pod, of a workload (spec.template.spec) or of a CronJob
// (spec.jobTemplate.spec.template.spec).
const json::Value* PodSpecOf(const json::Value& object) {
  const json::Value* spec = object.Find("spec");
  if (spec == nullptr) return nullptr;
  if (const json::Value* job = spec->Find("jobTemplate")) return PodSpecOf(*job);
  if (const json::Value* pod = spec->Find("template")) return PodSpecOf(*pod);
  return spec;
}

void AddObject(const json::Value& object, Images& images) {
  const json::Value* spec = PodSpecOf(object);
  if (spec == nullptr) return;
  for (const std::string_view member : {"initContainers", "containers", "ephemeralContainers"}) {
    AddContainers(*spec, member, images);
  }
  AddVolumes(*spec, images);
}

}  // namespace

Result<std::vector<std::string>> ImagesOfKubernetes(ByteView text) {
  HALLMARK_ASSIGN(const json::Value document, json::Parse(text, kLimits));
  if (document.Find("kind") == nullptr || document.Find("kind")->string() == nullptr) {
    return Error(ErrorCode::kMalformed, "JSON that is no Kubernetes object or list");
  }
  Images images;
  const json::Value* items = document.Find("items");
  if (items == nullptr || items->array() == nullptr) {
    AddObject(document, images);
    return images;
  }
  for (const json::Value& item : *items->array()) AddObject(item, images);
  return images;
}

}  // namespace hallmark::cli
