#include "tools/common/registry_memory.h"

#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "tools/common/cache_file.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{256} * 1024;
constexpr std::size_t kMaxEntries = 500;
constexpr json::Limits kLimits = {.max_bytes = kMaxBytes, .max_depth = 4, .max_values = 4096};
constexpr std::chrono::hours kHolds{24};
// An entry is written again when it is this old, so that a busy registry stays known.
constexpr std::chrono::hours kRenewAfter{12};

}  // namespace

RegistryMemory::RegistryMemory(std::filesystem::path file, UnixTime now)
    : file_(std::move(file)), now_(now), entries_(Read(file_, now)) {}

RegistryMemory::Entries RegistryMemory::Read(const std::filesystem::path& file, UnixTime now) {
  Entries entries;
  if (file.empty()) return entries;
  const Result<Bytes> bytes = ReadTrustedFile(file, kMaxBytes);
  if (!bytes.ok()) return entries;
  const Result<json::Value> document = json::Parse(bytes.value(), kLimits);
  if (!document.ok() || document.value().object() == nullptr) return entries;
  for (const json::Member& member : *document.value().object()) {
    const json::Value* has = member.value.Find("referrersApi");
    const json::Value* seen = member.value.Find("seen");
    if (has == nullptr || !has->boolean() || seen == nullptr || seen->string() == nullptr) continue;
    const Result<UnixTime> when = encoding::FromRfc3339(*seen->string());
    if (!when.ok() || when.value() > now || now - when.value() > kHolds) continue;
    entries.emplace(member.name, Entry{*has->boolean(), when.value()});
  }
  return entries;
}

std::optional<bool> RegistryMemory::HasReferrersApi(std::string_view registry) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(registry);
  if (found == entries_.end()) return std::nullopt;
  return found->second.has_referrers_api;
}

void RegistryMemory::Learn(std::string_view registry, bool has_referrers_api) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(registry);
  if (found != entries_.end() && found->second.has_referrers_api == has_referrers_api &&
      now_ - found->second.seen < kRenewAfter) {
    return;
  }
  entries_.insert_or_assign(std::string(registry), Entry{has_referrers_api, now_});
  changed_ = true;
}

void RegistryMemory::Save() {
  const std::lock_guard lock(mutex_);
  if (!changed_ || file_.empty()) return;
  changed_ = false;
  Entries all = Read(file_, now_);
  for (const auto& [registry, entry] : entries_) {
    if (entry.seen == now_) all.insert_or_assign(registry, entry);
  }
  std::vector<std::pair<std::string, json::Value>> members;
  for (const auto& [registry, entry] : all) {
    if (members.size() == kMaxEntries) break;
    members.emplace_back(
        registry,
        json::Value::Object({{"referrersApi", json::Value::Bool(entry.has_referrers_api)},
                             {"seen", json::Value::String(encoding::ToRfc3339(entry.seen))}}));
  }
  WriteCacheFile(file_, AsBytes(json::ToIndentedText(json::Value::Object(std::move(members)))));
}

}  // namespace hallmark::cli
