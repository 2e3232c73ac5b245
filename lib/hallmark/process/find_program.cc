#include "hallmark/process/find_program.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace hallmark::process {
namespace {

bool IsProgram(const std::string& file) {
  struct stat about {};
  return stat(file.c_str(), &about) == 0 && S_ISREG(about.st_mode) &&
         access(file.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::string> FindProgram(std::string_view path, const std::string& program) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    const std::string folder(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
    if (!folder.starts_with('/')) continue;
    std::string file = folder + "/" + program;
    if (IsProgram(file)) return file;
  }
  return std::nullopt;
}

}  // namespace hallmark::process
