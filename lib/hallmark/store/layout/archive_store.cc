#include "hallmark/store/layout/archive_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/store/layout/internal/layout_version.h"
#include "hallmark/store/layout/internal/layout_view.h"
#include "hallmark/store/layout/internal/tar_directory.h"
#include "hallmark/store/layout/internal/unique_fd.h"
#include "hallmark/store/layout/limits.h"

namespace hallmark::store {
namespace {

class ArchiveFile final : public RandomAccess {
 public:
  ArchiveFile(UniqueFd fd, std::uint64_t size) : fd_(std::move(fd)), size_(size) {}

  std::uint64_t size() const override { return size_; }

  Result<Bytes> ReadAt(std::uint64_t offset, std::size_t count) const override {
    if (offset > size_ || count > size_ - offset) {
      return Error(ErrorCode::kMalformed, "tar: the archive is cut");
    }
    Bytes bytes(count);
    std::size_t filled = 0;
    while (filled < count) {
      const ssize_t got = ::pread(fd_.get(), bytes.data() + filled, count - filled,
                                  static_cast<off_t>(offset + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        return Error(ErrorCode::kStorage,
                     "read archive: " + std::generic_category().message(errno));
      }
      if (got == 0) return Error(ErrorCode::kMalformed, "tar: the archive was cut meanwhile");
      filled += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  UniqueFd fd_;
  std::uint64_t size_;
};

Result<ArchiveFile> OpenFile(const std::filesystem::path& file) {
  const std::string shown = Printable(file.native());
  UniqueFd fd(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status {};
  if (!fd.is_open() || ::fstat(fd.get(), &status) != 0) {
    return Error(ErrorCode::kConfig,
                 "open archive " + shown + ": " + std::generic_category().message(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return Error(ErrorCode::kConfig, "open archive " + shown + ": is not a regular file");
  }
  return ArchiveFile(std::move(fd), static_cast<std::uint64_t>(status.st_size));
}

// The name of the compression whose magic number the file starts with; empty for none.
std::string_view CompressionOf(const RandomAccess& file) {
  using Magic = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Magic, 4> kMagics = {Magic{"gzip", "\x1f\x8b"},
                                            Magic{"zstd", "\x28\xb5\x2f\xfd"},
                                            Magic{"xz",
                                                  "\xfd"
                                                  "7zXZ"},
                                            Magic{"bzip2", "BZh"}};
  for (const auto& [name, magic] : kMagics) {
    const auto start = file.ReadAt(0, magic.size());
    if (start.ok() && AsText(start.value()) == magic) return name;
  }
  return {};
}

}  // namespace

struct ArchiveStore::Impl final : LayoutSource {
  Impl(ArchiveFile archive, std::map<std::string, Extent> directory)
      : file(std::move(archive)), files(std::move(directory)) {}

  // kNotFound when there is no such file.
  Result<Bytes> Read(const std::string& name, std::size_t max_bytes) const {
    const auto found = files.find(name);
    if (found == files.end()) return Error(ErrorCode::kNotFound, "the archive holds no " + name);
    const std::uint64_t count = std::min<std::uint64_t>(found->second.size, max_bytes + 1);
    return file.ReadAt(found->second.offset, static_cast<std::size_t>(count));
  }

  Result<LayoutIndex> ReadIndex() const override {
    HALLMARK_ASSIGN(const Bytes bytes, Read("index.json", oci::kMaxManifestBytes));
    return LayoutIndex::Parse(bytes);
  }

  Result<Bytes> ReadBlob(const oci::Digest& digest, std::size_t max_bytes) const override {
    return Read("blobs/" + std::string(digest.algorithm_name()) + "/" + digest.hex(), max_bytes);
  }

  Result<Done> CheckIsLayout() const {
    auto version = Read("oci-layout", kMaxLayoutFileBytes);
    if (!version.ok() || !files.contains("index.json")) {
      return Error(ErrorCode::kConfig, "no OCI image layout in the archive");
    }
    return CheckLayoutVersion(version.value());
  }

  ArchiveFile file;
  std::map<std::string, Extent> files;
};

Result<std::unique_ptr<ArchiveStore>> ArchiveStore::Open(const std::filesystem::path& path) {
  HALLMARK_ASSIGN(ArchiveFile file, OpenFile(path));
  if (const std::string_view name = CompressionOf(file); !name.empty()) {
    return Error(ErrorCode::kConfig, Printable(path.native()) + ": compressed with " +
                                         std::string(name) + ", unpack that first");
  }
  auto files = ReadTarDirectory(file);
  if (!files.ok()) return std::move(files).error().While(Printable(path.native()));
  auto impl = std::make_unique<Impl>(std::move(file), std::move(files).value());
  auto layout = impl->CheckIsLayout();
  if (!layout.ok()) return std::move(layout).error().While(Printable(path.native()));
  return std::unique_ptr<ArchiveStore>(new ArchiveStore(std::move(impl)));
}

ArchiveStore::ArchiveStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArchiveStore::~ArchiveStore() = default;

Result<oci::Content> ArchiveStore::FetchManifest(const Context& context,
                                                 const oci::Reference& reference) {
  return store::FetchManifest(context, *impl_, reference);
}

Result<oci::Content> ArchiveStore::Fetch(const Context& context, const oci::Repository&,
                                         const oci::Descriptor& descriptor) {
  return store::Fetch(context, *impl_, descriptor);
}

Listing ArchiveStore::Referrers(const Context& context, const oci::Repository&,
                                const oci::Digest& subject, std::string_view artifact_type) {
  return ListReferrers(context, *impl_, subject, artifact_type);
}

Result<oci::Digest> ArchiveStore::OnlyImage(const Context& context) {
  return FindOnlyImage(context, *impl_);
}

}  // namespace hallmark::store
