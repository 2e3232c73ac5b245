#ifndef HALLMARK_TOOLS_COMMON_CACHE_FILE_H_
#define HALLMARK_TOOLS_COMMON_CACHE_FILE_H_

#include <filesystem>

#include "hallmark/base/bytes.h"

namespace hallmark::cli {

// Writes a file that only saves work later: whole and by rename, of mode 0600, its folder made
// where there is none; or not at all, and nobody is told.
void WriteCacheFile(const std::filesystem::path& file, ByteView bytes);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_CACHE_FILE_H_
