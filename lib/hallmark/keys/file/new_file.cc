#include "hallmark/keys/file/internal/new_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "hallmark/base/printable.h"

namespace hallmark::keys {
namespace {

Error Failed(const char* doing, const std::filesystem::path& path, int code) {
  return {ErrorCode::kStorage, std::string(doing) + " " + Printable(path.native()) + ": " +
                                   std::generic_category().message(code)};
}

Error Exists(const std::filesystem::path& path) {
  return {ErrorCode::kConfig,
          Printable(path.native()) + " exists already; key files are never overwritten"};
}

bool WriteAll(int file, ByteView content) {
  while (!content.empty()) {
    const ssize_t written = write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// Gives a new name and never takes one that exists. File systems without RENAME_NOREPLACE have
// link() instead.
bool RenameToNew(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  if (link(from.c_str(), to.c_str()) != 0) return false;
  unlink(from.c_str());
  return true;
}

// A name survives a power cut only when its folder was synced too. Not every file system can.
void SyncFolderOf(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  fsync(file);
  close(file);
}

}  // namespace

Result<NewFile> NewFile::Write(const std::filesystem::path& path, ByteView content, mode_t mode) {
  struct stat known;
  if (lstat(path.c_str(), &known) == 0) return Exists(path);
  NewFile made(path);
  std::string name = path.native() + ".XXXXXX";
  const int file = mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return Failed("create", path, errno);
  made.on_disk_ = std::move(name);
  Result<Done> filled = made.Fill(file, content, mode);
  const bool closed = close(file) == 0;
  if (!filled.ok()) return std::move(filled).error();
  if (!closed) return Failed("write", path, errno);
  return made;
}

Result<Done> NewFile::Fill(int file, ByteView content, mode_t mode) const {
  if (!WriteAll(file, content)) return Failed("write", path_, errno);
  if (fchmod(file, mode) != 0) return Failed("set permissions of", path_, errno);
  if (fsync(file) != 0) return Failed("sync", path_, errno);
  return Done();
}

Result<Done> NewFile::Publish() {
  if (!RenameToNew(on_disk_, path_.native())) {
    return errno == EEXIST ? Exists(path_) : Failed("create", path_, errno);
  }
  on_disk_ = path_.native();
  SyncFolderOf(path_);
  return Done();
}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)), on_disk_(std::exchange(other.on_disk_, {})) {}

NewFile::~NewFile() {
  if (!on_disk_.empty()) unlink(on_disk_.c_str());
}

}  // namespace hallmark::keys
