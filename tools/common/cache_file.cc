#include "tools/common/cache_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <system_error>

namespace hallmark::cli {
namespace {

bool WriteAll(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// Several threads write as well as several processes.
std::string Suffix() {
  static std::atomic<unsigned> count{0};
  return "." + std::to_string(::getpid()) + "." + std::to_string(count++);
}

}  // namespace

void WriteCacheFile(const std::filesystem::path& file, ByteView bytes) {
  std::error_code problem;
  std::filesystem::create_directories(file.parent_path(), problem);
  const std::filesystem::path temporary = file.string() + Suffix();
  const int fd =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return;
  const bool is_whole = WriteAll(fd, bytes);
  ::close(fd);
  if (is_whole) std::filesystem::rename(temporary, file, problem);
  if (!is_whole || problem) std::filesystem::remove(temporary, problem);
}

}  // namespace hallmark::cli
