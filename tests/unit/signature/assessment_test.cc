#include "hallmark/signature/assessment.h"

#include <string>
#include <utility>

#include "hallmark/crypto/private_key.h"
#include "hallmark/signature/index_children.h"
#include "tests/support/catch.h"

namespace hallmark::signature {
namespace {

Signature SomeSignature() {
  oci::Content envelope = oci::Content::Describe("text/plain", ToBytes("envelope"));
  oci::Descriptor artifact = envelope.descriptor();
  return {FormatId::kSigstoreBundle, std::move(envelope), std::move(artifact)};
}

Claim SomeClaim() {
  return {oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("image")),
          std::string(kSignPredicate),
          {{"env", "prod"}},
          "registry.example/app",
          "1.4",
          std::nullopt,
          std::nullopt};
}

crypto::SignedBytes SomeProof() {
  const auto key = crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEcdsaP256);
  const auto scheme = crypto::Scheme::kEcdsaP256Sha256;
  const auto signature = key.value().Sign(scheme, AsBytes("payload"));
  return key.value().public_key().Verify(scheme, AsBytes("payload"), signature.value()).value();
}

oci::Descriptor Entry(std::string media_type, std::optional<oci::Platform> platform) {
  oci::Descriptor entry{std::move(media_type),
                        oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("child")),
                        5,
                        {},
                        {},
                        std::move(platform)};
  return entry;
}

}  // namespace

TEST_CASE("format, check and outcome names are those of verdicts") {
  CHECK(ToName(FormatId::kSigstoreBundle) == "bundle");
  CHECK(FormatFromName("bundle") == FormatId::kSigstoreBundle);
  CHECK_FALSE(FormatFromName("Bundle"));
  CHECK_FALSE(FormatFromName(""));
  CHECK(ToName(FormatId::kCosign) == "cosign");
  CHECK(FormatFromName("cosign") == FormatId::kCosign);
  CHECK_FALSE(FormatFromName("unknown"));
  CHECK(ToName(Check::kFormat) == "format");
  CHECK(ToName(Check::kIntegrity) == "integrity");
  CHECK(ToName(Check::kSubject) == "subject");
  CHECK(ToName(Check::kAuthenticity) == "authenticity");
  CHECK(ToName(Check::kExpiry) == "expiry");
  CHECK(ToName(Check::kTimestamp) == "timestamp");
  CHECK(ToName(Check::kTransparency) == "transparency");
  CHECK(ToName(Outcome::kPassed) == "passed");
  CHECK(ToName(Outcome::kFailed) == "failed");
  CHECK(ToName(Outcome::kUnknown) == "unknown");
  CHECK(ToName(Outcome::kNotApplicable) == "not-applicable");
}

TEST_CASE("a failed assessment proves nothing and keeps what was learnt before") {
  Prover prover(SomeSignature());
  prover.Pass(Check::kFormat, "bundle");
  prover.Hint("key 7c41");
  const Assessment assessment =
      std::move(prover).Fail(Check::kIntegrity, "bad-signature", "no match");
  CHECK_FALSE(assessment.verified);
  REQUIRE(assessment.Failure() != nullptr);
  CHECK(assessment.Failure()->reason == "bad-signature");
  CHECK(assessment.Failure()->check == Check::kIntegrity);
  CHECK(assessment.findings.size() == 2);
  CHECK(assessment.unverified_signer_hint == "key 7c41");
  CHECK(assessment.artifact.digest == SomeSignature().artifact.digest);
}

TEST_CASE("success hands out the claim and the signer") {
  Prover prover(SomeSignature());
  for (Check check : {Check::kFormat, Check::kIntegrity, Check::kSubject, Check::kAuthenticity}) {
    prover.Pass(check, "");
  }
  prover.NotApplicable(Check::kTimestamp, "none");
  Finding expired{Check::kExpiry, Outcome::kFailed, "expired", "yesterday"};
  const Assessment assessment = std::move(prover).Succeed(
      SomeProof(), SomeClaim(), SignerIdentity{{"ci"}, "ci.pub", {}, "7c41"}, {expired});
  REQUIRE(assessment.verified);
  CHECK(assessment.verified->format() == FormatId::kSigstoreBundle);
  CHECK(assessment.verified->claim().annotations.at("env") == "prod");
  CHECK(assessment.verified->signer().key_id == "7c41");
  // Expiry stands beside the proof; policy judges it.
  REQUIRE(assessment.Failure() != nullptr);
  CHECK(assessment.Failure()->reason == "expired");
}

TEST_CASE("the images of an index leave out what no runtime selects") {
  const std::string manifest = "application/vnd.oci.image.manifest.v1+json";
  oci::ImageIndex index;
  index.manifests = {
      Entry(manifest, oci::Platform{"linux", "amd64", "", ""}),
      Entry(manifest, oci::Platform{"unknown", "unknown", "", ""}),
      Entry(manifest, std::nullopt),
      Entry(manifest, oci::Platform{"unknown", "amd64", "", ""}),
      Entry("application/vnd.example.other", oci::Platform{"linux", "amd64", "", ""}),
      Entry("application/vnd.oci.image.index.v1+json", std::nullopt),
  };
  // Claiming to be an attestation is no way out for an image of a real platform (A88).
  index.manifests[0].annotations["vnd.docker.reference.type"] = "attestation-manifest";
  const auto children = ImageChildren(index);
  REQUIRE(children.size() == 4);
  CHECK(children[0].platform->architecture == "amd64");
  CHECK_FALSE(children[1].platform);
  CHECK(children[2].platform->os == "unknown");
  CHECK(children[3].media_type == "application/vnd.oci.image.index.v1+json");
}

}  // namespace hallmark::signature
