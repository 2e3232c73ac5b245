#include "hallmark/encoding/rfc3339.h"
#include "hallmark/tsa/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

Bytes Encode(const TokenSpec& spec) {
  return Der(0x30, {spec.version, spec.policy, spec.imprint, spec.serial, spec.gen_time,
                    spec.accuracy, spec.ordering, spec.nonce, spec.authority, spec.extensions});
}

// "parsed", or the Error's word.
std::string WordOf(const TokenSpec& spec) {
  const auto info = tsa::ParseTstInfo(Encode(spec));
  return info.ok() ? "parsed" : std::string(ToWord(info.error().code()));
}

TokenSpec WithTime(const std::string& text) {
  TokenSpec spec = SpecFor(kMessage);
  spec.gen_time = DerText(0x18, text);
  return spec;
}

TokenSpec WithAccuracy(const std::vector<Bytes>& fields) {
  TokenSpec spec = SpecFor(kMessage);
  spec.accuracy = Der(0x30, fields);
  return spec;
}

TokenSpec WithExtension(const Bytes& flag) {
  TokenSpec spec = SpecFor(kMessage);
  const Bytes extension = Der(0x30, {DerOid("1.2.3"), flag, Der(0x04, {Bytes{1}})});
  spec.extensions = Der(0xA1, {extension});
  return spec;
}

std::string Text(const tsa::TimeRange& range) {
  return encoding::ToRfc3339(range.earliest).substr(14, 5) + " to " +
         encoding::ToRfc3339(range.latest).substr(14, 5);
}

}  // namespace

TEST_CASE("a TSTInfo is read whole") {
  TokenSpec spec = WithTime("20260601123001.25Z");
  spec.accuracy = Der(0x30, {DerNumber(2), Bytes{0x80, 2, 0x01, 0xF4}, Bytes{0x81, 1, 7}});
  spec.ordering = {0x01, 1, 0xFF};
  spec.nonce = {0x02, 2, 0x00, 0x99};
  spec.serial = {0x02, 2, 0xFE, 0xB7};  // a negative one, as a peer's test authority writes
  spec.authority = Der(0xA0, {DerText(0x86, "https://time.test")});
  spec.extensions = WithExtension({}).extensions;
  const tsa::TstInfo info = Must(tsa::ParseTstInfo(Encode(spec)));
  CHECK(info.policy == "1.2.3.4.1");
  CHECK(info.imprint == tsa::Imprint::Of(crypto::HashAlgorithm::kSha256, AsBytes(kMessage)));
  CHECK(info.serial == Bytes{0xFE, 0xB7});
  CHECK(encoding::ToRfc3339(info.second) == "2026-06-01T12:30:01Z");
  CHECK(info.fraction == std::chrono::milliseconds(250));
  CHECK(info.accuracy == microseconds(2'500'007));
  CHECK(info.ordering);
  CHECK(info.nonce == Bytes{0x00, 0x99});
  CHECK(info.authority == DerText(0x86, "https://time.test"));
}

TEST_CASE("what may be left out is") {
  const tsa::TstInfo info = Must(tsa::ParseTstInfo(Encode(SpecFor(kMessage))));
  CHECK(info.accuracy.count() == 0);
  CHECK_FALSE(info.ordering);
  CHECK_FALSE(info.nonce.has_value());
  CHECK(info.authority.empty());
  CHECK(info.GenTime() == tsa::TimeRange{kTestTime, kTestTime});
  CHECK(info.Range() == info.GenTime());
}

TEST_CASE("the baseline policy of RFC 3628 means a second where no accuracy is written") {
  TokenSpec spec = SpecFor(kMessage);
  spec.policy = DerOid("0.4.0.2023.1.1");
  CHECK(Must(tsa::ParseTstInfo(Encode(spec))).accuracy == seconds(1));
  spec.accuracy = Der(0x30, {Bytes{0x80, 1, 9}});
  CHECK(Must(tsa::ParseTstInfo(Encode(spec))).accuracy == std::chrono::milliseconds(9));
}

