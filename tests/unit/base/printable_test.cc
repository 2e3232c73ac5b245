#include "hallmark/base/printable.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark {
namespace {

TEST_CASE("plain text stays as it is") {
  CHECK(Printable("") == "");
  CHECK(Printable("registry.example/app:1.4") == "registry.example/app:1.4");
  CHECK(Printable("Gr\u00fc\u00dfe \u65e5\u672c \U0001F600") ==
        "Gr\u00fc\u00dfe \u65e5\u672c \U0001F600");
}

TEST_CASE("control characters are escaped, so that no line can be forged") {
  CHECK(Printable("a\nb") == "a\\x0ab");
  CHECK(Printable("a\rb\tc\bd") == "a\\x0db\\x09c\\x08d");
  CHECK(Printable("\x1b[31mred\a") == "\\x1b[31mred\\x07");
  CHECK(Printable(std::string_view("a\0b", 3)) == "a\\x00b");
  CHECK(Printable("\x7f") == "\\x7f");
  CHECK(Printable("\u0085") == "\\u{0085}");
}

TEST_CASE("backslash is doubled, so that an escape cannot be faked") {
  CHECK(Printable("\\x0a") == "\\\\x0a");
}

TEST_CASE("characters that hide or reorder text are escaped") {
  CHECK(Printable("\u202Eexe") == "\\u{202e}exe");  // right-to-left override
  CHECK(Printable("a\u200Bb") == "a\\u{200b}b");    // zero-width space
  CHECK(Printable("a\u2066b") == "a\\u{2066}b");    // isolate
  CHECK(Printable("\uFEFF") == "\\u{feff}");
  CHECK(Printable("\u00AD") == "\\u{00ad}");
  CHECK(Printable("\u2028\u2029") == "\\u{2028}\\u{2029}");
  CHECK(Printable("\U000E0041") == "\\u{e0041}");  // tag letters
}

TEST_CASE("bytes that are no UTF-8 are escaped one by one") {
  CHECK(Printable("a\xff\xfe") == "a\\xff\\xfe");
  CHECK(Printable("\xc3") == "\\xc3");
  CHECK(Printable("\xc0\xaf") == "\\xc0\\xaf");
  CHECK(Printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("long text is cut and says so") {
  CHECK(Printable("abcdef", 6) == "abcdef");
  CHECK(Printable("abcdef", 5) == "abcde...");
  CHECK(Printable("abcdef", 0) == "...");
  CHECK(Printable(std::string(1'000'000, 'x')).size() == kMaxPrintable + 3);
}

TEST_CASE("a cut never splits a character") {
  CHECK(Printable("a\u00fcb", 2) == "a...");
  CHECK(Printable("a\u00fcb", 3) == "a\u00fc...");
}

}  // namespace
}  // namespace hallmark
