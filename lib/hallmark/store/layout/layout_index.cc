#include "hallmark/store/layout/internal/layout_index.h"

#include <algorithm>
#include <cstdint>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/oci/reference.h"

namespace hallmark::store {
namespace {

using json::Value;
using Members = std::vector<std::pair<std::string, Value>>;

constexpr const char* kRefName = "org.opencontainers.image.ref.name";
constexpr json::Limits kLimits{oci::kMaxManifestBytes, oci::kMaxManifestDepth,
                               oci::kMaxManifestValues};

Members MembersOf(const Value& object) {
  Members members;
  if (const auto* list = object.object()) {
    for (const json::Member& member : *list) members.emplace_back(member.name, member.value);
  }
  return members;
}

// `object` with one member set, or taken away when there is no value; its place is kept.
Value With(const Value& object, std::string_view name, std::optional<Value> value) {
  Members members = MembersOf(object);
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& member) { return member.first == name; });
  if (found == members.end()) {
    if (value) members.emplace_back(std::string(name), *std::move(value));
  } else if (value) {
    found->second = *std::move(value);
  } else {
    members.erase(found);
  }
  return Value::Object(std::move(members));
}

Value Named(const Value& entry, std::string_view tag) {
  const Value* annotations = entry.Find("annotations");
  return With(entry, "annotations",
              With(annotations == nullptr ? Value::Object({}) : *annotations, kRefName,
                   Value::String(std::string(tag))));
}

Value Unnamed(const Value& entry) {
  const Value* annotations = entry.Find("annotations");
  if (annotations == nullptr) return entry;
  Value rest = With(*annotations, kRefName, std::nullopt);
  if (rest.object()->empty()) return With(entry, "annotations", std::nullopt);
  return With(entry, "annotations", std::move(rest));
}

Value Annotations(const oci::Descriptor& descriptor) {
  Members members;
  for (const auto& [name, text] : descriptor.annotations) {
    members.emplace_back(name, Value::String(text));
  }
  return Value::Object(std::move(members));
}

Value ToValue(const oci::Descriptor& descriptor) {
  Members members = {{"mediaType", Value::String(descriptor.media_type)},
                     {"digest", Value::String(descriptor.digest.ToString())},
                     {"size", Value::Integer(static_cast<std::int64_t>(descriptor.size))}};
  if (!descriptor.artifact_type.empty()) {
    members.emplace_back("artifactType", Value::String(descriptor.artifact_type));
  }
  if (!descriptor.annotations.empty()) members.emplace_back("annotations", Annotations(descriptor));
  return Value::Object(std::move(members));
}

// An entry that describes other content and is the same otherwise.
Value Describing(const Value& entry, const oci::Descriptor& content) {
  Value other = With(entry, "mediaType", Value::String(content.media_type));
  other = With(other, "digest", Value::String(content.digest.ToString()));
  return With(other, "size", Value::Integer(static_cast<std::int64_t>(content.size)));
}

// What cannot be read again is not written.
Result<std::optional<Bytes>> Written(const Value& document, std::vector<Value> entries) {
  const Value edited = With(document, "manifests", Value::Array(std::move(entries)));
  Bytes bytes = ToBytes(json::ToText(edited));
  auto again = LayoutIndex::Parse(bytes);
  if (!again.ok()) return std::move(again).error().While("add to index.json");
  return std::optional<Bytes>(std::move(bytes));
}

Error Ambiguous(std::string_view what) {
  return {ErrorCode::kMalformed,
          "index.json: entries for " + Printable(what) + " contradict each other"};
}

}  // namespace

std::string_view NameOf(const oci::Descriptor& entry) {
  const auto name = entry.annotations.find(kRefName);
  return name == entry.annotations.end() ? std::string_view() : std::string_view(name->second);
}

