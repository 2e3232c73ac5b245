#include "hallmark/signature/bundle/internal/bundle_parse.h"

#include <string>

#include "hallmark/encoding/base64.h"
#include "hallmark/signature/bundle/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

namespace hallmark::signature::bundle {
namespace {

using testing::Replaced;

constexpr const char* kGood =
    R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",)"
    R"("verificationMaterial":{"publicKey":{"hint":"aGludA=="}},)"
    R"("dsseEnvelope":{"payload":"e30=","payloadType":"application/vnd.in-toto+json",)"
    R"("signatures":[{"sig":"c2ln"}]}})";

ErrorCode CodeOf(const std::string& text) {
  const auto bundle = ParseBundle(AsBytes(text));
  INFO(text);
  REQUIRE_FALSE(bundle.ok());
  return bundle.error().code();
}

bool Parses(const std::string& text) { return ParseBundle(AsBytes(text)).ok(); }

// The good bundle with one text replaced by another.
struct Change {
  const char* from;
  const char* to;
};

}  // namespace

TEST_CASE("a bundle is taken apart") {
  const auto bundle = ParseBundle(AsBytes(kGood));
  REQUIRE(bundle.ok());
  CHECK(bundle.value().key_hint == "aGludA==");
  CHECK_FALSE(bundle.value().HintedKey());
  CHECK(bundle.value().payload_type == "application/vnd.in-toto+json");
  CHECK(AsText(bundle.value().payload) == "{}");
  CHECK(AsText(bundle.value().signature) == "sig");
  CHECK(bundle.value().log_entries == 0);
  CHECK(bundle.value().timestamps == 0);
  CHECK(WriteBundle(bundle.value()) == kGood);
}

TEST_CASE("a hint is read as a fingerprint only when it is exactly one") {
  UnverifiedBundle bundle;
  crypto::Fingerprint fingerprint{};
  fingerprint[0] = 0x7c;
  bundle.key_hint = encoding::ToBase64(fingerprint);
  REQUIRE(bundle.HintedKey());
  CHECK(*bundle.HintedKey() == fingerprint);
  bundle.key_hint += "\n";
  CHECK_FALSE(bundle.HintedKey());
  bundle.key_hint = encoding::ToBase64(ByteView(fingerprint).first(31));
  CHECK_FALSE(bundle.HintedKey());
  bundle.key_hint = "";
  CHECK_FALSE(bundle.HintedKey());
}

TEST_CASE("what a bundle may have beside the signature is tolerated and counted") {
  CHECK(Parses(Replaced(kGood, R"({"hint":"aGludA=="})", "{}")));
  CHECK(Parses(Replaced(kGood, R"("sig":"c2ln")", R"("sig":"c2ln","keyid":"")")));
  CHECK(Parses(Replaced(kGood, R"("sig":"c2ln")", R"("keyid":"me","sig":"c2ln")")));
  const std::string text =
      Replaced(kGood, R"("publicKey")",
               R"("tlogEntries":[{"logIndex":"1"},{"anything":{"at":["all"]}}],)"
               R"("timestampVerificationData":{"rfc3161Timestamps":[{"signedTimestamp":"AA=="}]},)"
               R"("publicKey")");
  const auto bundle = ParseBundle(AsBytes(text));
  REQUIRE(bundle.ok());
  CHECK(bundle.value().log_entries == 2);
  CHECK(bundle.value().timestamps == 1);
  CHECK(Parses(Replaced(kGood, R"("publicKey")",
                        R"("tlogEntries":[],"timestampVerificationData":{},"publicKey")")));
}

TEST_CASE("unknown and repeated members of a bundle are malformed (A15, A20)") {
  const Change change = GENERATE(
      Change{R"({"mediaType")", R"({"extra":1,"mediaType")"},
      Change{R"({"mediaType")", R"({"mediaType":"x","mediaType")"},
      Change{R"({"mediaType")", R"({"media\u0054ype":"x","mediaType")"},
      Change{R"({"mediaType")", R"({"MediaType":"x","mediaType")"},
      Change{R"("publicKey":{)", R"("publicKey":{"rawBytes":"","x":1,)"},
      Change{R"("publicKey":)", R"("content":{},"publicKey":)"},
      Change{R"("publicKey":)", R"("publicKey":{"hint":"b3RoZXI="},"publicKey":)"},
      Change{R"("payload":)", R"("Payload":"e30=","payload":)"},
      Change{R"("payload":)", R"("payload":"e30=","payload":)"},
      Change{R"("sig":)", R"("cert":"","sig":)"}, Change{R"("sig":)", R"("sig":"c2ln","sig":)"},
      Change{R"("sig":)", R"("Sig":)"}, Change{R"("payloadType":)", R"("payloadtype":)"},
      Change{R"("mediaType":)", R"("MediaType":)"},
      Change{R"("publicKey":)", R"("timestampVerificationData":{"x":1},"publicKey":)"});
  CHECK(CodeOf(Replaced(kGood, change.from, change.to)) == ErrorCode::kMalformed);
}

TEST_CASE("members of the wrong kind are malformed") {
  const Change change = GENERATE(
      Change{R"("application/vnd.dev.sigstore.bundle.v0.3+json")", "null"},
      Change{R"("application/vnd.dev.sigstore.bundle.v0.3+json")", R"("application/json")"},
      Change{R"({"publicKey":{"hint":"aGludA=="}})", "[]"},
      Change{R"({"publicKey":{"hint":"aGludA=="}})", "{}"},
      Change{R"("publicKey":{"hint":"aGludA=="})", R"("publicKey":{},"certificate":{})"},
      Change{R"("publicKey":{"hint":"aGludA=="})", R"("publicKey":{},"x509CertificateChain":{})"},
      Change{R"("publicKey":{"hint":"aGludA=="})", R"("publicKey":null)"},
      Change{R"("hint":"aGludA==")", R"("hint":7)"},
      Change{R"("publicKey")", R"("tlogEntries":{},"publicKey")"},
      Change{R"("publicKey")", R"("tlogEntries":[7],"publicKey")"},
      Change{R"("publicKey")", R"("timestampVerificationData":[],"publicKey")"},
      Change{R"([{"sig":"c2ln"}])", "[]"}, Change{R"([{"sig":"c2ln"}])", "{}"},
      Change{R"([{"sig":"c2ln"}])", "null"},
      Change{R"([{"sig":"c2ln"}])", R"([{"sig":"c2ln"},{"sig":"c2ln"}])"},
      Change{R"([{"sig":"c2ln"}])", R"(["c2ln"])"}, Change{R"([{"sig":"c2ln"}])", "[{}]"},
      Change{R"("sig":"c2ln")", R"("sig":"")"},
      Change{R"("sig":"c2ln")", R"("sig":"c2ln","keyid":1)"},
      Change{R"("payload":"e30=")", R"("payload":{})"},
      Change{R"("payloadType":"application/vnd.in-toto+json")", R"("payloadType":1)"},
      Change{R"("dsseEnvelope")", R"("messageSignature":{},"dsseEnvelope")"});
  CHECK(CodeOf(Replaced(kGood, change.from, change.to)) == ErrorCode::kMalformed);
}

TEST_CASE("base64 of a bundle is strict (A18)") {
  const std::string variant =
      GENERATE(as<std::string>{}, "c2l", "c2ln=", "c2ln\\n", " c2ln", "c2 ln", "c2l_", "c2k",
               "c2k==", "c2h=", "c2ln\\u0000", "c2lnA");
  CHECK(CodeOf(Replaced(kGood, R"("sig":"c2ln")", R"("sig":")" + variant + "\"")) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(kGood, R"("payload":"e30=")", R"("payload":")" + variant + "\"")) ==
        ErrorCode::kMalformed);
}

