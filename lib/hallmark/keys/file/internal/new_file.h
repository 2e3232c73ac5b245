#ifndef HALLMARK_KEYS_FILE_INTERNAL_NEW_FILE_H_
#define HALLMARK_KEYS_FILE_INTERNAL_NEW_FILE_H_

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// Private to the module: a file that appears whole and under a name nobody had, or not at all.
namespace hallmark::keys {

class NewFile {
 public:
  // Writes and syncs a temporary beside `path`. kConfig when `path` exists already, kStorage when
  // it cannot be written; both name it.
  static Result<NewFile> Write(const std::filesystem::path& path, ByteView content, mode_t mode);

  // Gives it its name. kConfig when that came to exist meanwhile; kStorage otherwise.
  Result<Done> Publish();
  // From here on the file stays.
  void Keep() { on_disk_.clear(); }

  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  // Removes the file, under whichever name it has, unless it was kept.
  ~NewFile();

 private:
  explicit NewFile(std::filesystem::path path) : path_(std::move(path)) {}
  Result<Done> Fill(int file, ByteView content, mode_t mode) const;

  std::filesystem::path path_;
  std::string on_disk_;  // the name it has now; empty: nothing to remove
};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_FILE_INTERNAL_NEW_FILE_H_
