#include "hallmark/signature/statement.h"

#include <string>

#include "hallmark/encoding/json.h"
#include "hallmark/signature/dsse.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

namespace hallmark::signature::bundle {
namespace {

using testing::kInToto;
using testing::kNow;
using testing::Replaced;

const oci::Digest kDigest = oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("image"));

// A statement of another tool about kDigest.
std::string Plain() {
  return R"({"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":")" +
         kDigest.hex() +
         R"("},"annotations":{"env":"prod"}}],)"
         R"("predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}})";
}

// The same with our addition.
std::string Ours() {
  return Replaced(Plain(), R"("predicate":{})",
                  R"("predicate":{"hallmark":{"version":1,"repository":"registry.example/app",)"
                  R"("tag":"1.4","signedAt":"2026-06-01T12:00:00Z",)"
                  R"("expires":"2026-06-01T13:00:00Z"}})");
}

Result<Claim> Read(std::string_view payload, std::string_view type = kInToto) {
  const auto scheme = crypto::Scheme::kEcdsaP256Sha256;
  const auto bundle = testing::SignPayload(payload, type);
  const auto proof = testing::TrustedPrivateKey().public_key().Verify(
      scheme, PreAuthEncoding(type, AsBytes(payload)), bundle.signature);
  return ParseStatement(*proof, kDigest);
}

ErrorCode CodeOf(std::string_view payload) {
  const Result<Claim> claim = Read(payload);
  INFO(payload.substr(0, 400));
  REQUIRE_FALSE(claim.ok());
  return claim.error().code();
}

struct Change {
  const char* from;
  const char* to;
};

}  // namespace

TEST_CASE("a statement of another tool is read") {
  const Result<Claim> claim = Read(Plain());
  REQUIRE(claim.ok());
  CHECK(claim.value().subject == kDigest);
  CHECK(claim.value().predicate_type == kSignPredicate);
  CHECK(claim.value().annotations.size() == 1);
  CHECK(claim.value().annotations.at("env") == "prod");
  CHECK_FALSE(claim.value().repository);
  CHECK_FALSE(claim.value().tag);
  CHECK_FALSE(claim.value().signed_at);
  CHECK_FALSE(claim.value().expires);
  CHECK(Read(Replaced(Plain(), "Statement/v1", "Statement/v0.1")).ok());
  CHECK(Read(Replaced(Plain(), R"(,"predicate":{})", "")).ok());
  CHECK(Read(Replaced(Plain(), R"(,"annotations":{"env":"prod"})", "")).ok());
}

TEST_CASE("our addition says name and times") {
  const Result<Claim> claim = Read(Ours());
  REQUIRE(claim.ok());
  CHECK(claim.value().repository == "registry.example/app");
  CHECK(claim.value().tag == "1.4");
  CHECK(claim.value().signed_at == kNow);
  CHECK(claim.value().expires == kNow + std::chrono::hours{1});
}

