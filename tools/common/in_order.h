#ifndef HALLMARK_TOOLS_COMMON_IN_ORDER_H_
#define HALLMARK_TOOLS_COMMON_IN_ORDER_H_

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace hallmark::cli {

// Calls work(0) to work(count-1), up to `most_at_once` of them at a time on threads of their own,
// and hands each result to take(index, result) in order of the indices, on the calling thread, as
// soon as its turn has come. One item is worked on without a thread; where the system gives fewer
// threads than asked for, fewer do the work, down to the calling thread alone.
template <class T>
void InOrder(std::size_t count, std::size_t most_at_once, const std::function<T(std::size_t)>& work,
             const std::function<void(std::size_t, T)>& take) {
  if (count == 1) return take(0, work(0));
  std::mutex mutex;
  std::condition_variable ready;
  std::vector<std::optional<T>> results(count);
  std::size_t next = 0;
  const auto worker = [&] {
    for (;;) {
      std::size_t mine = 0;
      {
        const std::lock_guard lock(mutex);
        if (next == count) return;
        mine = next++;
      }
      T result = work(mine);
      const std::lock_guard lock(mutex);
      results[mine] = std::move(result);
      ready.notify_one();
    }
  };
  std::vector<std::jthread> threads;
  try {
    for (std::size_t i = 0; i < std::min(count, most_at_once); ++i) threads.emplace_back(worker);
  } catch (const std::system_error&) {
    if (threads.empty()) worker();
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::unique_lock lock(mutex);
    ready.wait(lock, [&] { return results[i].has_value(); });
    T result = std::move(*results[i]);
    results[i].reset();
    lock.unlock();
    take(i, std::move(result));
  }
}

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_IN_ORDER_H_
