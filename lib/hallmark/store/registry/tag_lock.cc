#include "hallmark/store/registry/internal/tag_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "hallmark/base/bytes.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/store/registry/internal/retry_after.h"

namespace hallmark::store::registry {
namespace {

constexpr std::chrono::milliseconds kPollEvery{3};

int OpenLockFile(const std::string& folder, const std::string& what) {
  const std::string name =
      encoding::ToHex(crypto::Hash(crypto::HashAlgorithm::kSha256, AsBytes(what)));
  const std::string path = folder + "/" + name + ".lock";
  return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

}  // namespace

TagLock::TagLock(const Context& context, const std::string& folder, const std::string& what,
                 std::chrono::milliseconds patience) {
  if (folder.empty()) return;
  file_ = OpenLockFile(folder, what);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (file_ >= 0 && !held_) {
    held_ = flock(file_, LOCK_EX | LOCK_NB) == 0;
    if (held_ || std::chrono::steady_clock::now() >= end) return;
    if (!Wait(context, kPollEvery).ok()) return;
  }
}

TagLock::~TagLock() {
  if (file_ >= 0) close(file_);  // and with it the lock
}

}  // namespace hallmark::store::registry
