#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_UNIQUE_FD_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_UNIQUE_FD_H_

#include <unistd.h>

#include <utility>

namespace hallmark::store {

// Owns a file descriptor; -1 owns nothing.
class UniqueFd {
 public:
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() {
    if (fd_ >= 0) ::close(fd_);
  }

  bool is_open() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_UNIQUE_FD_H_
