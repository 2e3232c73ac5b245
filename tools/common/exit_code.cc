#include "tools/common/exit_code.h"

#include <variant>

namespace hallmark::cli {
namespace {

int Weight(ExitCode code) {
  switch (code) {
    case ExitCode::kDone:
      return 0;
    case ExitCode::kUnknown:
      return 1;
    case ExitCode::kUnsigned:
      return 2;
    case ExitCode::kDenied:
      return 3;
    case ExitCode::kConfig:
      return 4;
    case ExitCode::kInternal:
    default:
      return 5;
  }
}

}  // namespace

ExitCode Worse(ExitCode one, ExitCode other) { return Weight(one) >= Weight(other) ? one : other; }

ExitCode ForVerdict(const policy::Verdict& verdict) {
  if (verdict.allowed()) return ExitCode::kDone;
  if (std::holds_alternative<policy::Unsigned>(verdict.decision)) return ExitCode::kUnsigned;
  if (std::holds_alternative<policy::Unknown>(verdict.decision)) return ExitCode::kUnknown;
  return ExitCode::kDenied;
}

ExitCode ForError(const Error& error) {
  switch (error.code()) {
    case ErrorCode::kMalformed:
    case ErrorCode::kMismatch:
    case ErrorCode::kUnsupported:
      return ExitCode::kDenied;
    case ErrorCode::kConfig:
      return ExitCode::kConfig;
    case ErrorCode::kLimit:
    case ErrorCode::kNotFound:
    case ErrorCode::kDenied:
    case ErrorCode::kThrottled:
    case ErrorCode::kUnavailable:
    case ErrorCode::kTimeout:
    case ErrorCode::kProtocol:
    case ErrorCode::kStorage:
      return ExitCode::kUnknown;
    case ErrorCode::kInternal:
    default:
      return ExitCode::kInternal;
  }
}

}  // namespace hallmark::cli