TEST_CASE("what is written is canonical and reads back the same") {
  Claim claim{kDigest, std::string(kSignPredicate), {{"z", "1"}, {"a", "\n\"\xc3\xa9"}}, {}, {}, {},
              {}};
  SECTION("with everything") {
    claim.repository = "registry.example/app";
    claim.tag = "1.4";
    claim.signed_at = kNow;
    claim.expires = kNow + std::chrono::hours{1};
  }
  SECTION("with the time alone") { claim.signed_at = kNow; }
  SECTION("with nothing of ours") {}
  const Bytes text = testing::Must(WriteStatement(claim));
  const auto value = testing::Must(json::Parse(text, {100'000, 16, 1000}));
  CHECK(json::Canonical(value) == text);
  const Result<Claim> read = Read(AsText(text));
  REQUIRE(read.ok());
  CHECK(read.value().annotations == claim.annotations);
  CHECK(read.value().repository == claim.repository);
  CHECK(read.value().tag == claim.tag);
  CHECK(read.value().signed_at == claim.signed_at);
  CHECK(read.value().expires == claim.expires);
}

TEST_CASE("a claim that JSON readers would not agree on is not written") {
  Claim claim{kDigest, std::string(kSignPredicate), {}, {}, {}, {}, {}};
  CHECK(WriteStatement(claim).ok());
  claim.annotations = {{"", "x"}};
  CHECK(WriteStatement(claim).error().code() == ErrorCode::kConfig);
  claim.annotations = {{"a", "\xff"}};
  CHECK(WriteStatement(claim).error().code() == ErrorCode::kConfig);
  claim.annotations = {{"\xc0\xaf", "x"}};
  CHECK(WriteStatement(claim).error().code() == ErrorCode::kConfig);
  claim.annotations = {{"a", std::string("b\0c", 3)}};
  CHECK(WriteStatement(claim).error().code() == ErrorCode::kConfig);
}

TEST_CASE("payloads that are no statement are malformed (A04)") {
  const std::string payload = GENERATE(as<std::string>{}, "", "hello", "[]", "null", "7", "\"x\"",
                                       "{}", "{\"subject\":[]}", "\xef\xbb\xbf{}", "{} ,");
  CHECK(CodeOf(payload) == ErrorCode::kMalformed);
}

TEST_CASE("statements without what a statement needs are malformed (A04, A15)") {
  const Change change = GENERATE(
      Change{"Statement/v1", "Statement/v2"}, Change{"\"_type\"", "\"_Type\""},
      Change{"https://in-toto.io/Statement/v1", ""},
      Change{"\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\"", "\"predicateType\":7"},
      Change{"\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\"", "\"predicateType\":\"\""},
      Change{"\"predicateType\"", "\"PredicateType\""}, Change{"\"subject\"", "\"Subject\""},
      Change{"\"digest\"", "\"Digest\""}, Change{"{\"sha256\"", "{\"x\":1,\"sha256\""},
      Change{"\"subject\":[", "\"subject\":[7,"}, Change{"\"subject\":[", "\"subject\":[{},"},
      Change{"\"subject\":[", "\"subject\":[{\"digest\":{}},"},
      Change{"\"subject\":[", "\"subject\":[{\"digest\":null},"},
      Change{"\"annotations\":{\"env\":\"prod\"}", "\"annotations\":[]"},
      Change{"\"predicate\":{}", "\"predicate\":[]"},
      Change{"\"predicate\":{}", "\"predicate\":null"});
  CHECK(CodeOf(Replaced(Plain(), change.from, change.to)) == ErrorCode::kMalformed);
}

TEST_CASE("an empty list of subjects is malformed (A04)") {
  const std::string good = Plain();
  const std::size_t start = good.find("[{\"digest\"");
  const std::size_t end = good.find("}],") + 2;
  CHECK(CodeOf(good.substr(0, start) + "[]" + good.substr(end)) == ErrorCode::kMalformed);
  CHECK(CodeOf(good.substr(0, start) + "null" + good.substr(end)) == ErrorCode::kMalformed);
  CHECK(CodeOf(good.substr(0, start) + "{}" + good.substr(end)) == ErrorCode::kMalformed);
}

TEST_CASE("a payload of another type is malformed, however well it is signed (A04)") {
  const std::string type =
      GENERATE(as<std::string>{}, "text/plain", "", "application/vnd.in-toto+JSON",
               "application/vnd.in-toto+json ", "application/json");
  const Result<Claim> claim = Read(Plain(), type);
  REQUIRE_FALSE(claim.ok());
  CHECK(claim.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("a repeated member is malformed, wrong first, wrong last, or escaped (A14)") {
  const std::string good = Plain();
  const std::string wrong = R"("subject":[{"digest":{"sha256":"00"}}])";
  CHECK(CodeOf(Replaced(good, "{\"_type\"", "{" + wrong + ",\"_type\"")) == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "\"predicate\":{}", "\"predicate\":{}," + wrong)) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "{\"_type\"",
                        "{\"\\u0073ubject\":[{\"digest\":{\"sha256\":\"00\"}}],\"_type\"")) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "{\"sha256\"", "{\"sha256\":\"00\",\"sha256\"")) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "{\"env\"", "{\"env\":\"dev\",\"env\"")) == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(Ours(), "\"tag\"", "\"tag\":\"2\",\"tag\"")) == ErrorCode::kMalformed);
}