std::string_view TagOf(const oci::Descriptor& entry) {
  std::string_view name = NameOf(entry);
  if (oci::IsTag(name)) return name;
  name = name.substr(0, name.find('@'));
  const std::size_t colon = name.rfind(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view tag = name.substr(colon + 1);
  return oci::IsTag(tag) ? tag : std::string_view();
}

Result<LayoutIndex> LayoutIndex::Parse(ByteView untrusted_bytes) {
  if (untrusted_bytes.size() > oci::kMaxManifestBytes) {
    return Error(ErrorCode::kLimit, "index.json: over 4 MiB");
  }
  auto document = json::Parse(untrusted_bytes, kLimits);
  if (!document.ok()) return std::move(document).error().While("index.json");
  auto parsed = oci::ParseDocument(oci::Content::Describe(
      std::string(oci::kOciIndex), Bytes(untrusted_bytes.begin(), untrusted_bytes.end())));
  if (!parsed.ok()) return std::move(parsed).error().While("index.json");
  auto* index = std::get_if<oci::ImageIndex>(&parsed.value());
  if (index == nullptr) return Error(ErrorCode::kMalformed, "index.json: is no image index");
  return LayoutIndex(std::move(index->manifests), std::move(document).value());
}

Result<oci::Descriptor> LayoutIndex::FindTag(std::string_view tag) const {
  const oci::Descriptor* found = nullptr;
  for (const auto name : {&NameOf, &TagOf}) {
    for (const oci::Descriptor& entry : entries_) {
      if (name(entry) != tag) continue;
      if (found != nullptr && found->digest != entry.digest) return Ambiguous(tag);
      found = &entry;
    }
    if (found != nullptr) return *found;
  }
  return Error(ErrorCode::kNotFound, "index.json: no entry is tagged " + Printable(tag));
}

Result<std::optional<oci::Descriptor>> LayoutIndex::FindDigest(const oci::Digest& digest) const {
  std::optional<oci::Descriptor> found;
  for (const oci::Descriptor& entry : entries_) {
    if (entry.digest != digest) continue;
    if (found && (found->media_type != entry.media_type || found->size != entry.size)) {
      return Ambiguous(digest.ToString());
    }
    if (!found) found = entry;
  }
  return found;
}

Result<std::optional<Bytes>> LayoutIndex::WithReferrer(const oci::Descriptor& entry) const {
  for (const oci::Descriptor& listed : entries_) {
    if (listed.digest == entry.digest) return std::optional<Bytes>();
  }
  oci::Descriptor nameless = entry;
  nameless.annotations.erase(kRefName);
  std::vector<Value> entries = *document_.Find("manifests")->array();
  entries.push_back(ToValue(nameless));
  return Written(document_, std::move(entries));
}

Result<std::optional<Bytes>> LayoutIndex::WithTag(const oci::Descriptor& manifest,
                                                  std::string_view tag) const {
  std::vector<Value> entries = *document_.Find("manifests")->array();
  bool changed = false;
  bool named = false;
  std::optional<std::size_t> nameless;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const bool ours = entries_[i].digest == manifest.digest;
    if (NameOf(entries_[i]) == tag) {
      named = named || ours;
      if (ours) continue;
      entries[i] = Unnamed(entries[i]);
      changed = true;
    } else if (ours && NameOf(entries_[i]).empty() && !nameless) {
      nameless = i;
    }
  }
  if (named && !changed) return std::optional<Bytes>();
  if (!named && nameless) entries[*nameless] = Named(entries[*nameless], tag);
  if (!named && !nameless) entries.push_back(Named(ToValue(manifest), tag));
  return Written(document_, std::move(entries));
}

Result<std::optional<Bytes>> LayoutIndex::WithNewVersion(const oci::Descriptor& manifest,
                                                         std::string_view tag) const {
  const auto is_named = [&](const auto& name) {
    return std::any_of(entries_.begin(), entries_.end(),
                       [&](const oci::Descriptor& entry) { return name(entry) == tag; });
  };
  const auto name = is_named(NameOf) ? NameOf : TagOf;
  if (!is_named(name)) return WithTag(manifest, tag);
  std::vector<Value> entries = *document_.Find("manifests")->array();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (name(entries_[i]) == tag) entries[i] = Describing(entries[i], manifest);
  }
  return Written(document_, std::move(entries));
}

}  // namespace hallmark::store
