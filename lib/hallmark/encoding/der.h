#ifndef HALLMARK_ENCODING_DER_H_
#define HALLMARK_ENCODING_DER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// The little of DER (X.690 section 10 and 11) that keys, signatures and certificates need. Views
// into the input only: nothing is copied, so secrets may pass through.
namespace hallmark::encoding::der {

inline constexpr std::uint8_t kBoolean = 0x01;
inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kBitString = 0x03;
inline constexpr std::uint8_t kOctetString = 0x04;
inline constexpr std::uint8_t kNull = 0x05;
inline constexpr std::uint8_t kObjectId = 0x06;
inline constexpr std::uint8_t kUtcTime = 0x17;
inline constexpr std::uint8_t kGeneralizedTime = 0x18;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;
// [n] of context class, constructed (explicit tagging) or primitive.
constexpr std::uint8_t Explicit(unsigned n) { return static_cast<std::uint8_t>(0xA0u | n); }
constexpr std::uint8_t Implicit(unsigned n) { return static_cast<std::uint8_t>(0x80u | n); }

// A certificate nests 9 levels, a timestamp token with its certificates 16.
inline constexpr std::size_t kMaxDepth = 32;

// Looks at every element that is nested in `der`, which must be exactly one: lengths definite and
// minimal, tag numbers below 31, universal types primitive or constructed as DER has them,
// booleans, integers, bit strings, NULL and object identifiers in their one form, SETs in order.
// What cannot be seen without a schema (values that are defaults, contents of OCTET STRINGs and of
// context tags) stays with the caller. kMalformed otherwise; kLimit beyond kMaxDepth.
Result<Done> CheckDer(ByteView der);

// The dotted form of an OBJECT IDENTIFIER's content, which has its one form: "2.5.29.37". With an
// arc of more than 63 bits it is "#" and the content in hexadecimal, which no dotted form equals.
std::string OidText(ByteView content);

// Reads one element after the other. The first that is not there, has another tag, or whose length
// is indefinite, not minimal or past the end makes this reader fail, and all reads after it give
// nothing; so only Finished() has to be asked. Tag numbers above 30 are not read.
class Reader {
 public:
  explicit Reader(ByteView der) : rest_(der) {}

  // The content of the next element, which must have that tag.
  ByteView Take(std::uint8_t tag);
  // The same, as a reader of what is inside; it fails from the start when this one did.
  Reader Enter(std::uint8_t tag);
  // The tag of the next element; 0, which none has, when there is none.
  std::uint8_t Peek() const { return AtEnd() ? 0 : rest_[0]; }
  // The next element with its header, whatever it is.
  ByteView TakeWhole();
  // An INTEGER that is not negative: big-endian, no leading zero byte (zero itself is one byte).
  ByteView TakeUnsigned();
  // An INTEGER from 0 to 2^63-1.
  std::uint64_t TakeSmall();
  // A BIT STRING of whole bytes.
  ByteView TakeBits();

  bool Sees(std::uint8_t tag) const { return !failed_ && !rest_.empty() && rest_[0] == tag; }
  bool AtEnd() const { return failed_ || rest_.empty(); }
  bool Finished() const { return !failed_ && rest_.empty(); }
  void Fail() { failed_ = true; }

 private:
  ByteView Next(std::uint8_t tag, bool whole);

  ByteView rest_;
  bool failed_ = false;
};

// Writes DER from its last byte to its first into room that the caller owns, which must suffice.
class BackwardWriter {
 public:
  explicit BackwardWriter(std::span<std::uint8_t> room) : room_(room), start_(room.size()) {}

  void Put(ByteView bytes);
  void PutByte(std::uint8_t byte);
  // An INTEGER from a big-endian magnitude; leading zeros are dropped.
  void PutUnsigned(ByteView magnitude);
  // How much is written; Close puts a header around all that came since.
  std::size_t mark() const { return room_.size() - start_; }
  void Close(std::uint8_t tag, std::size_t mark);

  ByteView written() const { return room_.subspan(start_); }

 private:
  std::span<std::uint8_t> room_;
  std::size_t start_;
};

}  // namespace hallmark::encoding::der

#endif  // HALLMARK_ENCODING_DER_H_
