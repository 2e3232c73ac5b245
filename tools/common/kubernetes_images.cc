#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/target.h"

namespace hallmark::cli {
namespace {

// The depth bounds the recursion below.
constexpr json::Limits kLimits = {
    .max_bytes = std::size_t{32} * 1024 * 1024, .max_depth = 64, .max_values = 4'000'000};

// Each name once, in the order of the document.
class Images {
 public:
  void Add(const std::string& name) {
    if (seen_.insert(name).second) names_.push_back(name);
  }
  std::vector<std::string> Take() && { return std::move(names_); }

 private:
  std::unordered_set<std::string> seen_;
  std::vector<std::string> names_;
};

std::string Nth(const std::string& list, std::size_t index) {
  return list + "[" + std::to_string(index) + "]";
}

// An image that cannot be read must not become an image that nobody verified.
Error Complain(const json::Value& value, const std::string& where, std::string_view want) {
  const json::Position at = value.position();
  return {ErrorCode::kConfig, std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                                  where + ": want " + std::string(want)};
}

Result<Done> NeedObject(const json::Value& value, const std::string& where) {
  if (value.object() == nullptr) return Complain(value, where, "an object");
  return Done{};
}

Result<Done> AddText(const json::Value& holder, std::string_view member, const std::string& where,
                     Images& images) {
  HALLMARK_RETURN_IF_ERROR(NeedObject(holder, where));
  const json::Value* image = holder.Find(member);
  if (image == nullptr) return Done{};
  const std::string* text = image->string();
  if (text == nullptr || text->empty()) {
    return Complain(*image, where + "." + std::string(member), "the name of an image");
  }
  images.Add(*text);
  return Done{};
}

// Volumes of type image (Kubernetes 1.31): spec.volumes[].image.reference.
Result<Done> AddVolume(const json::Value& volume, const std::string& where, Images& images) {
  HALLMARK_RETURN_IF_ERROR(NeedObject(volume, where));
  const json::Value* image = volume.Find("image");
  return image == nullptr ? Done{} : AddText(*image, "reference", where + ".image", images);
}

Result<Done> AddList(const json::Value& pod_spec, std::string_view member, const std::string& where,
                     Images& images) {
  const json::Value* list = pod_spec.Find(member);
  if (list == nullptr) return Done{};
  const std::string name = where + "." + std::string(member);
  if (list->array() == nullptr) return Complain(*list, name, "a list");
  for (std::size_t i = 0; i < list->array()->size(); ++i) {
    const json::Value& item = (*list->array())[i];
    HALLMARK_RETURN_IF_ERROR(member == "volumes" ? AddVolume(item, Nth(name, i), images)
                                                 : AddText(item, "image", Nth(name, i), images));
  }
  return Done{};
}

// A pod, a workload (spec.template.spec), a CronJob (spec.jobTemplate.spec.template.spec) or a
// PodTemplate (template.spec): whatever stands under these members is read.
Result<Done> AddPods(const json::Value& object, const std::string& where, Images& images) {
  HALLMARK_RETURN_IF_ERROR(NeedObject(object, where));
  for (const std::string_view member :
       {"initContainers", "containers", "ephemeralContainers", "volumes"}) {
    HALLMARK_RETURN_IF_ERROR(AddList(object, member, where, images));
  }
  for (const std::string_view member : {"spec", "template", "jobTemplate"}) {
    const json::Value* inner = object.Find(member);
    if (inner == nullptr) continue;
    HALLMARK_RETURN_IF_ERROR(AddPods(*inner, where + "." + std::string(member), images));
  }
  return Done{};
}

// "items[3] Pod web"
std::string NameOf(const json::Value& object, const std::string& where) {
  std::string name = where;
  const auto add = [&](const json::Value* part) {
    if (part == nullptr || part->string() == nullptr) return;
    name += (name.empty() ? "" : " ") + Printable(*part->string(), 253);
  };
  add(object.Find("kind"));
  if (const json::Value* metadata = object.Find("metadata")) add(metadata->Find("name"));
  return name;
}

Result<Done> AddObject(const json::Value& object, const std::string& where, Images& images) {
  HALLMARK_RETURN_IF_ERROR(AddPods(object, NameOf(object, where), images));
  const json::Value* items = object.Find("items");
  if (items == nullptr) return Done{};
  const std::string list = where.empty() ? "items" : where + ".items";
  if (items->array() == nullptr) return Complain(*items, list, "a list");
  for (std::size_t i = 0; i < items->array()->size(); ++i) {
    HALLMARK_RETURN_IF_ERROR(AddObject((*items->array())[i], Nth(list, i), images));
  }
  return Done{};
}

}  // namespace

Result<std::vector<std::string>> ImagesOfKubernetes(ByteView text) {
  HALLMARK_ASSIGN(const json::Value document, json::Parse(text, kLimits));
  if (document.Find("kind") == nullptr || document.Find("kind")->string() == nullptr) {
    return Error(ErrorCode::kMalformed, "JSON that is no Kubernetes object or list");
  }
  Images images;
  HALLMARK_RETURN_IF_ERROR(AddObject(document, "", images));
  return std::move(images).Take();
}

}  // namespace hallmark::cli
