#ifndef HALLMARK_ENCODING_JSON_H_
#define HALLMARK_ENCODING_JSON_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// The only JSON reader and writer of Hallmark (RFC 8259, read as strictly as RFC 7493 I-JSON asks).
namespace hallmark::json {

// Where a value starts in the text it was parsed from; 1-based, columns count bytes. Values built
// in memory stand at 0:0.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
};

enum class Kind : std::uint8_t { kNull = 1, kBool, kNumber, kString, kArray, kObject };

class Value;
struct Member;  // name, its position, and a value

// An immutable JSON document or part of one. Members keep their order; names are distinct.
class Value {
 public:
  static Value Null();
  static Value Bool(bool value);
  static Value Integer(std::int64_t value);
  static Value String(std::string value);
  static Value Array(std::vector<Value> items);
  // The caller passes distinct names (checked with HALLMARK_CHECK).
  static Value Object(std::vector<std::pair<std::string, Value>> members);

  Kind kind() const;
  Position position() const { return position_; }

  // Null when the value is of another kind.
  const std::string* string() const;
  const std::vector<Value>* array() const;
  const std::vector<Member>* object() const;
  std::optional<bool> boolean() const;
  // A number written as digits only (no sign, fraction or exponent), at most 2^53-1, which is the
  // range every JSON reader agrees on (RFC 7493 section 2.2).
  std::optional<std::uint64_t> unsigned_integer() const;
  // Any number that a double holds, as RFC 8785 reads it.
  std::optional<double> number() const;

  // The member of that name; null when absent or when this is no object.
  const Value* Find(std::string_view name) const;

 private:
  friend class Builder;  // the parser, json_parse.cc
  friend class Printer;  // the writers, json_write.cc
  struct Number {
    double value;
    std::string digits;  // as written
  };
  std::variant<std::monostate, bool, Number, std::string, std::vector<Value>, std::vector<Member>>
      data_;
  Position position_;
};

struct Member {
  std::string name;
  Position position;  // of the name's opening quote
  Value value;
};

// Bounds of one document. Every caller chooses; there is no default.
struct Limits {
  std::size_t max_bytes;
  std::size_t max_depth;   // nested arrays and objects
  std::size_t max_values;  // members and items in all
};

// Parses one complete document. kMalformed with line, column and reason for: anything RFC 8259
// does not allow, a byte order mark, invalid UTF-8, a lone surrogate escape, a NUL character in a
// string, two members of one name (compared after unescaping), a number outside double's range,
// text after the value. kLimit for the bounds. Never recurses more than max_depth.
Result<Value> Parse(ByteView untrusted_text, const Limits& limits);

// Reads the members of one object, each by name, and then insists that nothing else was there.
// Errors are kMalformed and say `where`, the member, what was expected and, for parsed documents,
// line and column: "policy.json:3:7: rules[0].mode: want \"enforce\" or \"warn\"".
class Fields {
 public:
  // `where` is a path for messages, such as "manifest" or "policy.rules[0]".
  static Result<Fields> Of(const Value& value, std::string where);

  Result<std::string> String(std::string_view name);
  Result<std::optional<std::string>> OptionalString(std::string_view name);
  Result<std::uint64_t> Unsigned(std::string_view name, std::uint64_t max);
  Result<std::optional<std::uint64_t>> OptionalUnsigned(std::string_view name, std::uint64_t max);
  Result<const std::vector<Value>*> Array(std::string_view name);
  Result<const std::vector<Value>*> OptionalArray(std::string_view name);  // null when absent
  Result<const Value*> Object(std::string_view name);
  Result<const Value*> OptionalObject(std::string_view name);  // null when absent
  const Value* OptionalAny(std::string_view name);             // null when absent

  // kMalformed naming the first member that none of the calls above asked for.
  Result<Done> NothingElse() const;

  // An Error at the place of member `name` (or of the object when it has none).
  Error Complain(std::string_view name, std::string_view what) const;

  const std::string& where() const { return where_; }

 private:
  Fields(const Value& value, std::string where) : value_(&value), where_(std::move(where)) {}
  Result<const Value*> Need(std::string_view name);
  const Value* Take(std::string_view name);

  const Value* value_;
  std::string where_;
  std::vector<std::string> asked_;
};

// One line, no blanks, members in their order; strings escaped as RFC 8785 section 3.2.2.2 does.
std::string ToText(const Value& value);
// Two blanks a level, a final line break: for people.
std::string ToIndentedText(const Value& value);

// RFC 8785 (JSON Canonicalization Scheme). Every document that Hallmark signs is written so.
Bytes Canonical(const Value& value);

// The canonical form of TUF and Notary v1 ("OLPC" canonical JSON): members sorted by their UTF-8
// bytes, no blanks, only quote and backslash escaped, integers only. kMalformed for fractions.
Result<Bytes> CanonicalOlpc(const Value& value);

}  // namespace hallmark::json

#endif  // HALLMARK_ENCODING_JSON_H_
