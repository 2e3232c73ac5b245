#ifndef HALLMARK_TESTS_UNIT_NET_TEMPORARY_FILE_H_
#define HALLMARK_TESTS_UNIT_NET_TEMPORARY_FILE_H_

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace hallmark::net {

// A file of its own, gone at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text)
      : path_(std::filesystem::current_path() /
              ("net_test_" + std::to_string(::getpid()) + "_" + std::to_string(++Count()))) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  static int& Count() {
    static int count = 0;
    return count;
  }
  std::filesystem::path path_;
};

}  // namespace hallmark::net

#endif  // HALLMARK_TESTS_UNIT_NET_TEMPORARY_FILE_H_
