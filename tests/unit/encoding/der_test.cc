#include "hallmark/encoding/der.h"

#include <array>
#include <vector>

#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::encoding::der {
namespace {

Bytes FromHex(std::string_view hex) { return encoding::FromHex(hex).value(); }

bool IsUnsigned(std::string_view hex) {
  const Bytes bytes = FromHex(hex);
  Reader reader(bytes);
  reader.TakeUnsigned();
  return reader.Finished();
}

TEST_CASE("integers are read only in their one form") {
  CHECK(IsUnsigned("020100"));
  CHECK(IsUnsigned("02017f"));
  CHECK(IsUnsigned("02020080"));
  CHECK_FALSE(IsUnsigned("0200"));            // no content
  CHECK_FALSE(IsUnsigned("020180"));          // negative
  CHECK_FALSE(IsUnsigned("0202007f"));        // not minimal
  CHECK_FALSE(IsUnsigned("02020000"));        // not minimal
  CHECK_FALSE(IsUnsigned("02017f00"));        // trailing byte
  CHECK_FALSE(IsUnsigned("0281017f"));        // long form of a short length
  CHECK_FALSE(IsUnsigned("028200017f"));      // the same
  CHECK_FALSE(IsUnsigned("02807f0000"));      // indefinite length
  CHECK_FALSE(IsUnsigned("02ffffffff7f"));    // absurd length of length
  CHECK_FALSE(IsUnsigned("0284ffffffff7f"));  // past the end
  CHECK_FALSE(IsUnsigned("0202ff"));
  CHECK_FALSE(IsUnsigned("02"));
  CHECK_FALSE(IsUnsigned(""));
  CHECK_FALSE(IsUnsigned("03017f"));  // another tag
}

TEST_CASE("small numbers are bounded") {
  const auto small = [](std::string_view hex) {
    const Bytes bytes = FromHex(hex);
    Reader reader(bytes);
    const std::uint64_t value = reader.TakeSmall();
    return reader.Finished() ? value : 0;
  };
  CHECK(small("0203010001") == 65537);
  CHECK(small("02087fffffffffffffff") == 0x7FFFFFFFFFFFFFFF);
  CHECK(small("0209008000000000000000") == 0);
  CHECK(small("020a0100000000000000ffff") == 0);
}

TEST_CASE("bit strings are whole bytes") {
  const Bytes whole = FromHex("03020041");
  CHECK(Reader(whole).TakeBits()[0] == 0x41);
  for (const std::string_view hex : {"03020140", "0300", "03020841"}) {
    const Bytes bytes = FromHex(hex);
    Reader reader(bytes);
    reader.TakeBits();
    CHECK_FALSE(reader.Finished());
  }
}

TEST_CASE("one failure ends all reading, also further in") {
  const Bytes bytes = FromHex("30060201010201");
  Reader reader(bytes);
  Reader inner = reader.Enter(kSequence);
  CHECK_FALSE(reader.Finished());
  CHECK(inner.Take(kInteger).empty());
  CHECK_FALSE(inner.Finished());
  CHECK(reader.TakeWhole().empty());
  CHECK_FALSE(reader.Sees(kInteger));
}

TEST_CASE("what is written backwards reads forwards") {
  const std::size_t size = GENERATE(std::size_t{1}, std::size_t{0x7D}, std::size_t{0x80},
                                    std::size_t{0xFF}, std::size_t{0x100}, std::size_t{70'000});
  const Bytes content(size, 0x91);
  Bytes room(2 * size + 32);
  BackwardWriter out(room);
  out.Put(content);
  out.Close(kOctetString, 0);
  out.PutUnsigned(content);
  out.Close(kSequence, 0);
  Reader outer(out.written());
  Reader body = outer.Enter(kSequence);
  const ByteView number = body.TakeUnsigned();
  CHECK(Bytes(number.begin(), number.end()) == content);
  CHECK(body.Take(kOctetString).size() == size);
  CHECK(body.Finished());
  CHECK(outer.Finished());
}

TEST_CASE("every element is looked at, however deep (A17, A19)") {
  const auto word = [](std::string_view hex) {
    const auto checked = CheckDer(FromHex(hex));
    return checked.ok() ? "der" : std::string(ToWord(checked.error().code()));
  };
  for (const std::string_view hex : {"0500", "30060101ff020100", "020180", "0303070180",
                                     "0603550406", "3106020101020102", "a0030c0161", "1e020041"}) {
    INFO(hex);
    CHECK(word(hex) == "der");
  }
  for (const std::string_view hex :
       {"",           "05",           "050000",         "0500ff",     "0501ff",
        "30800000",   "308103020101", "30048002ffff00", "010101",     "0100",
        "020200ff7f", "02020001",     "0202ff80",       "0200",       "0302010f",
        "030108",     "0302087f",     "0300",           "060155ff",   "0602558003",
        "0600",       "1000",         "1100",           "2c030c0161", "3106020102020101",
        "1f0100",     "3003020101ff", "30020000",       "24030401aa"}) {
    INFO(hex);
    CHECK(word(hex) == "malformed");
  }
  const auto nested = [](std::size_t depth) {
    Bytes der{kNull, 0};
    for (std::size_t i = 0; i < depth; ++i) {
      const std::size_t size = der.size();
      der.insert(der.begin(), {kSequence, static_cast<std::uint8_t>(size)});
    }
    return der;
  };
  CHECK(CheckDer(nested(kMaxDepth)).ok());
  CHECK(CheckDer(nested(kMaxDepth + 1)).error().code() == ErrorCode::kLimit);
}

TEST_CASE("object identifiers have one text") {
  CHECK(OidText(FromHex("550406")) == "2.5.4.6");
  CHECK(OidText(FromHex("2a864886f70d01010b")) == "1.2.840.113549.1.1.11");
  CHECK(OidText(FromHex("883703")) == "2.999.3");
  CHECK(OidText(FromHex("00")) == "0.0");
  CHECK(OidText(FromHex("69ffffffffffffffffff7f")) == "#69ffffffffffffffffff7f");
}

}  // namespace
}  // namespace hallmark::encoding::der
