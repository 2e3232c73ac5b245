#include "tools/common/trust_store.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/x509/limits.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

namespace fs = std::filesystem;
using trust::StoreKind;
using trust::TrustedAuthority;
using x509::Certificate;

// Operating systems ship some hundred roots.
constexpr std::size_t kMaxEntries = 4096;

Error Config(const fs::path& path, const std::string& what) {
  return Error(ErrorCode::kConfig, Printable(path.string()) + ": " + what);
}

// The entries of a folder that nobody else may write to, in the order of their names. They know
// their kind from the listing: a store of a thousand certificates is read for each verification.
Result<std::vector<fs::directory_entry>> EntriesOf(const fs::path& folder) {
  std::error_code failed;
  const fs::file_status status = fs::symlink_status(folder, failed);
  if (fs::is_symlink(status)) return Config(folder, "is a symbolic link, which no store may be");
  if (!fs::exists(status)) return Config(folder, "no such folder");
  if (!fs::is_directory(status)) return Config(folder, "is not a folder");
  if ((status.permissions() & fs::perms::others_write) != fs::perms::none) {
    return Config(folder, "anybody may write to this folder; run chmod o-w on it");
  }
  std::vector<fs::directory_entry> entries;
  fs::directory_iterator entry(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    if (entry->path().filename().native().starts_with('.')) continue;
    if (entries.size() == kMaxEntries) return Config(folder, "holds more than 4096 files");
    entries.push_back(*entry);
  }
  if (failed) return Config(folder, failed.message());
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
  return entries;
}

Result<std::vector<Certificate>> LoadFolder(StoreKind kind, const fs::path& folder) {
  HALLMARK_ASSIGN(const std::vector<fs::directory_entry> entries, EntriesOf(folder));
  std::vector<Certificate> certificates;
  for (const fs::directory_entry& entry : entries) {
    std::error_code failed;
    if (entry.is_symlink(failed)) {
      return Config(entry.path(), "is a symbolic link, which no store may hold");
    }
    if (entry.is_directory(failed)) continue;
    HALLMARK_ASSIGN(std::vector<Certificate> more, LoadAnchors(kind, entry.path()));
    std::move(more.begin(), more.end(), std::back_inserter(certificates));
  }
  if (certificates.empty()) return Config(folder, "holds no certificate");
  return certificates;
}

std::vector<Certificate>& AnchorsOf(StoreKind kind, TrustedAuthority& authority) {
  if (kind == StoreKind::kCa) return authority.signing;
  return kind == StoreKind::kTimestamping ? authority.timestamping : authority.signing_authorities;
}

// Every named store of every kind.
Result<TrustedAuthority> LoadAllStores(const fs::path& root) {
  TrustedAuthority authority;
  HALLMARK_ASSIGN(const std::vector<fs::directory_entry> kinds, EntriesOf(root / "x509"));
  for (const fs::directory_entry& entry : kinds) {
    const fs::path& folder = entry.path();
    const auto kind = trust::StoreKindFromName(folder.filename().string());
    if (!kind) return Config(folder, R"(want "ca", "signingAuthority" or "tsa")");
    HALLMARK_ASSIGN(const std::vector<fs::directory_entry> stores, EntriesOf(folder));
    for (const fs::directory_entry& store : stores) {
      HALLMARK_ASSIGN(std::vector<Certificate> more, LoadFolder(*kind, store.path()));
      std::move(more.begin(), more.end(), std::back_inserter(AnchorsOf(*kind, authority)));
    }
  }
  return authority;
}

}  // namespace

Result<std::vector<Certificate>> LoadNamedStore(const fs::path& root, StoreKind kind,
                                                const std::string& name) {
  return LoadFolder(kind, root / "x509" / std::string(trust::ToName(kind)) / name);
}

Result<TrustedAuthority> LoadTrustStore(const fs::path& path) {
  std::error_code failed;
  if (fs::exists(path / "x509", failed)) return LoadAllStores(path);
  TrustedAuthority authority;
  const bool is_file = !fs::is_directory(path, failed);
  HALLMARK_ASSIGN(authority.signing,
                  is_file ? LoadAnchors(StoreKind::kCa, path) : LoadFolder(StoreKind::kCa, path));
  return authority;
}

Result<std::vector<Certificate>> LoadAnchors(StoreKind kind, const fs::path& file) {
  HALLMARK_ASSIGN(const Bytes bytes, ReadTrustedFile(file, x509::kMaxPemBytes));
  return trust::ReadAnchors(kind, bytes, Printable(file.string()));
}

}  // namespace hallmark::cli
