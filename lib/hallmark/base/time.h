#ifndef HALLMARK_BASE_TIME_H_
#define HALLMARK_BASE_TIME_H_

#include <chrono>

namespace hallmark {

// Wall-clock time, whole seconds: what certificates and policies speak.
using UnixTime = std::chrono::sys_seconds;

// Read once at the start of an operation; everything below takes a UnixTime.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixTime Now() const = 0;
};

// The machine's clock. Constructed in main() only.
class SystemClock final : public Clock {
 public:
  UnixTime Now() const override;
};

}  // namespace hallmark

#endif  // HALLMARK_BASE_TIME_H_
