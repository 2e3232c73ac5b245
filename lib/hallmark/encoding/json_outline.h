#ifndef HALLMARK_ENCODING_JSON_OUTLINE_H_
#define HALLMARK_ENCODING_JSON_OUTLINE_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"

// For documents that are small but for one member, which may be very large: a statement and its
// predicate.
namespace hallmark::json {

// A member's value as it was written.
struct Part {
  Kind kind;
  ByteView text;  // of the document, from its first byte to its last; borrowed
  Position position;
};

struct Outline {
  Value document;  // the member stands in it as null
  std::optional<Part> part;
};

// Parses one complete document as Parse does, every byte held to the same rules, but keeps of the
// outermost object's member `name` only the text: memory is taken for what is around it, and, while
// an object inside it is open, for that object's names. Of the limits, max_depth counts everything,
// max_values what is around the member, and `max_part_values` what is in it.
Result<Outline> ParseOutline(ByteView untrusted_text, const Limits& limits, std::string_view name,
                             std::size_t max_part_values);

// Holds one complete document to the same rules and keeps nothing but its kind.
Result<Kind> Check(ByteView untrusted_text, const Limits& limits);

}  // namespace hallmark::json

#endif  // HALLMARK_ENCODING_JSON_OUTLINE_H_
