#ifndef HALLMARK_TOOLS_COMMON_EXIT_CODE_H_
#define HALLMARK_TOOLS_COMMON_EXIT_CODE_H_

#include <cstdint>

#include "hallmark/base/error.h"
#include "hallmark/policy/verdict.h"

namespace hallmark::cli {

// What the process ends with (docs/cli/hallmark.md, "Exit codes").
enum class ExitCode : std::uint8_t {
  kDone = 0,
  kDenied = 1,
  kConfig = 2,
  kUnsigned = 3,
  kUnknown = 4,
  kInternal = 5,
};

// The exit code of several: the first of 5, 2, 1, 3, 4 that occurred, else 0.
ExitCode Worse(ExitCode one, ExitCode other);

ExitCode ForVerdict(const policy::Verdict& verdict);

// For work that was not done. A passphrase that is wrong makes the key unusable: callers say
// kConfig themselves, since a registry's refusal has the same code.
ExitCode ForError(const Error& error);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_EXIT_CODE_H_
