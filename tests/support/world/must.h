#ifndef HALLMARK_TESTS_SUPPORT_WORLD_MUST_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_MUST_H_

#include <stdexcept>
#include <string>
#include <utility>

#include "hallmark/base/result.h"

namespace hallmark::testing {

// The value of a Result that a test takes for granted; otherwise the test fails with the Error's
// words (an exception that Catch2 reports).
template <class T>
T Must(Result<T> result) {
  if (!result.ok()) {
    throw std::runtime_error(std::string(ToWord(result.error().code())) + ": " +
                             result.error().message());
  }
  return std::move(result).value();
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_MUST_H_
