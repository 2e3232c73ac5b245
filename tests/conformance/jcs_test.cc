#include <bit>
#include <fstream>

#include "hallmark/encoding/base64.h"
#include "tests/conformance/vectors.h"
#include "tests/support/catch.h"

namespace hallmark::conformance {
namespace {

json::Value Canonicalize(const std::string& text) {
  return Ask({{"op", json::Value::String("jcs")}, {"json", json::Value::String(text)}});
}

TEST_CASE("the six documents of the RFC 8785 suite") {
  const auto folder = FindVectors("jcs");
  if (!folder) return;
  for (const auto& entry : std::filesystem::directory_iterator(*folder / "testdata" / "input")) {
    const std::string expected =
        ReadFile(*folder / "testdata" / "output" / entry.path().filename());
    INFO(entry.path().filename().string());
    const std::string input = ReadFile(entry.path());
    CHECK(Text(Canonicalize(input), "out") == expected);
    CHECK(Text(Canonicalize(expected), "out") == expected);
    CHECK(Text(Canonicalize(encoding::ToBase64(AsBytes(input))), "out") ==
          encoding::ToBase64(AsBytes(expected)));
  }
}

// More than enough decimal digits to name one double, and no shortest form to copy.
std::string Verbose(double number) {
  char text[64];
  std::snprintf(text, sizeof text, "%.25e", number);
  return text;
}

TEST_CASE("the first thousand numbers of the RFC 8785 sequence") {
  const auto folder = FindVectors("jcs");
  if (!folder) return;
  std::ifstream file(*folder / "es6numbers1000.txt");
  std::size_t count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const std::size_t comma = line.find(',');
    const auto bits = static_cast<std::uint64_t>(std::stoull(line.substr(0, comma), nullptr, 16));
    INFO(line);
    CHECK(Text(Canonicalize(Verbose(std::bit_cast<double>(bits))), "out") ==
          line.substr(comma + 1));
  }
  CHECK(count == 1000);
}

TEST_CASE("what has no canonical form is refused") {
  const std::string text = GENERATE("", "{\"a\":1,\"a\":2}", "[1e400]", "[\"\\ud800\"]", "NaN",
                                    "{\"a\":1}x", "77u/e30=");
  CHECK(OutcomeOf(Canonicalize(text)) == Outcome::kNo);
}

TEST_CASE("texts that look like base64 are taken as they stand") {
  CHECK(Text(Canonicalize("true"), "out") == "true");
  CHECK(Text(Canonicalize("null"), "out") == "null");
  CHECK(Text(Canonicalize("1234"), "out") == "1234");
  CHECK(Text(Canonicalize("eyJiIjoxfQ=="), "out") == "eyJiIjoxfQ==");
}

}  // namespace
}  // namespace hallmark::conformance
