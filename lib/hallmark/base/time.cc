#include "hallmark/base/time.h"

namespace hallmark {

UnixTime SystemClock::Now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace hallmark
