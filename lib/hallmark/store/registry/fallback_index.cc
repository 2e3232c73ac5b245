#include "hallmark/store/registry/internal/fallback_index.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "hallmark/store/referrer.h"

namespace hallmark::store::registry {
namespace {

constexpr json::Limits kIndexLimits{oci::kMaxManifestBytes, oci::kMaxManifestDepth,
                                    oci::kMaxManifestValues};

using Members = std::vector<std::pair<std::string, json::Value>>;

json::Value EntryOf(const oci::Descriptor& descriptor) {
  Members members = {{"mediaType", json::Value::String(descriptor.media_type)},
                     {"digest", json::Value::String(descriptor.digest.ToString())},
                     {"size", json::Value::Integer(static_cast<std::int64_t>(descriptor.size))}};
  if (!descriptor.annotations.empty()) {
    Members annotations;
    for (const auto& [name, value] : descriptor.annotations) {
      annotations.emplace_back(name, json::Value::String(value));
    }
    members.emplace_back("annotations", json::Value::Object(std::move(annotations)));
  }
  if (!descriptor.artifact_type.empty()) {
    members.emplace_back("artifactType", json::Value::String(descriptor.artifact_type));
  }
  return json::Value::Object(std::move(members));
}

json::Value EmptyIndex() {
  return json::Value::Object({{"schemaVersion", json::Value::Integer(2)},
                              {"mediaType", json::Value::String(std::string(oci::kOciIndex))},
                              {"manifests", json::Value::Array({})}});
}

// Strictly read before, so every entry has a digest.
std::string DigestOf(const json::Value& entry) {
  const json::Value* digest = entry.Find("digest");
  return digest == nullptr || digest->string() == nullptr ? "" : *digest->string();
}

std::span<const json::Value> EntriesOf(const json::Value& index) {
  const json::Value* manifests = index.Find("manifests");
  if (manifests == nullptr || manifests->array() == nullptr) return {};
  return *manifests->array();
}

json::Value WithEntries(const json::Value& index, std::vector<json::Value> entries) {
  Members members;
  for (const json::Member& member : *index.object()) {
    members.emplace_back(member.name,
                         member.name == "manifests" ? json::Value::Null() : member.value);
  }
  for (auto& [name, value] : members) {
    if (name == "manifests") value = json::Value::Array(std::move(entries));
  }
  return json::Value::Object(std::move(members));
}

Error NoIndex(const std::string& why) {
  return Error(ErrorCode::kProtocol, "the referrers tag holds no image index: " + why);
}

}  // namespace

FallbackIndex::FallbackIndex(const oci::Descriptor& own)
    : own_digest_(own.digest.ToString()), own_(EntryOf(own)) {
  seen_.emplace(own_digest_, own_);
}

Result<Done> FallbackIndex::See(const std::optional<oci::Content>& untrusted_index) {
  current_.reset();
  if (!untrusted_index) return Done{};
  const std::string& type = untrusted_index->descriptor().media_type;
  if (type != oci::kOciIndex) return NoIndex(type.empty() ? "no type" : Printable(type, 80));
  const Result<oci::Document> document = oci::ParseDocument(*untrusted_index);
  if (!document.ok()) return NoIndex(document.error().message());
  if (!std::holds_alternative<oci::ImageIndex>(document.value())) return NoIndex("a manifest");
  HALLMARK_ASSIGN(json::Value index, json::Parse(untrusted_index->bytes(), kIndexLimits));
  for (const json::Value& entry : EntriesOf(index)) seen_.try_emplace(DigestOf(entry), entry);
  current_ = std::move(index);
  return Done{};
}

bool FallbackIndex::IsComplete() const {
  if (!current_) return false;
  std::set<std::string> present;
  for (const json::Value& entry : EntriesOf(*current_)) {
    const std::string digest = DigestOf(entry);
    // Ours in another shape, such as with a wrong artifact type, is as good as missing.
    if (digest != own_digest_ || json::Canonical(entry) == json::Canonical(own_)) {
      present.insert(digest);
    }
  }
  return std::all_of(seen_.begin(), seen_.end(),
                     [&](const auto& entry) { return present.contains(entry.first); });
}

Result<TagMerge::Version> FallbackIndex::Merged() const {
  const json::Value base = current_ ? *current_ : EmptyIndex();
  std::vector<json::Value> entries;
  std::set<std::string> present;
  for (const json::Value& entry : EntriesOf(base)) {
    const std::string digest = DigestOf(entry);
    if (digest == own_digest_ && present.contains(digest)) continue;
    present.insert(digest);
    entries.push_back(digest == own_digest_ ? own_ : entry);
  }
  for (const auto& [digest, entry] : seen_) {
    if (!present.contains(digest)) entries.push_back(entry);
  }
  if (entries.size() > kMaxReferrers) {
    return Error(ErrorCode::kLimit, "the referrers index would have more than " +
                                        std::to_string(kMaxReferrers) + " entries");
  }
  Bytes bytes = ToBytes(json::ToText(WithEntries(base, std::move(entries))));
  if (bytes.size() > oci::kMaxManifestBytes) {
    return Error(ErrorCode::kLimit, "the referrers index would be larger than 4 MiB");
  }
  return Version{oci::Content::Describe(std::string(oci::kOciIndex), std::move(bytes))};
}

Result<std::optional<Referrer>> ReferrerOf(const oci::Content& content) {
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(content));
  const std::optional<oci::Descriptor>& subject = SubjectOf(document);
  if (!subject) return std::optional<Referrer>();
  return std::optional<Referrer>(Referrer{subject->digest, ReferrerEntry(content, document)});
}

}  // namespace hallmark::store::registry
