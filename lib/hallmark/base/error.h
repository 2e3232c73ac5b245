#ifndef HALLMARK_BASE_ERROR_H_
#define HALLMARK_BASE_ERROR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace hallmark {

// What a caller may branch on. "The signature is bad" is never an Error: it is
// a Finding (signature/assessment.h). An Error means the work was not done.
enum class ErrorCode : std::uint8_t {
  kMalformed = 1,  // untrusted bytes do not follow their format
  kMismatch,       // bytes arrived whole, but are not the ones their digest names
  kLimit,          // a size, depth or count bound was hit
  kUnsupported,    // well formed, but this build does not do it
  kNotFound,       // answered with authority: it is not there
  kDenied,         // a peer refused us (401, 403, wrong passphrase)
  kThrottled,      // a peer told us to come back later (429), and later is past the deadline
  kUnavailable,    // transient (no connection, reset, 5xx); a retry may work
  kTimeout,        // the deadline passed
  kProtocol,       // a peer's answer does not follow its protocol (HTML for JSON, cut body)
  kStorage,        // a local file could not be read or written (permission, disk full)
  kConfig,         // the operator's file, flag or key is wrong
  kInternal,       // a bug in Hallmark
};

// The stable kebab-case word for a code, as verdicts and JSON spell it: malformed, wrong-digest,
// limit, unsupported, not-found, auth, throttled, unreachable, timeout, protocol, storage, config,
// internal.
std::string_view ToWord(ErrorCode code);

class Error {
 public:
  Error(ErrorCode code, std::string message) : code_(code), message_(std::move(message)) {}

  ErrorCode code() const { return code_; }
  // One line, lower case: what was being done and with what. Untrusted text in it went through
  // Printable (base/printable.h) when the Error was made.
  const std::string& message() const { return message_; }

  // Prepends what was being done, outermost first: "fetch manifest: ...".
  Error While(std::string_view doing) && {
    message_.insert(0, std::string(doing) + ": ");
    return std::move(*this);
  }

 private:
  ErrorCode code_;
  std::string message_;
};

}  // namespace hallmark

#endif  // HALLMARK_BASE_ERROR_H_
