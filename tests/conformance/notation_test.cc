#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/cbor.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/notation/internal/cose.h"
#include "hallmark/signature/notation/internal/jws.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/x509/certificate.h"
#include "tests/conformance/vectors.h"
#include "tests/support/catch.h"

// The vectors of notation-core-go and notation-go.
namespace hallmark::conformance {
namespace {

using namespace hallmark::signature::notation;
using json::Value;

Bytes Hex(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'F') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return encoding::FromHex(text).value();
}

UnixTime At(std::uint64_t seconds) {
  return UnixTime(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

TEST_CASE("the JWS header of notation-core-go's conformance.json is written byte for byte") {
  const auto folder = FindVectors("notation/notation-core-go/signature/jws/testdata");
  if (!folder) return;
  const Value expected = ReadJson(*folder / "conformance.json");
  Attributes attributes{"ES256",
                        SigningScheme::kX509,
                        encoding::FromRfc3339("2022-08-29T13:50:00Z").value(),
                        std::nullopt,
                        encoding::FromRfc3339("2099-08-30T13:50:00Z").value(),
                        {{"signedCritKey1", true, "signedCritValue1"}}};
  for (const char* name : {"signedKey1", "signedKey2", "signedKey3", "signedKey4"}) {
    attributes.extended.push_back({name, false, "signedValue1"});
  }
  CHECK(encoding::ToBase64Url(AsBytes(WriteJwsProtected(attributes))) ==
        Text(expected, "protected"));
  const Bytes payload = encoding::FromBase64Url(Text(expected, "payload")).value();
  const Bytes signed_bytes = JoinJwsSignedBytes(attributes, payload);
  CHECK(AsText(signed_bytes) == Text(expected, "protected") + "." + Text(expected, "payload"));
  // Its critical attribute belongs to nobody, so the reader refuses what the writer can write.
  CHECK(SplitJwsSignedBytes(signed_bytes).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("the COSE headers of notation-core-go's conformance.json are written byte for byte") {
  const auto folder = FindVectors("notation/notation-core-go/signature/cose/testdata");
  if (!folder) return;
  const Value expected = ReadJson(*folder / "conformance.json");
  const Attributes attributes{
      "PS384",
      SigningScheme::kX509,
      At(*expected.Find("signingTime")->unsigned_integer()),
      std::nullopt,
      At(*expected.Find("expiry")->unsigned_integer()),
      {{"signedCritKey1", true, "signedCritValue1"}, {"signedKey1", false, "signedValue1"}}};
  const Bytes header = Hex(Text(*expected.Find("protectedHeaders"), "cborHex"));
  CHECK(WriteCoseProtected(attributes) == header);
  const Bytes payload = Hex(Text(expected, "payload"));
  const Bytes whole = Hex(Text(*expected.Find("expectedOutput"), "cborHex"));
  const auto document = cbor::Parse(whole, cbor::Encoding::kDeterministic, {1 << 20, 8, 100});
  REQUIRE(document.ok());
  CHECK(cbor::Encode(document.value()) == whole);
  const auto& parts = *document.value().content_of_tag(18)->array();
  CHECK(*parts[0].bytes() == header);
  CHECK(*parts[2].bytes() == payload);
  CHECK(cbor::Encode(parts[1]) == Hex(Text(*expected.Find("unprotectedHeaders"), "cborHex")));
  CHECK(ParseCose(whole).error().code() == ErrorCode::kMalformed);  // as above, and no certificate
}

EnvelopeType TypeOf(const std::string& text) {
  return text.starts_with('{') ? EnvelopeType::kJws : EnvelopeType::kCose;
}

// Those that name a plugin among them: their critical "SomeKey" is that plugin's.
TEST_CASE("the envelopes of notation-go's tests are read, proved and written back") {
  const auto folder = FindVectors("notation/notation-go");
  if (!folder) return;
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    const std::string extension = entry.path().extension().string();
    const bool is_mock = entry.path().filename().string().find("sig_env") != std::string::npos;
    if (extension != ".sig" && !is_mock) continue;
    INFO(entry.path().string());
    const std::string text = ReadFile(entry.path());
    const auto envelope = ParseEnvelope(TypeOf(text), AsBytes(text));
    INFO((envelope.ok() ? "" : envelope.error().message()));
    // The "invalid" ones have a character in their payload that is none of base64's.
    CHECK(envelope.ok() == (entry.path().string().find("_invalid_") == std::string::npos));
    if (!envelope.ok()) continue;
    ++read;
    // The plugin's are the only ones that do not open with the key of their certificate.
    const auto leaf = x509::Certificate::FromDer(envelope.value().certificates.front());
    REQUIRE(leaf.ok());
    const auto key = leaf.value().public_key();
    REQUIRE(key.ok());
    const auto opened = OpenEnvelope(envelope.value(), key.value());
    const auto* refusal = std::get_if<Refusal>(&opened);
    const bool has_plugin = entry.path().string().find("plugin") != std::string::npos;
    CHECK((refusal == nullptr ? "opened" : refusal->reason) ==
          (has_plugin ? "unsupported" : "opened"));
    const auto again = ParseEnvelope(envelope.value().type, WriteEnvelope(envelope.value()));
    REQUIRE(again.ok());
    CHECK(again.value().signed_bytes == envelope.value().signed_bytes);
    CHECK(again.value().certificates == envelope.value().certificates);
  }
  CHECK(read >= 24);
}

}  // namespace
}  // namespace hallmark::conformance
