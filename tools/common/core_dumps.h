#ifndef HALLMARK_TOOLS_COMMON_CORE_DUMPS_H_
#define HALLMARK_TOOLS_COMMON_CORE_DUMPS_H_

namespace hallmark::cli {

// From now on a crash leaves no core file, and none goes to the system's collector: keys and logins
// are copied where they are used, outside of the memory that Secret keeps out of dumps. Programs
// that are started inherit it.
void LeaveNoCoreDumps();

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_CORE_DUMPS_H_