TEST_CASE("the range is rounded outwards, the time to the seconds around it") {
  const auto range = [](const std::string& time, const std::vector<Bytes>& accuracy) {
    TokenSpec spec = WithTime(time);
    if (!accuracy.empty()) spec.accuracy = Der(0x30, accuracy);
    const tsa::TstInfo info = Must(tsa::ParseTstInfo(Encode(spec)));
    return Text(info.GenTime()) + ", " + Text(info.Range());
  };
  CHECK(range("20260601123010Z", {}) == "30:10 to 30:10, 30:10 to 30:10");
  CHECK(range("20260601123010.000000001Z", {}) == "30:10 to 30:11, 30:10 to 30:11");
  CHECK(range("20260601123010Z", {DerNumber(1)}) == "30:10 to 30:10, 30:09 to 30:11");
  CHECK(range("20260601123010Z", {Bytes{0x81, 1, 1}}) == "30:10 to 30:10, 30:09 to 30:11");
  CHECK(range("20260601123010.5Z", {Bytes{0x80, 2, 1, 0xF4}}) == "30:10 to 30:11, 30:10 to 30:11");
  CHECK(range("20260601123010.5Z", {DerNumber(2)}) == "30:10 to 30:11, 30:08 to 30:13");
  CHECK(range("20260601123000Z", {DerNumber(60)}) == "30:00 to 30:00, 29:00 to 31:00");
}

TEST_CASE("a range lies within another, ends included") {
  const auto at = [](int second) { return kTestTime + seconds(second); };
  const tsa::TimeRange range{at(10), at(20)};
  CHECK(range.IsWithin(range));
  CHECK(range.IsWithin({at(9), at(21)}));
  CHECK_FALSE(range.IsWithin({at(11), at(21)}));
  CHECK_FALSE(range.IsWithin({at(9), at(19)}));
}

TEST_CASE("times have one form") {
  for (const char* good : {"19700101000000Z", "20240229235959Z", "99991231235959.999999999Z"}) {
    INFO(good);
    CHECK(WordOf(WithTime(good)) == "parsed");
  }
  for (const char* bad : {"",
                          "Z",
                          "20260601000000",
                          "202606010000Z",
                          "20260601000000+0000",
                          "20260601000000.Z",
                          "20260601000000.0Z",
                          "20260601000000.50Z",
                          "20260601000000,5Z",
                          "20260601000000.5",
                          "20260601000000.1234567891Z",
                          "20260601000000.5ZZ",
                          "20260631000000Z",
                          "20260229000000Z",
                          "20261301000000Z",
                          "20260601240000Z",
                          "20260601006000Z",
                          "20260601000060Z",
                          "19691231235959Z",
                          "2026060100000 Z",
                          "-0260601000000Z",
                          "20260601000000.-1Z"}) {
    INFO(bad);
    CHECK(WordOf(WithTime(bad)) == "malformed");
  }
  TokenSpec utc = SpecFor(kMessage);
  utc.gen_time = DerText(0x17, "260601000000Z");
  CHECK(WordOf(utc) == "malformed");
}

TEST_CASE("accuracies are numbers in their range") {
  CHECK(WordOf(WithAccuracy({})) == "parsed");
  CHECK(WordOf(WithAccuracy({DerNumber(0)})) == "parsed");
  CHECK(WordOf(WithAccuracy({Bytes{0x80, 2, 0x03, 0xE7}})) == "parsed");
  const std::vector<std::vector<Bytes>> bad{{Bytes{0x80, 2, 0x03, 0xE8}},            // 1000
                                            {Bytes{0x80, 1, 0}},                     // 0
                                            {Bytes{0x81, 1, 0xFF}},                  // -1
                                            {Bytes{0x80, 2, 0x00, 0x01}},            // padded
                                            {Bytes{0x80, 3, 0x00, 0x00, 0x01}},      // padded more
                                            {Bytes{0x80, 0}},                        // nothing
                                            {Bytes{0x02, 1, 0xFF}},                  // -1 s
                                            {Bytes{0x81, 1, 1}, Bytes{0x80, 1, 1}},  // order
                                            {Bytes{0x80, 1, 1}, Bytes{0x80, 1, 1}},  // twice
                                            {DerNumber(1), DerNumber(1)},            // twice
                                            {Bytes{0x82, 1, 1}}};  // no such field
  for (const auto& fields : bad) CHECK(WordOf(WithAccuracy(fields)) == "malformed");
  CHECK(WordOf(WithAccuracy({Bytes{0x02, 4, 0x7F, 0xFF, 0xFF, 0xFF}})) == "limit");
}

