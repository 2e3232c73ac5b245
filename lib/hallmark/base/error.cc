#include "hallmark/base/error.h"

#include "hallmark/base/check.h"

namespace hallmark {

std::string_view ToWord(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformed:
      return "malformed";
    case ErrorCode::kMismatch:
      return "wrong-digest";
    case ErrorCode::kLimit:
      return "limit";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kNotFound:
      return "not-found";
    case ErrorCode::kDenied:
      return "auth";
    case ErrorCode::kThrottled:
      return "throttled";
    case ErrorCode::kUnavailable:
      return "unreachable";
    case ErrorCode::kTimeout:
      return "timeout";
    case ErrorCode::kProtocol:
      return "protocol";
    case ErrorCode::kStorage:
      return "storage";
    case ErrorCode::kConfig:
      return "config";
    case ErrorCode::kInternal:
      return "internal";
  }
  internal::CheckFailed("a known ErrorCode", __FILE__, __LINE__);
}

}  // namespace hallmark
