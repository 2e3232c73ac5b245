#ifndef HALLMARK_BASE_CHECK_H_
#define HALLMARK_BASE_CHECK_H_

namespace hallmark::internal {

// Says which invariant broke and where, then ends the process.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace hallmark::internal

// For invariants of our own code only: bytes from outside must never be able to reach a failing
// one. Stays in release builds; ends the process with abort() and so never with exit code 0.
#define HALLMARK_CHECK(condition)                                        \
  do {                                                                   \
    if (!(condition)) {                                                  \
      ::hallmark::internal::CheckFailed(#condition, __FILE__, __LINE__); \
    }                                                                    \
  } while (false)

#endif  // HALLMARK_BASE_CHECK_H_
