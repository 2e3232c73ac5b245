#ifndef HALLMARK_TOOLS_COMMON_FILE_DIGEST_H_
#define HALLMARK_TOOLS_COMMON_FILE_DIGEST_H_

#include <cstdint>
#include <filesystem>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/oci/digest.h"

namespace hallmark::cli {

struct FileDigest {
  oci::Digest sha256;
  oci::Digest sha512;
  std::uint64_t size;
  Bytes head;  // the first bytes, at most as many as were asked for
};

// Reads a regular file of any size once, in pieces. kConfig naming the path when it is missing,
// unreadable, a folder or a device.
Result<FileDigest> DigestFile(const std::filesystem::path& path, std::size_t max_head);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_FILE_DIGEST_H_
