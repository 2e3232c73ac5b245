#include "hallmark/verify/internal/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace hallmark::verify {

void ForEach(std::size_t count, std::size_t max_parallel,
             const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto work_along = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  const std::size_t wanted = std::min(count, max_parallel);
  std::vector<std::jthread> threads;
  try {
    while (threads.size() + 1 < wanted) threads.emplace_back(work_along);
  } catch (const std::system_error&) {
    // Out of threads: fewer will do.
  }
  work_along();
}

}  // namespace hallmark::verify
