#include "hallmark/store/layout/internal/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <variant>

#include "hallmark/base/printable.h"

namespace hallmark::store {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
// Neither waits for the other end of a pipe nor makes a terminal ours.
constexpr int kFileFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
constexpr const char* kTemporary = ".hallmark.tmp";
constexpr mode_t kFileMode = 0644;
constexpr mode_t kFolderMode = 0755;

ErrorCode CodeOf(int error) {
  switch (error) {
    case ENOENT:
      return ErrorCode::kNotFound;
    case ELOOP:    // a link, O_NOFOLLOW
    case ENOTDIR:  // a link or a file, O_DIRECTORY
    case ENXIO:    // a socket
      return ErrorCode::kMalformed;
    default:
      return ErrorCode::kStorage;
  }
}

// The number of the error, or 0.
int WriteAll(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return 0;
}

int Sync(int fd) { return ::fsync(fd) == 0 ? 0 : errno; }

// A file that is gone again unless it was put in place.
class Temporary {
 public:
  explicit Temporary(int folder) : folder_(folder) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (fd_.is_open() && !placed_) ::unlinkat(folder_, kTemporary, 0);
  }

  int Make() {
    ::unlinkat(folder_, kTemporary, 0);
    fd_ = UniqueFd(::openat(folder_, kTemporary,
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode));
    return fd_.is_open() ? 0 : errno;
  }

  int TakeModeOf(const char* name) {
    struct stat old {};
    if (::fstatat(folder_, name, &old, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(old.st_mode)) return 0;
    return ::fchmod(fd_.get(), old.st_mode & 0777) == 0 ? 0 : errno;
  }

  int Fill(ByteView bytes) {
    const int error = WriteAll(fd_.get(), bytes);
    return error != 0 ? error : Sync(fd_.get());
  }

  int Place(const char* name) {
    if (::renameat(folder_, kTemporary, folder_, name) != 0) return errno;
    placed_ = true;
    return Sync(folder_);
  }

 private:
  int folder_;
  UniqueFd fd_{-1};
  bool placed_ = false;
};

// The bytes, or the number of the error.
std::variant<Bytes, int> ReadUpTo(int fd, std::size_t size_hint, std::size_t max_bytes) {
  Bytes bytes(std::min(size_hint, max_bytes) + 1);
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::read(fd, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

Error Folder::Refused(std::string_view doing, std::string_view name, int error) const {
  return {CodeOf(error),
          std::string(doing) + " " + Name(name) + ": " + std::generic_category().message(error)};
}

Error Folder::Odd(std::string_view name, std::string_view expected) const {
  return {ErrorCode::kMalformed, Name(name) + ": is not a " + std::string(expected)};
}

Result<Folder> Folder::Open(const std::filesystem::path& path) {
  std::string shown = Printable(path.native());
  UniqueFd fd(::open(path.c_str(), kFolderFlags));
  if (!fd.is_open()) {
    const int error = errno;
    return Error(CodeOf(error),
                 "open folder " + shown + ": " + std::generic_category().message(error));
  }
  return Folder(std::move(fd), std::move(shown));
}

Result<Folder> Folder::Child(std::string_view name) const {
  const std::string component(name);
  UniqueFd fd(::openat(fd_.get(), component.c_str(), kFolderFlags | O_NOFOLLOW));
  if (fd.is_open()) return Folder(std::move(fd), Name(name));
  const int error = errno;
  if (CodeOf(error) == ErrorCode::kMalformed) return Odd(name, "folder");
  return Refused("open folder", name, error);
}

Result<Folder> Folder::ChildOrNew(std::string_view name) const {
  Result<Folder> child = Child(name);
  if (child.ok() || child.error().code() != ErrorCode::kNotFound) return child;
  const std::string component(name);
  if (::mkdirat(fd_.get(), component.c_str(), kFolderMode) != 0 && errno != EEXIST) {
    return Refused("make folder", name, errno);
  }
  if (const int error = Sync(fd_.get()); error != 0) return Refused("make folder", name, error);
  return Child(name);
}

Result<Bytes> Folder::Read(std::string_view name, std::size_t max_bytes) const {
  const std::string component(name);
  const UniqueFd fd(::openat(fd_.get(), component.c_str(), kFileFlags));
  if (!fd.is_open()) {
    const int error = errno;
    if (CodeOf(error) == ErrorCode::kMalformed) return Odd(name, "regular file");
    return Refused("open", name, error);
  }
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return Refused("read", name, errno);
  if (!S_ISREG(status.st_mode)) return Odd(name, "regular file");
  auto read = ReadUpTo(fd.get(), static_cast<std::size_t>(status.st_size), max_bytes);
  if (const int* error = std::get_if<int>(&read)) return Refused("read", name, *error);
  return std::get<Bytes>(std::move(read));
}

Result<Folder::Lock> Folder::Acquire(const Context& context) const {
  // A descriptor of its own, so that two threads exclude each other as two processes do.
  UniqueFd fd(::openat(fd_.get(), ".", kFolderFlags));
  if (!fd.is_open()) return Refused("lock", ".", errno);
  auto pause = std::chrono::milliseconds(1);
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return Refused("lock", ".", errno);
    if (context.stop.stop_requested() || context.deadline <= std::chrono::steady_clock::now()) {
      return Error(ErrorCode::kTimeout, "lock " + path_ + ": another writer holds it");
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(16));
  }
  return Lock(std::move(fd));
}

Result<Done> Folder::Replace(std::string_view name, ByteView bytes) const {
  const std::string component(name);
  Temporary temporary(fd_.get());
  int error = temporary.Make();
  if (error == 0) error = temporary.TakeModeOf(component.c_str());
  if (error == 0) error = temporary.Fill(bytes);
  if (error == 0) error = temporary.Place(component.c_str());
  if (error == 0) return Done{};
  // A folder that went away, or a folder in the file's place, is trouble with the disk as well.
  return Error(ErrorCode::kStorage,
               "write " + Name(name) + ": " + std::generic_category().message(error));
}

}  // namespace hallmark::store
