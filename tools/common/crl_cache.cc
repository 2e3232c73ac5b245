#include "tools/common/crl_cache.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/digest.h"
#include "hallmark/revocation/limits.h"
#include "tools/common/cache_file.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

namespace fs = std::filesystem;

// What a file starts with: the time of fetching and a line break.
constexpr std::size_t kTimeBytes = 20;  // 2026-06-01T12:00:00Z

// Takes the oldest away where there would be too many.
void MakeRoom(const fs::path& folder) {
  std::error_code problem;
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (entry->path().extension() != ".crl") continue;
    files.emplace_back(entry->last_write_time(problem), entry->path());
  }
  if (files.size() < CrlCache::kMaxFiles) return;
  std::sort(files.begin(), files.end());
  files.resize(files.size() + 1 - CrlCache::kMaxFiles);
  for (const auto& [time, file] : files) fs::remove(file, problem);
}

}  // namespace

fs::path CrlCache::FileOf(const std::string& name) const {
  return folder_ / (oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(name)).hex() + ".crl");
}

std::optional<CrlCache::Kept> CrlCache::Read(const std::string& name) {
  if (folder_.empty()) return std::nullopt;
  const Result<Bytes> file =
      ReadTrustedFile(FileOf(name), revocation::kMaxCrlBytes + kTimeBytes + 1);
  if (!file.ok() || file.value().size() <= kTimeBytes) return std::nullopt;
  const ByteView bytes = file.value();
  const Result<UnixTime> since =
      encoding::FromRfc3339(std::string(AsText(bytes.first(kTimeBytes))));
  if (!since.ok() || bytes[kTimeBytes] != '\n') return std::nullopt;
  const ByteView list = bytes.subspan(kTimeBytes + 1);
  return Kept{Bytes(list.begin(), list.end()), since.value()};
}

void CrlCache::Write(const std::string& name, const Kept& kept) {
  if (folder_.empty()) return;
  Bytes bytes = ToBytes(encoding::ToRfc3339(kept.since) + "\n");
  bytes.insert(bytes.end(), kept.bytes.begin(), kept.bytes.end());
  std::error_code problem;
  if (!fs::exists(FileOf(name), problem)) MakeRoom(folder_);
  WriteCacheFile(FileOf(name), bytes);
}

}  // namespace hallmark::cli
