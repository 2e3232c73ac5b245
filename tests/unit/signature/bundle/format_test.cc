#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/signature/bundle/internal/carrier.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

// Finding, loading, making and storing bundles in a store.
namespace hallmark::signature {
namespace {

using testing::kNow;
using testing::MemoryStore;
using testing::Must;

constexpr std::string_view kType = "application/vnd.dev.sigstore.bundle.v0.3+json";
constexpr std::string_view kPredicateAnnotation = "dev.sigstore.bundle.predicateType";

struct World {
  MemoryStore store;
  testing::Pinned pinned = testing::PinImage(store);
  const store::Subject& subject = pinned.subject;
  const oci::Repository repository = subject.asked().repository();
  BundleFormat format;
  Context context = testing::PatientContext();
  const trust::TrustRoot trust = testing::TrustCi();

  SigningFormat::Signed Sign(UnixTime now = kNow) {
    const auto signer = testing::MakeTestSigner(testing::TrustedPrivateKey());
    return Must(format.Sign(subject, testing::ClaimFor(subject), *signer, now));
  }
  SigningFormat::Signed SignAndPush(UnixTime now = kNow) {
    SigningFormat::Signed made = Sign(now);
    Must(format.Push(context, store, repository, made));
    return made;
  }
  Found Find(std::string_view predicate = kSignPredicate) {
    return format.Find(context, store, subject, {predicate, trust});
  }
  Loaded Load(const Candidate& candidate) {
    return format.Load(context, store, subject, candidate);
  }
  oci::Descriptor Entry(const oci::Digest& digest, std::string type, std::string predicate = {}) {
    oci::Descriptor entry{
        "application/vnd.oci.image.manifest.v1+json", digest, 7, std::move(type), {}, {}};
    if (!predicate.empty()) entry.annotations[std::string(kPredicateAnnotation)] = predicate;
    return entry;
  }
};

oci::Digest DigestOf(std::string_view text) {
  return oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(text));
}

std::string ReasonOf(const Loaded& loaded) {
  const auto* assessment = std::get_if<Assessment>(&loaded);
  REQUIRE(assessment != nullptr);
  CHECK_FALSE(assessment->verified);
  return testing::WordOf(*assessment);
}

}  // namespace

TEST_CASE("among many signatures those that hint at a trusted key are read first") {
  World world;
  for (int i = 0; i < 5; ++i) {
    const auto stranger = testing::MakeTestSigner();
    const auto made =
        Must(world.format.Sign(world.subject, testing::ClaimFor(world.subject), *stranger, kNow));
    Must(world.format.Push(world.context, world.store, world.repository, made));
  }
  const SigningFormat::Signed ours = world.SignAndPush(kNow - std::chrono::hours(1));
  const Found found = world.Find();
  REQUIRE(found.candidates.size() == 6);
  CHECK(found.candidates[0].artifact.digest == ours.artifact.digest());
}

TEST_CASE("what is signed and pushed is found, loaded and verified") {
  World world;
  const SigningFormat::Signed made = world.SignAndPush();
  const Found found = world.Find();
  REQUIRE(found.candidates.size() == 1);
  CHECK(found.gaps.empty());
  CHECK_FALSE(found.asked.empty());
  CHECK(found.candidates[0].artifact.digest == made.artifact.digest());
  const Loaded loaded = world.Load(found.candidates[0]);
  REQUIRE(std::holds_alternative<Signature>(loaded));
  const auto& signature = std::get<Signature>(loaded);
  CHECK(signature.artifact.digest == made.artifact.digest());
  const Assessment assessment =
      world.format.Assess(signature, world.subject, testing::TrustCi(), kNow);
  REQUIRE(assessment.verified);
  const Claim& claim = assessment.verified->claim();
  const Claim said = testing::ClaimFor(world.subject);
  CHECK(claim.annotations == said.annotations);
  CHECK(claim.repository == said.repository);
  CHECK(claim.tag == said.tag);
  CHECK(claim.signed_at == said.signed_at);
  CHECK(claim.expires == said.expires);
}

