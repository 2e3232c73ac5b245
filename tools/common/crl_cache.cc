#include "tools/common/crl_cache.h"

#include <system_error>
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

void MakeRoom(const fs::path& folder) {
  std::error_code problem;
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
    files.push_back(entry.path());
  }
  if (files.size() < CrlCache::kMaxFiles) return;
  for (const fs::path& file : files) fs::remove(file, problem);
}

}  // namespace

fs::path CrlCache::FileOf(const std::string& url) const {
  return folder_ / (oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(url)).hex() + ".crl");
}

std::optional<CrlCache::Kept> CrlCache::Read(const std::string& url) {
  if (folder_.empty()) return std::nullopt;
  const Result<Bytes> file =
      ReadTrustedFile(FileOf(url), revocation::kMaxCrlBytes + kTimeBytes + 1);
  if (!file.ok() || file.value().size() <= kTimeBytes) return std::nullopt;
  const ByteView bytes = file.value();
  const Result<UnixTime> since =
      encoding::FromRfc3339(std::string(AsText(bytes.first(kTimeBytes))));
  if (!since.ok() || bytes[kTimeBytes] != '\n') return std::nullopt;
  const ByteView list = bytes.subspan(kTimeBytes + 1);
  return Kept{Bytes(list.begin(), list.end()), since.value()};
}

void CrlCache::Write(const std::string& url, const Kept& kept) {
  if (folder_.empty()) return;
  Bytes bytes = ToBytes(encoding::ToRfc3339(kept.since) + "\n");
  bytes.insert(bytes.end(), kept.bytes.begin(), kept.bytes.end());
  MakeRoom(folder_);
  WriteCacheFile(FileOf(url), bytes);
}

}  // namespace hallmark::cli