TEST_CASE("members that the specification does not name are ignored") {
  const Result<Claim> claim =
      Read(Replaced(Plain(), "{\"_type\"", R"({"Subject":[],"x":{"y":[1]},"_type")"));
  REQUIRE(claim.ok());
  CHECK(claim.value().annotations.at("env") == "prod");
  CHECK(Read(Replaced(Plain(), "\"predicate\":{}", "\"predicate\":{\"other\":[]}")).ok());
}

TEST_CASE("text that is no UTF-8, or holds a NUL, is malformed (A21)") {
  const std::string value =
      GENERATE(as<std::string>{}, "pr\xc0\xaf", "prod\\u0000", "\xff", "\\ud800x");
  CHECK(CodeOf(Replaced(Plain(), "\"env\":\"prod\"", "\"env\":\"" + value + "\"")) ==
        ErrorCode::kMalformed);
  // Look-alikes stay what they are: other text.
  const Result<Claim> lookalike = Read(Replaced(Plain(), "\"prod\"",
                                                "\"pr\xd0\xbe"
                                                "d\""));
  REQUIRE(lookalike.ok());
  CHECK(lookalike.value().annotations.at("env") != "prod");
}

TEST_CASE("a statement about another image is a mismatch") {
  const std::string hex = kDigest.hex();
  const std::string upper = [&hex] {
    std::string text = hex;
    for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
    return text;
  }();
  CHECK(CodeOf(Replaced(Plain(), hex, std::string(64, '0'))) == ErrorCode::kMismatch);
  CHECK(CodeOf(Replaced(Plain(), hex, upper)) == ErrorCode::kMismatch);
  CHECK(CodeOf(Replaced(Plain(), hex, hex.substr(0, 32))) == ErrorCode::kMismatch);
  CHECK(CodeOf(Replaced(Plain(), hex, hex + "0")) == ErrorCode::kMismatch);
  CHECK(CodeOf(Replaced(Plain(), hex, "sha256:" + hex)) == ErrorCode::kMismatch);
  CHECK(CodeOf(Replaced(Plain(), "\"sha256\"", "\"sha512\"")) == ErrorCode::kMismatch);
  CHECK(CodeOf(Replaced(Plain(), "\"sha256\"", "\"SHA256\"")) == ErrorCode::kMismatch);
  // An empty text matches nothing.
  CHECK(CodeOf(Replaced(Plain(), hex, "")) == ErrorCode::kMismatch);
}

TEST_CASE("annotations are those of the subject that matched") {
  const std::string other = R"({"digest":{"sha256":"00"},"annotations":{"env":"dev","x":"1"}})";
  const Result<Claim> claim =
      Read(Replaced(Plain(), "\"subject\":[", "\"subject\":[" + other + ","));
  REQUIRE(claim.ok());
  CHECK(claim.value().annotations.size() == 1);
  CHECK(claim.value().annotations.at("env") == "prod");

  SECTION("of several that match, what they agree on") {
    const std::string twin = R"({"digest":{"sha256":")" + kDigest.hex() + R"("},"annotations":)";
    const auto with = [&twin](const std::string& annotations) {
      return Read(Replaced(Plain(), "\"subject\":[", "\"subject\":[" + twin + annotations + "},"));
    };
    CHECK(testing::Must(with(R"({"env":"dev"})")).annotations.empty());
    CHECK(testing::Must(with("{}")).annotations.empty());
    CHECK(testing::Must(with(R"({"env":"prod","y":"2"})")).annotations.size() == 1);
  }
  SECTION("values that are no text are left out") {
    const Result<Claim> odd = Read(Replaced(Plain(), "\"env\":\"prod\"", "\"env\":1,\"b\":\"c\""));
    REQUIRE(odd.ok());
    CHECK(odd.value().annotations.count("env") == 0);
    CHECK(odd.value().annotations.at("b") == "c");
  }
}

