#include "hallmark/signature/notation/internal/signature_manifest.h"

#include "hallmark/oci/media_types.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature::notation {
namespace {

using testing::kNow;
using testing::Replaced;

const oci::Content kImage =
    oci::Content::Describe(std::string(oci::kOciManifest), ToBytes("image"));
const oci::Content kEnvelope = oci::Content::Describe(std::string(kJwsType), ToBytes("envelope"));

std::string Good() {
  const oci::Content manifest = WriteSignatureManifest(
      kEnvelope.descriptor(), kImage.descriptor(), {ToBytes("leaf"), ToBytes("root")}, kNow, {});
  return std::string(AsText(manifest.bytes()));
}

Result<std::variant<SignatureManifest, Unrelated>> Parse(std::string text) {
  return ParseSignatureManifest(
      oci::Content::Describe(std::string(oci::kOciManifest), ToBytes(std::move(text))),
      kImage.digest());
}

ErrorCode CodeOf(const std::string& text) {
  const auto parsed = Parse(text);
  INFO(text);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error().code();
}

bool IsUnrelated(const std::string& text) {
  const auto parsed = Parse(text);
  return parsed.ok() && std::holds_alternative<Unrelated>(parsed.value());
}

}  // namespace

TEST_CASE("a signature manifest is written member for member as notation 1.3 does") {
  CHECK(Good() ==
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("config":{"mediaType":"application/vnd.cncf.notary.signature","digest":)"
        R"("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},)"
        R"("layers":[{"mediaType":"application/jose+json","digest":")" +
            kEnvelope.digest().ToString() + R"(","size":8}],)" +
            R"("subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" +
            kImage.digest().ToString() + R"(","size":5},)" +
            R"("annotations":{"io.cncf.notary.x509chain.thumbprint#S256":"[\")" +
            oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("leaf")).hex() + R"(\",\")" +
            oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("root")).hex() +
            R"(\"]","org.opencontainers.image.created":"2026-06-01T12:00:00Z"}})");
}

TEST_CASE("a signature manifest gives its envelope and the thumbprints") {
  const auto parsed = Parse(Good());
  REQUIRE(parsed.ok());
  const auto& read = std::get<SignatureManifest>(parsed.value());
  CHECK(read.envelope.digest == kEnvelope.digest());
  CHECK(read.type == EnvelopeType::kJws);
  REQUIRE(read.thumbprints.size() == 2);
  const auto leaf = oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("leaf"));
  CHECK(std::equal(leaf.bytes().begin(), leaf.bytes().end(), read.thumbprints[0].begin()));
  const auto cose = Parse(Replaced(Good(), kJwsType, kCoseType));
  CHECK(std::get<SignatureManifest>(cose.value()).type == EnvelopeType::kCose);
  // With an artifactType and the empty config, as newer clients write.
  const std::string with_type =
      Replaced(Replaced(Good(), kSignatureType, oci::kEmptyJson), R"("config":)",
               R"("artifactType":"application/vnd.cncf.notary.signature","config":)");
  CHECK(std::holds_alternative<SignatureManifest>(Parse(with_type).value()));
}

TEST_CASE("thumbprints are a hint: what is none is left out") {
  for (const std::string_view text : {R"("x")", R"("[]")", R"("[1]")", R"("")"}) {
    const std::string manifest = Good();
    const std::size_t start = manifest.find("#S256\":") + 7;
    const std::size_t end = manifest.find(",\"org.opencontainers");
    std::string changed = manifest;
    changed.replace(start, end - start, text);
    const auto parsed = Parse(changed);
    REQUIRE(parsed.ok());
    CHECK(std::get<SignatureManifest>(parsed.value()).thumbprints.empty());
  }
  const std::string upper = "[\"" + std::string(64, 'B') + "\"]";
  CHECK(ParseThumbprints(upper).value().front() ==
        ParseThumbprints("[\"" + std::string(64, 'b') + "\"]").value().front());
  CHECK(ParseThumbprints("[\"" + std::string(62, 'b') + "\"]").error().code() ==
        ErrorCode::kMalformed);
  CHECK(ParseThumbprints("[\"" + std::string(63, 'b') + "g\"]").error().code() ==
        ErrorCode::kMalformed);
  CHECK(ParseThumbprints("{}").error().code() == ErrorCode::kMalformed);
  std::string many = "[\"a\"";
  for (int i = 0; i < 20; ++i) many += ",\"a\"";
  CHECK(ParseThumbprints(many + "]").error().code() == ErrorCode::kLimit);
}

TEST_CASE("a signature manifest about another image or none is a mismatch (A07)") {
  const auto other = oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("other"));
  CHECK(CodeOf(Replaced(Good(), kImage.digest().ToString(), other.ToString())) ==
        ErrorCode::kMismatch);
  const std::string good = Good();
  const std::size_t start = good.find("\"subject\"");
  CHECK(CodeOf(good.substr(0, start) + good.substr(good.find("\"annotations\""))) ==
        ErrorCode::kMismatch);
}

TEST_CASE("what else a signature manifest may be") {
  CHECK(IsUnrelated(Replaced(Good(), kSignatureType, "application/vnd.example.sbom")));
  CHECK(IsUnrelated(Replaced(Good(), R"("config":)",
                             R"("artifactType":"application/vnd.example.sbom","config":)")));
  CHECK(IsUnrelated(R"({"schemaVersion":2,"manifests":[]})") == false);
  CHECK(CodeOf("{}") == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(Good(), kJwsType, "application/vnd.example")) == ErrorCode::kUnsupported);
  CHECK(CodeOf(Replaced(Good(), R"("size":8)", R"("size":4194305)")) == ErrorCode::kLimit);
  CHECK_FALSE(CodeOf(Replaced(Good(), R"("layers":[)", R"("layers":[],"x":[)")) !=
              ErrorCode::kMalformed);
}

TEST_CASE("which listed entries may be signatures of the Notary Project") {
  const auto entry = [](std::string_view type, std::string_view artifact_type) {
    oci::Descriptor descriptor = kImage.descriptor();
    descriptor.media_type = type;
    descriptor.artifact_type = artifact_type;
    return MayBeSignature(descriptor);
  };
  CHECK(entry(oci::kOciManifest, kSignatureType));
  CHECK(entry(oci::kOciManifest, ""));
  CHECK(entry(oci::kOciManifest, oci::kEmptyJson));
  CHECK_FALSE(entry(oci::kOciManifest, "application/vnd.dev.sigstore.bundle.v0.3+json"));
  CHECK_FALSE(entry(oci::kOciIndex, kSignatureType));
}

}  // namespace hallmark::signature::notation
