#include "tools/common/file_reading.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "hallmark/base/printable.h"

namespace hallmark::cli {
namespace {

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

Error Config(const std::string& name, std::string_view what) {
  return {ErrorCode::kConfig, name + ": " + std::string(what)};
}

struct Size {
  std::size_t expected;  // what is read at first; any other size is read too
  std::size_t most;
};

Result<Bytes> ReadAll(int fd, const std::string& name, Size size) {
  Bytes bytes(std::min(size.most, size.expected) + 1);
  std::size_t used = 0;
  for (;;) {
    if (used == bytes.size()) bytes.resize(std::min(size.most + 1, used * 2 + 65536));
    const ssize_t got = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Config(name, std::strerror(errno));
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > size.most) {
      return Config(name, "larger than " + std::to_string(size.most) + " bytes");
    }
  }
  bytes.resize(used);
  return bytes;
}

Result<Bytes> Read(const std::filesystem::path& path, std::size_t max_bytes, bool is_trusted) {
  const std::string name = Printable(path.string());
  // A FIFO must not hang us before it can be seen to be one.
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (file.fd() < 0) return Config(name, std::strerror(errno));
  struct stat status {};
  if (::fstat(file.fd(), &status) != 0) return Config(name, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) return Config(name, "is a folder");
  if (!S_ISREG(status.st_mode)) return Config(name, "is not a regular file");
  if (is_trusted && (status.st_mode & S_IWOTH) != 0) {
    return Config(name, "anybody may write to this file; run chmod o-w on it");
  }
  return ReadAll(file.fd(), name, {static_cast<std::size_t>(status.st_size), max_bytes});
}

}  // namespace

Result<Bytes> ReadFile(const std::filesystem::path& path, std::size_t max_bytes) {
  return Read(path, max_bytes, false);
}

Result<Bytes> ReadTrustedFile(const std::filesystem::path& path, std::size_t max_bytes) {
  return Read(path, max_bytes, true);
}

Result<Bytes> ReadStdin(std::size_t max_bytes) {
  return ReadAll(STDIN_FILENO, "stdin", {65536, max_bytes});
}

}  // namespace hallmark::cli
