#include "hallmark/x509/distinguished_name.h"

#include <chrono>

#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/x509_authority.h"

namespace hallmark::testing {
namespace {

using x509::DistinguishedName;

std::string WordOf(std::string_view text) {
  const auto name = DistinguishedName::Parse(text);
  return name.ok() ? "read" : std::string(ToWord(name.error().code()));
}

bool Matches(std::string_view identity, const TextPairs& subject) {
  CertificateSpec spec = SignerSpec();
  spec.subject = subject;
  return Must(DistinguishedName::Parse(identity)).Matches(SelfSigned(spec).certificate().subject());
}

const TextPairs kSubject = {
    {"C", "US"}, {"ST", "WA"}, {"L", "Seattle"}, {"O", "Example, Inc"}, {"CN", "signer"}};

}  // namespace

TEST_CASE("an identity says part of a subject, exactly (A40)") {
  CHECK(Matches("C=US, ST=WA, O=Example\\, Inc", kSubject));
  CHECK(Matches("CN=signer,O=Example\\, Inc,L=Seattle,S=WA,C=US", kSubject));
  CHECK(Matches("C=US,ST=WA,2.5.4.10=Example\\2c Inc", kSubject));
  CHECK_FALSE(Matches("C=US, ST=WA, O=Example\\, In", kSubject));
  CHECK_FALSE(Matches("C=US, ST=WA, O=Example\\, Inc.", kSubject));
  CHECK_FALSE(Matches("C=us, ST=WA, O=Example\\, Inc", kSubject));
  CHECK_FALSE(Matches("C=US, ST=WA, O=Example\\, Inc, OU=extra", kSubject));
  CHECK_FALSE(Matches("C=US, ST=WA, O=signer", kSubject));  // another type's value
  CHECK_FALSE(
      Matches("C=US, ST=WA, O=a", {{"C", "US"}, {"ST", "WA"}, {"O", std::string("a\0b", 3)}}));
  CHECK_FALSE(Matches("C=US, ST=WA, O=a", {{"C", "US"}, {"ST", "WA"}, {"O", "a "}}));
  // Which of the two would be meant?
  CHECK_FALSE(Matches("C=US, ST=WA, O=a", {{"C", "US"}, {"ST", "WA"}, {"O", "a"}, {"O", "b"}}));
  CHECK_FALSE(Matches("C=US, ST=WA, O=a",
                      {{"C", "US"}, {"ST", "WA"}, {"O", "a"}, {"OU", "x"}, {"OU", "y"}}));
}

TEST_CASE("spaces around and escapes within are read") {
  const auto name =
      Must(DistinguishedName::Parse(" C = US ,ST=WA,O=\\ a b\\ ,CN=\\#x\\+\\c3\\a9=y"));
  CHECK(name.attributes().at("2.5.4.6") == "US");
  CHECK(name.attributes().at("2.5.4.10") == " a b ");
  CHECK(name.attributes().at("2.5.4.3") == "#x+\xc3\xa9=y");
}

TEST_CASE("what is no identity is refused (A22)") {
  CHECK(WordOf("C=US,ST=WA,O=a") == "read");
  for (const std::string_view text : {"",
                                      "C=US",
                                      "C=US,ST=WA",
                                      "ST=WA,O=a",
                                      "C=US,ST=WA,O=a,C=US",
                                      "C=US,ST=WA,S=WA,O=a",
                                      "C=US,ST=WA,O=",
                                      "C=US,ST=WA,O= ",
                                      "C=US,ST=WA,O=a,",
                                      "C=US,,ST=WA,O=a",
                                      "C=US,ST=WA,O",
                                      "c=US,st=WA,o=a",
                                      "C=US,ST=WA,O=a,X=b",
                                      "C=US;ST=WA;O=a",
                                      "C=US,ST=WA,O=\"a\"",
                                      "C=US,ST=WA,O=a\\",
                                      "C=US,ST=WA,O=a\\q",
                                      "C=US,ST=WA,O=a\\0",
                                      "C=US,ST=WA,O=a\\00",
                                      "C=US,ST=WA,O=a\\ff",
                                      "C=US,ST=WA,O=a\nb",
                                      "C=US,ST=WA,O=a,1..2=b",
                                      "C=US,ST=WA,O=a,1=b",
                                      "=a,C=US,ST=WA,O=a",
                                      "*"}) {
    INFO(text);
    CHECK(WordOf(text) == "malformed");
  }
  CHECK(WordOf("C=US,ST=WA,O=#0c0161") == "unsupported");
  CHECK(WordOf("C=US,ST=WA,O= #") == "unsupported");
  CHECK(WordOf("C=US+ST=WA,O=a") == "unsupported");
}

TEST_CASE("large identities are refused at once (A22)") {
  const std::string hex = "C=US,ST=WA,O=#04" + std::string(10'000'000, '0');
  std::string many = "C=US,ST=WA,O=a";
  for (int i = 0; i < 10'000; ++i) many += ",1.2." + std::to_string(i) + "=x";
  const std::string forty = many.substr(0, many.find(",1.2.40="));
  const auto start = std::chrono::steady_clock::now();
  CHECK(WordOf(hex) == "limit");
  CHECK(WordOf(many) == "limit");
  CHECK(WordOf(forty) == "limit");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(50));
}

TEST_CASE("one identity may lie within another") {
  const auto wide = Must(DistinguishedName::Parse("C=US,ST=WA,O=a"));
  const auto narrow = Must(DistinguishedName::Parse("C=US,ST=WA,O=a,OU=b"));
  const auto other = Must(DistinguishedName::Parse("C=US,ST=WA,O=b"));
  CHECK(narrow.IsWithin(wide));
  CHECK_FALSE(wide.IsWithin(narrow));
  CHECK_FALSE(other.IsWithin(wide));
}

}  // namespace hallmark::testing
