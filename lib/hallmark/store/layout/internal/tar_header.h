#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_TAR_HEADER_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_TAR_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// The pieces of a tar archive (POSIX.1-2017, pax "ustar Interchange Format" and "pax Header
// Block"; GNU tar's base-256 numbers and long names), read strictly. Pure.
namespace hallmark::store {

inline constexpr std::size_t kTarBlock = 512;

// One header block as it stands, before extended headers are applied.
struct TarHeader {
  char type;           // typeflag; '0' for the old NUL spelling
  std::string name;    // prefix and name joined
  std::uint64_t size;  // as the block says
};

// `block` has kTarBlock bytes. kMalformed: a checksum that does not match, neither the ustar nor
// the GNU magic, a number that is not octal or base-256 or does not fit 63 bits.
Result<TarHeader> ParseTarHeader(ByteView block);

bool IsZero(ByteView bytes);

// What an extended header ("x") says of the entry after it.
struct PaxRecords {
  std::optional<std::string> path;
  std::optional<std::uint64_t> size;
};

// kMalformed: records that do not add up, one of path and size given twice, a number that is none,
// a link or a sparse file.
Result<PaxRecords> ParsePaxRecords(ByteView untrusted_bytes);

// The one spelling of an entry's name: no leading "./", no trailing '/'; empty for the root.
// kMalformed: absolute, "..", ".", an empty component, a control character. kLimit: too long.
Result<std::string> NormalTarName(std::string_view untrusted_name);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_TAR_HEADER_H_
