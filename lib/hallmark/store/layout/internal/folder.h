#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_FOLDER_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_FOLDER_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "hallmark/base/bytes.h"
#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/store/layout/internal/unique_fd.h"

namespace hallmark::store {

// A folder held open. Every name is looked up from its descriptor, one step at a time, and no
// symbolic link is followed on the way: a link, a device, a socket or a pipe where a file or a
// folder is expected is kMalformed. kNotFound when there is nothing of that name, kStorage for
// everything else the system refuses, with its words and the path.
// Names are single path components chosen by us, never text from outside.
class Folder {
 public:
  // Held as long as it lives: no other writer of this folder, in this or another process.
  class Lock {
   private:
    friend class Folder;
    explicit Lock(UniqueFd fd) : fd_(std::move(fd)) {}
    UniqueFd fd_;
  };

  // Links in `path` are followed: the caller named it.
  static Result<Folder> Open(const std::filesystem::path& path);

  Result<Folder> Child(std::string_view name) const;
  // The same, and makes it when it is not there.
  Result<Folder> ChildOrNew(std::string_view name) const;

  // The file's bytes: all of them, or the first max_bytes + 1 of a larger one.
  Result<Bytes> Read(std::string_view name, std::size_t max_bytes) const;

  // Waits for the lock until the context ends: kTimeout.
  Result<Lock> Acquire(const Context& context) const;

  // Writes a new file beside the old one, forces it to disk and puts it in place in one step; the
  // old one's permissions are kept. The caller holds the lock of the layout, so that a temporary
  // that is found was left by a writer who was killed, and is removed.
  Result<Done> Replace(std::string_view name, ByteView bytes) const;

 private:
  Folder(UniqueFd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  Error Refused(std::string_view doing, std::string_view name, int error) const;
  Error Odd(std::string_view name, std::string_view expected) const;
  std::string Name(std::string_view name) const { return path_ + "/" + std::string(name); }

  UniqueFd fd_;
  std::string path_;  // printable, for messages
};

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_FOLDER_H_
