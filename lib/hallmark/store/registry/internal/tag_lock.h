#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_TAG_LOCK_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_TAG_LOCK_H_

#include <chrono>
#include <string>

#include "hallmark/base/context.h"

namespace hallmark::store::registry {

// An advisory lock by which writers on one machine take turns at one tag: flock(2) on a file of
// `folder` whose name is the SHA-256 of `what`. It only saves work: nothing depends on it, so
// every failure, and a wait over `patience`, means going on without it.
class TagLock {
 public:
  TagLock(const Context&, const std::string& folder, const std::string& what,
          std::chrono::milliseconds patience);
  ~TagLock();
  TagLock(const TagLock&) = delete;
  TagLock& operator=(const TagLock&) = delete;

  bool is_held() const { return held_; }

 private:
  int file_ = -1;
  bool held_ = false;
};

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_TAG_LOCK_H_