TEST_CASE("a bundle is written as peers read it") {
  World world;
  const SigningFormat::Signed made = world.Sign();
  const std::string text(AsText(made.envelope.bytes()));
  CHECK(text.starts_with(R"({"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",)"
                         R"("verificationMaterial":{"publicKey":{"hint":")"));
  CHECK(text.find(R"("payloadType":"application/vnd.in-toto+json","signatures":[{"sig":")") !=
        std::string::npos);
  const auto bundle = Must(bundle::ParseBundle(made.envelope.bytes()));
  CHECK(bundle.HintedKey() == testing::TrustedPrivateKey().public_key().fingerprint());
  CHECK(std::string(AsText(bundle.payload)) ==
        testing::ForSubject(
            R"({"_type":"https://in-toto.io/Statement/v1","predicate":{"hallmark":{)"
            R"("expires":"2026-06-01T13:00:00Z","repository":"registry.example/app",)"
            R"("signedAt":"2026-06-01T12:00:00Z","tag":"1.4","version":1}},)"
            R"("predicateType":"https://sigstore.dev/cosign/sign/v1",)"
            R"("subject":[{"annotations":{"env":"prod"},"digest":{"sha256":"DIGEST"}}]})",
            world.subject));
}

TEST_CASE("a claim about another image is not signed") {
  World world;
  Claim claim = testing::ClaimFor(world.subject);
  claim.subject = DigestOf("another");
  const auto signer = testing::MakeTestSigner(testing::TrustedPrivateKey());
  CHECK(world.format.Sign(world.subject, claim, *signer, kNow).error().code() ==
        ErrorCode::kInternal);
  claim = testing::ClaimFor(world.subject);
  claim.annotations["bad"] = "\xff";
  CHECK(world.format.Sign(world.subject, claim, *signer, kNow).error().code() ==
        ErrorCode::kConfig);
}

TEST_CASE("a key that signs wrongly is noticed before anything is stored") {
  class Broken final : public crypto::Signer {
   public:
    crypto::Scheme scheme() const override { return crypto::Scheme::kEcdsaP256Sha256; }
    const crypto::PublicKey& public_key() const override {
      return testing::TrustedPrivateKey().public_key();
    }
    Result<Bytes> Sign(ByteView message) override {
      return testing::StrangersPrivateKey().Sign(scheme(), message);
    }
  };
  World world;
  Broken signer;
  const auto made =
      world.format.Sign(world.subject, testing::ClaimFor(world.subject), signer, kNow);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code() == ErrorCode::kUnavailable);
}

TEST_CASE("a failing push says what it could not store") {
  World world;
  const SigningFormat::Signed made = world.Sign();
  const auto call = GENERATE(MemoryStore::Call::kPushBlob, MemoryStore::Call::kPushManifest);
  world.store.FailOn(call, Error(ErrorCode::kStorage, "disk full"));
  const auto pushed = world.format.Push(world.context, world.store, world.repository, made);
  REQUIRE_FALSE(pushed.ok());
  CHECK(pushed.error().code() == ErrorCode::kStorage);
  CHECK(pushed.error().message().find("store the ") == 0);
  CHECK(world.Find().candidates.empty());
}

TEST_CASE("nothing attached and nothing learnt are told apart") {
  World world;
  CHECK(world.Find().candidates.empty());
  CHECK(world.Find().gaps.empty());
  world.store.AddGap(Error(ErrorCode::kThrottled, "later"));
  world.SignAndPush();
  const Found found = world.Find();
  CHECK(found.candidates.size() == 1);
  REQUIRE(found.gaps.size() == 1);
  CHECK(found.gaps[0].code() == ErrorCode::kThrottled);
}

TEST_CASE("likely candidates come first, none is hidden by its annotations") {
  World world;
  const auto add = [&world](std::string_view name, std::string type, std::string predicate,
                            std::string created = {}) {
    oci::Descriptor entry = world.Entry(DigestOf(name), std::move(type), std::move(predicate));
    if (!created.empty()) entry.annotations["org.opencontainers.image.created"] = created;
    world.store.AddToListing(world.repository, world.subject.digest(), entry);
  };
  const std::string type(kType);
  const std::string wanted(kSignPredicate);
  add("other", type, "https://slsa.dev/provenance/v1");
  add("silent", "", "");
  add("older", type, wanted, "2026-01-01T00:00:00Z");
  add("newer", type, wanted, "2026-02-01T00:00:00Z");
  add("sbom", "application/spdx+json", wanted);
  const Found found = world.Find();
  REQUIRE(found.candidates.size() == 4);
  CHECK(found.candidates[0].artifact.digest == DigestOf("newer"));
  CHECK(found.candidates[1].artifact.digest == DigestOf("older"));
  CHECK(found.candidates[2].artifact.digest == DigestOf("silent"));
  CHECK(found.candidates[3].artifact.digest == DigestOf("other"));
  const Found attestation = world.Find("https://slsa.dev/provenance/v1");
  CHECK(attestation.candidates[0].artifact.digest == DigestOf("other"));
}

