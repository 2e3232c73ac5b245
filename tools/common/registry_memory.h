#ifndef HALLMARK_TOOLS_COMMON_REGISTRY_MEMORY_H_
#define HALLMARK_TOOLS_COMMON_REGISTRY_MEMORY_H_

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "hallmark/base/time.h"

namespace hallmark::cli {

// What earlier runs learnt about registries: whether they have the referrers API. Saves a request
// and proves nothing: a wrong entry can hide signatures, which refuses, and can show none. Entries
// hold for a day. A file that is missing, unreadable or malformed is an empty memory, and a file
// that cannot be written is none. Safe for several threads.
class RegistryMemory {
 public:
  // `file` empty: remembers for this run only.
  RegistryMemory(std::filesystem::path file, UnixTime now);

  std::optional<bool> HasReferrersApi(std::string_view registry) const;
  void Learn(std::string_view registry, bool has_referrers_api);

  // Writes by temporary and rename when something new was learnt, keeping what others wrote.
  void Save();

 private:
  struct Entry {
    bool has_referrers_api;
    UnixTime seen;
  };
  using Entries = std::map<std::string, Entry, std::less<>>;

  static Entries Read(const std::filesystem::path& file, UnixTime now);

  std::filesystem::path file_;
  UnixTime now_;
  mutable std::mutex mutex_;
  Entries entries_;
  bool changed_ = false;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_REGISTRY_MEMORY_H_
