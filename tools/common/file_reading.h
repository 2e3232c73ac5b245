#ifndef HALLMARK_TOOLS_COMMON_FILE_READING_H_
#define HALLMARK_TOOLS_COMMON_FILE_READING_H_

#include <cstddef>
#include <filesystem>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::cli {

// All of a regular file. kConfig naming the path when it is missing, unreadable, a folder, a
// device, or larger than `max_bytes`.
Result<Bytes> ReadFile(const std::filesystem::path& path, std::size_t max_bytes);

// The same for a file that decides what is trusted: also kConfig when anybody may write to it.
Result<Bytes> ReadTrustedFile(const std::filesystem::path& path, std::size_t max_bytes);

// All of stdin; kConfig when that is more than `max_bytes`.
Result<Bytes> ReadStdin(std::size_t max_bytes);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_FILE_READING_H_
