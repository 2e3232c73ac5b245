#ifndef HALLMARK_TESTS_CONFORMANCE_CLIENT_H_
#define HALLMARK_TESTS_CONFORMANCE_CLIENT_H_

#include <string>
#include <string_view>

// The vectors protocol: a JSON object a line in, an answer a line out. Operations are named by
// "op"; binary members are padded base64. An answer repeats "id" and says "ok" true with results,
// "ok" false with "error", or "unsupported" true.
namespace hallmark::conformance {

// The answer to one line, without line break. Every line gets one, malformed ones too: "ok" is
// false, and "id" is taken from the text if it can be found there.
std::string AnswerLine(std::string_view line);

}  // namespace hallmark::conformance

#endif  // HALLMARK_TESTS_CONFORMANCE_CLIENT_H_
