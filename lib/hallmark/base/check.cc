#include "hallmark/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace hallmark::internal {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "hallmark: internal error: %s does not hold at %s:%d\n"
               "This is a bug in Hallmark. Please report it with the command that was run and this "
               "line.\n",
               condition, file, line);
  std::abort();
}

}  // namespace hallmark::internal