TEST_CASE("a referrer listed for this image but about another is of no use (A07)") {
  World world;
  testing::MemoryStore& store = world.store;
  const testing::Image other = testing::MakeImage("two");
  testing::Put(store, world.repository, other);
  const auto theirs = Must(store::Resolve(
      world.context, store, oci::Reference::Of(world.repository, std::nullopt, other.digest())));
  const auto signer = testing::MakeTestSigner(testing::TrustedPrivateKey());
  const auto made = Must(world.format.Sign(theirs, testing::ClaimFor(theirs), *signer, kNow));
  Must(world.format.Push(world.context, store, world.repository, made));
  store.AddToListing(world.repository, world.subject.digest(), made.artifact.descriptor());
  const Found found = world.Find();
  REQUIRE(found.candidates.size() == 1);
  CHECK(ReasonOf(world.Load(found.candidates[0])) == "wrong-digest");
}

TEST_CASE("bytes that are not the listed ones are evidence of something wrong") {
  World world;
  const SigningFormat::Signed made = world.SignAndPush();
  const Found found = world.Find();
  REQUIRE(found.candidates.size() == 1);
  SECTION("the carrier") { world.store.ReplaceBytes(made.artifact.digest(), ToBytes("{}")); }
  SECTION("the bundle") {
    Bytes bytes(made.envelope.bytes().begin(), made.envelope.bytes().end());
    bytes[40] ^= 1;
    world.store.ReplaceBytes(made.envelope.digest(), bytes);
  }
  CHECK(ReasonOf(world.Load(found.candidates[0])) == "wrong-digest");
}

TEST_CASE("what could not be read is an error, not evidence") {
  World world;
  const SigningFormat::Signed made = world.SignAndPush();
  const Found found = world.Find();
  const ErrorCode code = GENERATE(ErrorCode::kTimeout, ErrorCode::kDenied, ErrorCode::kThrottled,
                                  ErrorCode::kUnavailable, ErrorCode::kProtocol,
                                  ErrorCode::kNotFound, ErrorCode::kStorage);
  const bool carrier = GENERATE(true, false);
  world.store.FailOn(carrier ? made.artifact.digest() : made.envelope.digest(), Error(code, "no"));
  const Loaded loaded = world.Load(found.candidates[0]);
  REQUIRE(std::holds_alternative<Error>(loaded));
  CHECK(std::get<Error>(loaded).code() == code);
  CHECK(std::get<Error>(loaded).message().find("read ") == 0);
}

TEST_CASE("what is too large or not understood is bad evidence (A79)") {
  World world;
  const SigningFormat::Signed made = world.SignAndPush();
  Found found = world.Find();
  SECTION("a manifest said to be huge is not asked for") {
    found.candidates[0].artifact.size = 4 * 1024 * 1024 + 1;
    const std::size_t before = world.store.calls();
    CHECK(ReasonOf(world.Load(found.candidates[0])) == "limit");
    CHECK(world.store.calls() == before);
  }
  SECTION("a bundle said to be larger than a signature is not asked for, unless one is wanted") {
    oci::Descriptor layer{std::string(kType), made.envelope.digest(), (4U << 20) + 1, {}, {}, {}};
    const oci::Content carrier = bundle::WriteCarrier(
        layer, world.pinned.image.manifest.descriptor(), {kSignPredicate, ""}, kNow);
    Must(world.store.PushManifest(world.context, world.repository, carrier));
    const auto load = [&](std::string_view predicate) {
      for (const Candidate& candidate : world.Find(predicate).candidates) {
        if (candidate.artifact.digest != carrier.digest()) continue;
        const std::size_t before = world.store.calls();
        const std::string reason = ReasonOf(world.Load(candidate));
        return reason + " after " + std::to_string(world.store.calls() - before);
      }
      return std::string("not found");
    };
    CHECK(load(kSignPredicate) == "limit after 1");
    CHECK(load("https://spdx.dev/Document") == "wrong-digest after 2");
  }
  SECTION("a body over its limit") {
    world.store.FailOn(made.envelope.digest(), Error(ErrorCode::kLimit, "too long"));
    CHECK(ReasonOf(world.Load(found.candidates[0])) == "limit");
  }
}

TEST_CASE("an artifact of another kind is neither evidence nor a gap (A80)") {
  World world;
  const auto sbom = testing::MakeReferrer(world.pinned.image.manifest.descriptor(),
                                          "application/spdx+json", "sbom");
  testing::Put(world.store, world.repository, sbom);
  oci::Descriptor entry = sbom.manifest.descriptor();
  entry.artifact_type = "application/vnd.oci.empty.v1+json";
  const Loaded loaded = world.Load(Candidate{entry});
  REQUIRE(std::holds_alternative<Unrelated>(loaded));
  CHECK(std::get<Unrelated>(loaded).artifact_type == "application/spdx+json");
}

TEST_CASE("one signature costs one listing and two reads") {
  World world;
  world.SignAndPush();
  const std::size_t before = world.store.calls();
  const Found found = world.Find();
  (void)world.Load(found.candidates[0]);
  CHECK(world.store.calls() - before == 3);
}

}  // namespace hallmark::signature