TEST_CASE("our addition is read strictly") {
  const Change change = GENERATE(
      Change{"\"version\":1,", ""}, Change{"\"version\":1", "\"version\":\"1\""},
      Change{"\"version\":1", "\"version\":1.0"}, Change{"\"version\":1", "\"version\":-1"},
      Change{"\"version\":1", "\"version\":1e0"},
      Change{"\"version\":1", "\"version\":18446744073709551617"},
      Change{"\"tag\":\"1.4\"", "\"Tag\":\"1.4\""},
      Change{"\"tag\":\"1.4\"", "\"tag\":\"1.4\",\"more\":1"},
      Change{"\"tag\":\"1.4\"", "\"tag\":\"\""}, Change{"\"tag\":\"1.4\"", "\"tag\":\"a/b\""},
      Change{"\"tag\":\"1.4\"", "\"tag\":null"}, Change{"registry.example/app", ""},
      Change{"registry.example/app", "registry.example/App"},
      Change{"registry.example/app", "Registry.example/app"},
      Change{"registry.example/app", "registry.example:443/app"},
      Change{"registry.example/app", "app"},
      Change{"registry.example/app", "registry.example/app:1"},
      Change{"registry.example/app", "registry.example./app"},
      Change{"\"2026-06-01T12:00:00Z\"", "1780315200"},
      Change{"2026-06-01T12:00:00Z", "2026-06-01"},
      Change{"2026-06-01T12:00:00Z", "2026-06-01T12:00:00+00:00"},
      Change{"2026-06-01T12:00:00Z", "2026-06-01T12:00:00.000Z"},
      Change{"2026-06-01T13:00:00Z", "2026-06-31T13:00:00Z"},
      Change{"2026-06-01T13:00:00Z", "never"}, Change{"\"signedAt\":\"2026-06-01T12:00:00Z\",", ""},
      Change{"{\"hallmark\":{", "{\"hallmark\":[{"});
  const std::string changed = Replaced(Ours(), change.from, change.to);
  INFO(changed);
  CHECK(CodeOf(changed) == ErrorCode::kMalformed);
}

TEST_CASE("another version of our addition is unsupported") {
  CHECK(CodeOf(Replaced(Ours(), "\"version\":1", "\"version\":2")) == ErrorCode::kUnsupported);
  CHECK(CodeOf(Replaced(Ours(), "\"version\":1", "\"version\":0")) == ErrorCode::kUnsupported);
}

TEST_CASE("an attestation's own member of our name is not ours") {
  const Result<Claim> claim = Read(
      Replaced(Replaced(Ours(), "https://sigstore.dev/cosign/sign/v1", "https://example.com/other"),
               "\"version\":1", "\"version\":\"x\""));
  REQUIRE(claim.ok());
  CHECK(claim.value().predicate_type == "https://example.com/other");
  CHECK_FALSE(claim.value().repository);
  CHECK_FALSE(claim.value().expires);
}

