#include "hallmark/encoding/internal/cbor_token.h"

#include <bit>
#include <cmath>
#include <limits>

#include "hallmark/base/check.h"

namespace hallmark::cbor {
namespace {

constexpr unsigned kMajorSimple = 7;
// Additional information (RFC 8949 section 3): from 24 on the argument follows in 1, 2, 4, 8 bytes.
constexpr unsigned kFirstFollowing = 24;
constexpr unsigned kLastFollowing = 27;
constexpr unsigned kIndefinite = 31;
// Simple values (section 3.3).
constexpr unsigned kFalse = 20;
constexpr unsigned kTrue = 21;
constexpr unsigned kNull = 22;
constexpr unsigned kUndefined = 23;
constexpr unsigned kHalf = 25;
constexpr unsigned kSingle = 26;
constexpr unsigned kDouble = 27;

// Section 3.4 and appendix D: IEEE 754 binary16.
double FromHalf(std::uint64_t bits) {
  constexpr int kFractionBits = 10;
  constexpr int kBias = 15;
  const auto exponent = static_cast<int>((bits >> kFractionBits) & 0x1F);
  const auto fraction = static_cast<double>(bits & 0x3FF);
  double value = 0;
  if (exponent == 0) {
    value = std::ldexp(fraction, 1 - kBias - kFractionBits);
  } else if (exponent != 0x1F) {
    value = std::ldexp(fraction + 1024, exponent - kBias - kFractionBits);
  } else {
    value = fraction == 0 ? std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::quiet_NaN();
  }
  return (bits & 0x8000) != 0 ? -value : value;
}

std::optional<Token> SimpleToken(unsigned info, Token token) {
  switch (info) {
    case kFalse:
    case kTrue:
      token.kind = TokenKind::kBool;
      token.argument = info - kFalse;
      return token;
    case kNull:
      token.kind = TokenKind::kNull;
      return token;
    case kUndefined:
      token.kind = TokenKind::kUndefined;
      return token;
    case kHalf:
      token.floating = FromHalf(token.argument);
      break;
    case kSingle:
      token.floating = std::bit_cast<float>(static_cast<std::uint32_t>(token.argument));
      break;
    case kDouble:
      token.floating = std::bit_cast<double>(token.argument);
      break;
    default:
      return std::nullopt;
  }
  token.kind = TokenKind::kFloat;
  return token;
}

std::optional<Token> IndefiniteToken(unsigned major) {
  Token token;
  switch (major) {
    case 2:
      token.kind = TokenKind::kBytesStart;
      return token;
    case 3:
      token.kind = TokenKind::kTextStart;
      return token;
    case 4:
      token.kind = TokenKind::kArrayStart;
      return token;
    case 5:
      token.kind = TokenKind::kMapStart;
      return token;
    case kMajorSimple:
      return token;  // a break
    default:
      return std::nullopt;
  }
}

unsigned MajorOf(TokenKind kind) { return static_cast<unsigned>(kind) - 1; }

void PutSimple(Bytes& out, unsigned info) {
  out.push_back(static_cast<std::uint8_t>(kMajorSimple << 5 | info));
}

}  // namespace

std::optional<Token> ReadToken(ByteView bytes) {
  HALLMARK_CHECK(!bytes.empty());
  const unsigned major = bytes[0] >> 5;
  const unsigned info = bytes[0] & 0x1F;
  if (info == kIndefinite) return IndefiniteToken(major);
  if (info > kLastFollowing) return std::nullopt;
  Token token;
  token.argument = info;
  if (info >= kFirstFollowing) {
    const std::size_t following = std::size_t{1} << (info - kFirstFollowing);
    if (bytes.size() <= following) return std::nullopt;
    token.argument = 0;
    for (const std::uint8_t byte : bytes.subspan(1, following)) {
      token.argument = (token.argument << 8) | byte;
    }
    token.head_size += following;
  }
  if (major == kMajorSimple) return SimpleToken(info, token);
  token.kind = static_cast<TokenKind>(major + 1);
  if (token.kind == TokenKind::kBytes || token.kind == TokenKind::kText) {
    const ByteView rest = bytes.subspan(token.head_size);
    if (token.argument > rest.size()) return std::nullopt;
    token.content = rest.first(static_cast<std::size_t>(token.argument));
  }
  return token;
}

std::size_t ShortestHead(std::uint64_t argument) {
  if (argument < kFirstFollowing) return 1;
  if (argument <= 0xFF) return 2;
  if (argument <= 0xFFFF) return 3;
  return argument <= 0xFFFFFFFF ? 5 : 9;
}

void PutHead(Bytes& out, TokenKind kind, std::uint64_t argument) {
  HALLMARK_CHECK(kind <= TokenKind::kTag);
  const std::size_t following = ShortestHead(argument) - 1;
  const unsigned info = following == 0
                            ? static_cast<unsigned>(argument)
                            : kFirstFollowing + static_cast<unsigned>(std::countr_zero(following));
  out.push_back(static_cast<std::uint8_t>(MajorOf(kind) << 5 | info));
  for (std::size_t left = following; left-- > 0;) {
    out.push_back(static_cast<std::uint8_t>(argument >> (8 * left) & 0xFF));
  }
}

void PutFloat(Bytes& out, double value) {
  PutSimple(out, kDouble);
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(bits >> shift & 0xFF));
  }
}

void PutBool(Bytes& out, bool value) { PutSimple(out, value ? kTrue : kFalse); }
void PutNull(Bytes& out) { PutSimple(out, kNull); }
void PutUndefined(Bytes& out) { PutSimple(out, kUndefined); }

}  // namespace hallmark::cbor
