#ifndef HALLMARK_TOOLS_COMMON_CRL_CACHE_H_
#define HALLMARK_TOOLS_COMMON_CRL_CACHE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "hallmark/revocation/checker.h"

namespace hallmark::cli {

// Revocation lists in a folder of the user's, one file each. Without a folder nothing is kept. At
// most kMaxFiles: the oldest makes room.
class CrlCache final : public revocation::Cache {
 public:
  static constexpr std::size_t kMaxFiles = 100;

  explicit CrlCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::optional<Kept> Read(const std::string& name) override;
  void Write(const std::string& name, const Kept& kept) override;

 private:
  std::filesystem::path FileOf(const std::string& name) const;

  std::filesystem::path folder_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_CRL_CACHE_H_
