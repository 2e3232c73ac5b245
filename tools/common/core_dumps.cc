#include "tools/common/core_dumps.h"

#include <sys/resource.h>

#include <algorithm>

namespace hallmark::cli {

void LeaveNoCoreDumps() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0) return;
  // core(5): a collector that the kernel pipes dumps to gets them even with a limit of 0, but not
  // with 1; and no file of one byte is written either.
  limit.rlim_max = std::min<rlim_t>(limit.rlim_max, 1);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_CORE, &limit);
}

}  // namespace hallmark::cli