TEST_CASE("subjects, depth and values are bounded (A17, A57)") {
  const auto with = [](std::size_t count) {
    std::string more;
    for (std::size_t i = 0; i < count; ++i) more += R"({"digest":{"sha256":"00"}},)";
    return Replaced(Plain(), "\"subject\":[", "\"subject\":[" + more);
  };
  CHECK(Read(with(1023)).ok());
  CHECK(CodeOf(with(1024)) == ErrorCode::kLimit);
  CHECK(CodeOf(with(100'000)) == ErrorCode::kLimit);
  const auto nested = [](std::size_t depth) {
    return Replaced(
        Plain(), "\"predicate\":{}",
        "\"predicate\":{\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}");
  };
  CHECK(Read(nested(32)).ok());
  CHECK(CodeOf(nested(64)) == ErrorCode::kLimit);
  CHECK(CodeOf(nested(100'000)) == ErrorCode::kLimit);
}

TEST_CASE("the predicate of an attestation is an object, or SPDX text as cosign signs it") {
  const auto of_type = [](std::string_view type, std::string_view predicate) {
    return Replaced(Replaced(Plain(), "https://sigstore.dev/cosign/sign/v1", type),
                    R"("predicate":{})", "\"predicate\":" + std::string(predicate));
  };
  CHECK(Read(of_type("https://spdx.dev/Document", "{}")).ok());
  CHECK(Read(of_type("https://spdx.dev/Document", R"("SPDXVersion: SPDX-2.3")")).ok());
  CHECK(CodeOf(of_type("https://spdx.dev/Document", "[]")) == ErrorCode::kMalformed);
  CHECK(CodeOf(of_type("https://cyclonedx.org/bom", R"("text")")) == ErrorCode::kMalformed);
  CHECK(CodeOf(of_type("https://cyclonedx.org/bom", "null")) == ErrorCode::kMalformed);
  CHECK(CodeOf(of_type("https://sigstore.dev/cosign/sign/v1", R"("text")")) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf(of_type("https://cyclonedx.org/bom", R"({"a":1,"a":2})")) == ErrorCode::kMalformed);
}

TEST_CASE("many values are a limit in a signature and no matter in an attestation (A17)") {
  std::string many = R"("predicate":{"x":[0)";
  for (int i = 0; i < 200'000; ++i) many += ",0";
  const std::string signature = Replaced(Plain(), R"("predicate":{)", many + "],\"y\":{}");
  CHECK(CodeOf(signature) == ErrorCode::kLimit);
  const auto attestation =
      Read(Replaced(signature, "https://sigstore.dev/cosign/sign/v1", "https://example.com/x"));
  CHECK(attestation.ok());
}

TEST_CASE("an attestation holds its predicate byte for byte") {
  const std::string predicate =
      "{ \"n\": 7.50, \"big\": 12345678901234567890,\n \"t\": \"\\u00e9\" }";
  const Attestation attestation =
      Attestation::Of("https://example.com/x", ToBytes(predicate)).value();
  const auto repository = oci::Repository::Parse("registry.example/app").value();
  const Bytes written = WriteAttestation(attestation, kDigest, repository);
  CHECK(AsText(written) == R"({"_type":"https://in-toto.io/Statement/v1","subject":[{"name":)"
                           R"("registry.example/app","digest":{"sha256":")" +
                               kDigest.hex() +
                               R"("}}],"predicateType":"https://example.com/x","predicate":)" +
                               predicate + "}");
  const Result<Claim> claim = Read(AsText(written));
  REQUIRE(claim.ok());
  CHECK(claim.value().predicate_type == "https://example.com/x");
  CHECK(claim.value().subject == kDigest);
}

TEST_CASE("a predicate that is not one strict JSON object is not taken in (A14, A21)") {
  for (const char* text :
       {"", " ", "[]", "null", "\"x\"", "{", "{}{}", "{},\"predicateType\":\"x\"", "{}]",
        R"({"a":1,"a":2})", "{\"a\":\"\xff\"}", R"({"a":1e999})", "\xEF\xBB\xBF{}", "{\"a\":01}"}) {
    INFO(text);
    const auto attestation =
        Attestation::Of("https://example.com/x", ToBytes(std::string_view(text)));
    REQUIRE_FALSE(attestation.ok());
    CHECK(attestation.error().code() == ErrorCode::kConfig);
  }
  const auto nested = [](std::size_t depth) {
    return ToBytes("{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}");
  };
  CHECK(Attestation::Of("https://example.com/x", nested(62)).ok());
  CHECK_FALSE(Attestation::Of("https://example.com/x", nested(63)).ok());
  CHECK_FALSE(Attestation::Of("", ToBytes("{}")).ok());
  CHECK_FALSE(Attestation::Of("\xff", ToBytes("{}")).ok());
  CHECK_FALSE(Attestation::Of(std::string(kSignPredicate), ToBytes("{}")).ok());
}

}  // namespace hallmark::signature::bundle
