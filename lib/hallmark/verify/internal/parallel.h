#ifndef HALLMARK_VERIFY_INTERNAL_PARALLEL_H_
#define HALLMARK_VERIFY_INTERNAL_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace hallmark::verify {

// Calls work(0) ... work(count - 1), at most max_parallel at once, and returns when all are done.
// The calling thread works along, so that a single call starts no thread; when the system gives
// no further thread, those there are do all of it. `work` must not throw.
void ForEach(std::size_t count, std::size_t max_parallel,
             const std::function<void(std::size_t)>& work);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_PARALLEL_H_
