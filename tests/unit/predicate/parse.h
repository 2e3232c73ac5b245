#ifndef HALLMARK_TESTS_UNIT_PREDICATE_PARSE_H_
#define HALLMARK_TESTS_UNIT_PREDICATE_PARSE_H_

#include <string>
#include <string_view>

#include "hallmark/encoding/json.h"
#include "hallmark/predicate/limits.h"
#include "tests/support/catch.h"

namespace hallmark::predicate {

inline json::Value Json(std::string_view text) {
  return json::Parse(AsBytes(text), kJsonLimits).value();
}

// `text` with the first `what` replaced: one thing wrong in a document that is otherwise right.
inline std::string With(std::string text, std::string_view what, std::string_view instead) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), instead);
}

// Whether the parser refuses the document with that code and a message that says so.
template <class Parser>
void CheckRefused(const Parser& parse, const std::string& text, ErrorCode code,
                  std::string_view says) {
  INFO(text);
  const auto parsed = parse(Json(text));
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().code() == code);
  CHECK_THAT(parsed.error().message(), Catch::Contains(std::string(says)));
}

}  // namespace hallmark::predicate

#endif  // HALLMARK_TESTS_UNIT_PREDICATE_PARSE_H_
