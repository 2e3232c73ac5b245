#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_TAR_DIRECTORY_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_TAR_DIRECTORY_H_

#include <cstdint>
#include <map>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::store {

// A file that is read at any place; the size is the one it had when it was opened.
class RandomAccess {
 public:
  virtual ~RandomAccess() = default;
  virtual std::uint64_t size() const = 0;
  // Exactly `count` bytes from `offset`; kMalformed when the file ends before.
  virtual Result<Bytes> ReadAt(std::uint64_t offset, std::size_t count) const = 0;
};

// Where the bytes of a file lie within an archive.
struct Extent {
  std::uint64_t offset;
  std::uint64_t size;
};

// The regular files of an uncompressed tar archive by name, from one walk over its headers: no
// content is read. kMalformed for everything ArchiveStore refuses, for an archive that is cut or
// that goes on after its end; kLimit for too many or too long names.
Result<std::map<std::string, Extent>> ReadTarDirectory(const RandomAccess& file);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_TAR_DIRECTORY_H_
