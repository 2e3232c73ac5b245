#include "hallmark/signature/format.h"

namespace hallmark::signature {

bool IsVerdict(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformed:
    case ErrorCode::kMismatch:
    case ErrorCode::kLimit:
    case ErrorCode::kUnsupported:
      return true;
    default:
      return false;
  }
}

Loaded Unreadable(FormatId format, const Candidate& candidate, Check check, Error error) {
  if (!IsVerdict(error.code())) return error;
  Assessment assessment{format, candidate.artifact, {}, std::nullopt, {}};
  assessment.findings.push_back(
      {check, Outcome::kFailed, std::string(ToWord(error.code())), error.message()});
  return assessment;
}

}  // namespace hallmark::signature
