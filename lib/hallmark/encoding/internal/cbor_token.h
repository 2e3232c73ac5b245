#ifndef HALLMARK_ENCODING_INTERNAL_CBOR_TOKEN_H_
#define HALLMARK_ENCODING_INTERNAL_CBOR_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "hallmark/base/bytes.h"

// Private to the module: one head of CBOR and what belongs to it (RFC 8949 section 3). Knows
// nothing of nesting, limits or rules of spelling.
namespace hallmark::cbor {

enum class TokenKind : std::uint8_t {
  kUnsigned = 1,  // up to kTag: the heads that carry an argument
  kNegative,
  kBytes,
  kText,
  kArray,
  kMap,
  kTag,
  kBool,
  kNull,
  kUndefined,
  kFloat,
  kBytesStart,  // of indefinite length, as the next three
  kTextStart,
  kArrayStart,
  kMapStart,
  kBreak,
};

struct Token {
  TokenKind kind = TokenKind::kBreak;
  std::size_t head_size = 1;
  std::uint64_t argument = 0;  // number, length, count, tag; of kBool 0 or 1
  ByteView content;            // of kBytes and kText: a view into the input
  double floating = 0;
};

// The token that `bytes` start with, which are not empty. nullopt when it is cut off, its head is
// not well formed (appendix F), or it is a simple value without a meaning.
std::optional<Token> ReadToken(ByteView bytes);

// How long a head with that argument has to be, and such a head. `kind` is at most kTag.
std::size_t ShortestHead(std::uint64_t argument);
void PutHead(Bytes& out, TokenKind kind, std::uint64_t argument);

void PutFloat(Bytes& out, double value);  // as a double
void PutBool(Bytes& out, bool value);
void PutNull(Bytes& out);
void PutUndefined(Bytes& out);

}  // namespace hallmark::cbor

#endif  // HALLMARK_ENCODING_INTERNAL_CBOR_TOKEN_H_