TEST_CASE("text around or inside the document is malformed (A21)") {
  const std::string good = kGood;
  CHECK(CodeOf("\xef\xbb\xbf" + good) == ErrorCode::kMalformed);
  CHECK(CodeOf(good + "x") == ErrorCode::kMalformed);
  CHECK(CodeOf(good + good) == ErrorCode::kMalformed);
  CHECK(CodeOf(good.substr(0, good.size() / 2)) == ErrorCode::kMalformed);
  CHECK(CodeOf(std::string(good + '\0')) == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "aGludA==", "\xc0\xaf")) == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "aGludA==", "\\ud800")) == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "aGludA==", "\\u0000")) == ErrorCode::kMalformed);
  CHECK(CodeOf("") == ErrorCode::kMalformed);
  CHECK(CodeOf("null") == ErrorCode::kMalformed);
  CHECK(CodeOf("[]") == ErrorCode::kMalformed);
  CHECK(Parses("\n " + good + "\n"));
}

TEST_CASE("other versions and kinds of bundle are named, not guessed (A20)") {
  const std::string v03 = "application/vnd.dev.sigstore.bundle.v0.3+json";
  const std::string other =
      GENERATE(as<std::string>{}, "application/vnd.dev.sigstore.bundle.v9.9+json",
               "application/vnd.dev.sigstore.bundle+json;version=0.1",
               "application/vnd.dev.sigstore.bundle+json;version=0.3");
  const auto refused = ParseBundle(AsBytes(Replaced(kGood, v03, other)));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::kUnsupported);
  CHECK(refused.error().message().find("bundle version " + other) != std::string::npos);

  const std::string key = R"("publicKey":{"hint":"aGludA=="})";
  CHECK(CodeOf(Replaced(kGood, key, R"("certificate":{"rawBytes":"AA=="})")) ==
        ErrorCode::kUnsupported);
  CHECK(CodeOf(Replaced(kGood, key, R"("x509CertificateChain":{"certificates":[]})")) ==
        ErrorCode::kUnsupported);
  const std::string good = kGood;
  const std::string message = good.substr(0, good.find(R"("dsseEnvelope")")) +
                              R"("messageSignature":{"signature":"AA=="}})";
  CHECK(CodeOf(message) == ErrorCode::kUnsupported);
}

TEST_CASE("depth, size and count are bounded (A17, A57)") {
  const auto entries = [](const std::string& entry, std::size_t count) {
    std::string list = "\"tlogEntries\":[";
    for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + entry;
    return Replaced(kGood, R"("publicKey")", list + R"(],"publicKey")");
  };
  CHECK(Parses(entries("{}", 1000)));
  CHECK(CodeOf(entries("{}", 30'000)) == ErrorCode::kLimit);
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  CHECK(CodeOf(entries(R"({"x":)" + deep + "}", 1)) == ErrorCode::kLimit);
  CHECK(CodeOf(deep) == ErrorCode::kLimit);
  const Result<UnverifiedBundle> huge = ParseBundle(Bytes(kMaxBundleBytes + 1, ' '));
  REQUIRE_FALSE(huge.ok());
  CHECK(huge.error().code() == ErrorCode::kLimit);
  CHECK(CodeOf(Replaced(kGood, "aGludA==", std::string(2000, 'a'))) == ErrorCode::kLimit);
  CHECK(CodeOf(Replaced(kGood, "c2ln", std::string(4000, 'a'))) == ErrorCode::kLimit);
}

}  // namespace hallmark::signature::bundle