TEST_CASE("only SHA-2 stamps, and whole hashes (A30, A45)") {
  const auto word = [](const std::string& hash, std::size_t size) {
    TokenSpec spec = SpecFor(kMessage);
    spec.imprint = Der(0x30, {DerAlgorithm(hash, true), Der(0x04, {Bytes(size)})});
    return WordOf(spec);
  };
  CHECK(word(oids::kSha256, 32) == "parsed");
  CHECK(word(oids::kSha384, 48) == "parsed");
  CHECK(word(oids::kSha512, 64) == "parsed");
  CHECK(word(oids::kSha1, 20) == "unsupported");
  CHECK(word("1.2.840.113549.2.5", 16) == "unsupported");      // MD5
  CHECK(word("2.16.840.1.101.3.4.2.6", 32) == "unsupported");  // SHA-512/256
  CHECK(word(oids::kSha256, 31) == "malformed");
  CHECK(word(oids::kSha256, 33) == "malformed");
  CHECK(word(oids::kSha512, 32) == "malformed");
}

TEST_CASE("extensions that are critical refuse") {
  CHECK(WordOf(WithExtension({})) == "parsed");
  CHECK(WordOf(WithExtension({0x01, 1, 0xFF})) == "unsupported");
  CHECK(WordOf(WithExtension({0x01, 1, 0x00})) == "malformed");
  TokenSpec many = WithExtension({});
  const Bytes one = Der(0x30, {DerOid("1.2.3"), Der(0x04, {Bytes{1}})});
  many.extensions = Der(0xA1, std::vector<Bytes>(tsa::kMaxExtensions + 1, one));
  CHECK(WordOf(many) == "limit");
}

TEST_CASE("a TSTInfo has one encoding") {
  const auto changed = [](const auto& change) {
    TokenSpec spec = SpecFor(kMessage);
    change(spec);
    return WordOf(spec);
  };
  CHECK(changed([](TokenSpec& spec) { spec.version = DerNumber(2); }) == "unsupported");
  CHECK(changed([](TokenSpec& spec) { spec.version = {0x02, 2, 0, 1}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.policy = {}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.serial = {}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.serial = Der(0x02, {Bytes(65, 1)}); }) == "limit");
  CHECK(changed([](TokenSpec& spec) { spec.nonce = Der(0x02, {Bytes(65, 1)}); }) == "limit");
  CHECK(changed([](TokenSpec& spec) { spec.nonce = {0x02, 2, 0, 1}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.gen_time = {}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.ordering = {0x01, 1, 0x00}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.ordering = {0x01, 1, 0x01}; }) == "malformed");
  CHECK(changed([](TokenSpec& spec) { spec.authority = Der(0xA0, {}); }) == "malformed");
  CHECK(changed([](TokenSpec& spec) {
          spec.authority = Der(0xA0, {DerText(0x86, "a"), DerText(0x86, "b")});
        }) == "malformed");
  CHECK(changed([](TokenSpec& spec) {
          spec.extensions = DerNumber(1), spec.nonce = DerNumber(1);
        }) == "malformed");
  CHECK_FALSE(tsa::ParseTstInfo({}).ok());
  Bytes longer = Encode(SpecFor(kMessage));
  longer.push_back(0);
  CHECK_FALSE(tsa::ParseTstInfo(longer).ok());
}

}  // namespace hallmark::testing
