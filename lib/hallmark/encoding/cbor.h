#ifndef HALLMARK_ENCODING_CBOR_H_
#define HALLMARK_ENCODING_CBOR_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// The only CBOR reader and writer of Hallmark (RFC 8949); why it does not stand on libcbor:
// docs/adr/0006-cbor.md. Nothing is ever reserved for a length that the text announces: what
// is allocated is what has arrived.
namespace hallmark::cbor {

enum class Kind : std::uint8_t {
  kInteger = 1,  // major types 0 and 1
  kBytes,
  kText,
  kArray,
  kMap,
  kTag,
  kBool,
  kNull,
  kUndefined,
  kFloat,
};

class Value;
struct Entry;  // a key and a value

// An immutable data item. Arrays and maps keep their order; the keys of a map are distinct.
class Value {
 public:
  static Value Integer(std::int64_t value);
  static Value ByteString(Bytes bytes);
  static Value Text(std::string utf8);  // checked with HALLMARK_CHECK
  static Value Array(std::vector<Value> items);
  // The caller passes distinct keys that are integers, text or byte strings (HALLMARK_CHECK).
  static Value Map(std::vector<Entry> entries);
  static Value Tagged(std::uint64_t tag, Value content);
  static Value Bool(bool value);
  static Value Null();

  Kind kind() const;

  // Null or nullopt when the value is of another kind.
  std::optional<std::int64_t> integer() const;  // also when it does not fit
  std::optional<std::uint64_t> unsigned_integer() const;
  const Bytes* bytes() const;
  const std::string* text() const;
  const std::vector<Value>* array() const;
  const std::vector<Entry>* map() const;
  std::optional<bool> boolean() const;
  std::optional<double> floating() const;
  // What the tag of that number stands on; null for other kinds and other tags.
  const Value* content_of_tag(std::uint64_t tag) const;

  // The value under that key; null when absent or when this is no map.
  const Value* Find(std::int64_t key) const;
  const Value* Find(std::string_view key) const;

 private:
  friend class Builder;  // the parser, cbor_parse.cc
  friend class Printer;  // the writer, cbor_write.cc
  // What major types 0 and 1 carry: argument, or -1 - argument.
  struct Number {
    bool is_negative;
    std::uint64_t argument;
  };
  struct Tag {
    std::uint64_t number;
    std::vector<Value> content;  // exactly one
  };
  struct Undefined {};
  std::variant<std::monostate, Undefined, bool, double, Number, Bytes, std::string,
               std::vector<Value>, std::vector<Entry>, Tag>
      data_;
};

struct Entry {
  Value key;
  Value value;
};

// How much freedom of spelling a text has; each step refuses what the one before it allows.
enum class Encoding : std::uint8_t {
  kAny = 1,        // well formed: indefinite lengths, any width of a head
  kDefinite,       // every length is announced
  kShortest,       // and every head is as short as it can be ("preferred serialization")
  kDeterministic,  // and the keys of maps ascend, as RFC 8949 section 4.2.1 wants; no floats
};

// Bounds of one text. Every caller chooses; there is no default.
struct Limits {
  std::size_t max_bytes;
  std::size_t max_depth;   // nested arrays, maps and tags
  std::size_t max_values;  // items, keys, tags and chunks in all
};

// Parses one complete data item. kMalformed with the offset and the reason for: what RFC 8949 calls
// not well formed, text that is not UTF-8, two equal keys in one map, a key that is no integer,
// text or byte string, an unassigned simple value, more items announced than bytes follow, bytes
// after the item, and spellings that `encoding` does not allow. kLimit for the bounds. Keeps its
// own stack: depth costs no recursion.
//
// For COSE (RFC 9052 section 9): a Sig_structure is kDeterministic. A message need not be, and the
// protected header of other people's signers has its keys in any order, so kShortest is as strict
// as a reader can be.
Result<Value> Parse(ByteView untrusted_bytes, Encoding encoding, const Limits& limits);

// The deterministic encoding of RFC 8949 section 4.2.1: shortest heads, definite lengths, keys
// ascending by their encoded bytes. A float is written as a double.
Bytes Encode(const Value& value);

}  // namespace hallmark::cbor

#endif  // HALLMARK_ENCODING_CBOR_H_
