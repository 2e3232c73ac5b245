#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/base64.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

// What Assess makes of bundles: every refusal beside a twin that is accepted.
namespace hallmark::signature {
namespace {

using bundle::UnverifiedBundle;
using bundle::WriteBundle;
using crypto::PrivateKey;
using crypto::Scheme;
using testing::AssessPayload;
using testing::AssessText;
using testing::kInToto;
using testing::kNow;
using testing::Replaced;
using testing::SignPayload;
using testing::StrangersPrivateKey;
using testing::TrustedPrivateKey;
using testing::WordOf;

constexpr std::chrono::hours kHour{1};
constexpr std::string_view kStatement =
    R"({"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"DIGEST"},)"
    R"("annotations":{"env":"prod"}}],)"
    R"("predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}})";

struct World {
  testing::MemoryStore store;
  testing::Pinned pinned = testing::PinImage(store);
  const store::Subject& subject = pinned.subject;
  std::string payload = testing::ForSubject(kStatement, subject);
};

Assessment AssessWith(const UnverifiedBundle& bundle, const store::Subject& subject,
                      std::vector<trust::TrustedKey> keys, UnixTime now = kNow) {
  return BundleFormat().Assess(testing::SignatureOf(WriteBundle(bundle)), subject,
                               testing::TrustOf(std::move(keys)), now);
}

trust::TrustedKey Entry(const PrivateKey& key, std::string set = "ci") {
  return {std::move(set), "ci.pub", key.public_key(), {}, {}};
}

bool HasFinding(const Assessment& assessment, Check check, Outcome outcome) {
  for (const Finding& finding : assessment.findings) {
    if (finding.check == check && finding.outcome == outcome) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a signature by a trusted key over the image is verified") {
  const World world;
  const Assessment assessment = AssessPayload(world.payload, world.subject);
  REQUIRE(assessment.verified);
  CHECK(assessment.Failure() == nullptr);
  CHECK(assessment.verified->signer().key_sets == std::vector<std::string>{"ci"});
  CHECK(assessment.verified->signer().name == "ci.pub");
  CHECK(assessment.verified->signer().key_id == TrustedPrivateKey().public_key().id());
  CHECK(assessment.verified->signer().fingerprint ==
        TrustedPrivateKey().public_key().fingerprint());
  CHECK(assessment.verified->claim().subject == world.subject.digest());
  CHECK(assessment.verified->claim().annotations.at("env") == "prod");
  CHECK(HasFinding(assessment, Check::kIntegrity, Outcome::kPassed));
  CHECK(HasFinding(assessment, Check::kExpiry, Outcome::kNotApplicable));
}

TEST_CASE("a signature by a stranger is untrusted, a trusted hint makes it bad") {
  const World world;
  UnverifiedBundle bundle = SignPayload(world.payload, kInToto, StrangersPrivateKey());
  CHECK(WordOf(AssessText(WriteBundle(bundle), world.subject)) == "untrusted-signer");
  bundle.key_hint = encoding::ToBase64(TrustedPrivateKey().public_key().fingerprint());
  CHECK(WordOf(AssessText(WriteBundle(bundle), world.subject)) == "bad-signature");
}

TEST_CASE("the hint is no proof and no obstacle") {
  const World world;
  UnverifiedBundle bundle = SignPayload(world.payload);
  bundle.key_hint = GENERATE(as<std::string>{}, "", "somebody", "\n", "AAAA");
  CHECK(AssessText(WriteBundle(bundle), world.subject).verified);
  bundle.key_hint = encoding::ToBase64(StrangersPrivateKey().public_key().fingerprint());
  CHECK(AssessText(WriteBundle(bundle), world.subject).verified);
}

TEST_CASE("a foreign hint is escaped and cut where people read it") {
  const World world;
  UnverifiedBundle bundle = SignPayload(world.payload, kInToto, StrangersPrivateKey());
  bundle.key_hint = "\x1b[31m" + std::string(500, 'a');
  const Assessment assessment = AssessText(WriteBundle(bundle), world.subject);
  CHECK(assessment.unverified_signer_hint.find('\x1b') == std::string::npos);
  CHECK(assessment.unverified_signer_hint.size() < 100);
  CHECK(assessment.Failure()->detail.find('\x1b') == std::string::npos);
}

TEST_CASE("a bundle that brings a key or names where one lies is refused or ignored (A25)") {
  const World world;
  const std::string by_stranger =
      WriteBundle(SignPayload(world.payload, kInToto, StrangersPrivateKey()));
  CHECK(WordOf(AssessText(
            Replaced(by_stranger, "\"publicKey\":{", "\"publicKey\":{\"rawBytes\":\"AA==\","),
            world.subject)) == "malformed");
  CHECK(WordOf(AssessText(
            Replaced(by_stranger, "\"sig\":", "\"keyid\":\"https://evil.example/key\",\"sig\":"),
            world.subject)) == "untrusted-signer");
  const std::string good = WriteBundle(SignPayload(world.payload));
  CHECK(AssessText(Replaced(good, "\"sig\":", "\"keyid\":\"anything\",\"sig\":"), world.subject)
            .verified);
}

TEST_CASE("the payload type is part of what is signed (A11)") {
  const World world;
  UnverifiedBundle bundle = SignPayload(world.payload, "text/plain");
  bundle.payload_type = kInToto;
  CHECK(WordOf(AssessText(WriteBundle(bundle), world.subject)) == "bad-signature");
  // Well signed as what it is, it is still no statement (A04).
  CHECK(WordOf(AssessPayload(world.payload, world.subject, "text/plain")) == "malformed");
  CHECK(WordOf(AssessPayload(world.payload, world.subject, kInToto)) == "verified");
}

TEST_CASE("the payload counts byte by byte") {
  const World world;
  UnverifiedBundle bundle = SignPayload(world.payload);
  bundle.payload.push_back(' ');
  CHECK(WordOf(AssessText(WriteBundle(bundle), world.subject)) == "bad-signature");
}

TEST_CASE("well signed payloads that say nothing are malformed (A04)") {
  const World world;
  const std::string payload =
      GENERATE(as<std::string>{}, "hello", "[]", "null", R"({"_type":"x"})",
               R"({"_type":"https://in-toto.io/Statement/v1","predicateType":"x"})",
               R"({"_type":"https://in-toto.io/Statement/v1","predicateType":"x","subject":[]})");
  CHECK(WordOf(AssessPayload(payload, world.subject)) == "malformed");
}

TEST_CASE("a well signed statement with a repeated member is malformed (A14)") {
  const World world;
  const std::string wrong = R"("subject":[{"digest":{"sha256":"00"}}],)";
  CHECK(WordOf(AssessPayload(Replaced(world.payload, "\"subject\"", wrong + "\"subject\""),
                             world.subject)) == "malformed");
}

TEST_CASE("a good signature for another image has the wrong digest") {
  const World world;
  testing::MemoryStore other_store;
  const testing::Pinned other = testing::PinImage(other_store, "two");
  CHECK(WordOf(AssessPayload(world.payload, other.subject)) == "wrong-digest");
  CHECK(WordOf(AssessPayload(world.payload, world.subject)) == "verified");
}

TEST_CASE("a key outside its validity verifies nothing, both ends are inclusive (A46, A47)") {
  const World world;
  const UnverifiedBundle bundle = SignPayload(world.payload);
  const auto word = [&](trust::Validity validity) {
    trust::TrustedKey entry = Entry(TrustedPrivateKey());
    entry.validity = validity;
    return WordOf(AssessWith(bundle, world.subject, {entry}));
  };
  const std::chrono::seconds one{1};
  CHECK(word({kNow, kNow}) == "verified");
  CHECK(word({{}, kNow}) == "verified");
  CHECK(word({kNow, {}}) == "verified");
  CHECK(word({{}, kNow - one}) == "expired");
  CHECK(word({kNow + one, {}}) == "not-yet-current");
}

TEST_CASE("a key counts for the sets in which it is current") {
  const World world;
  trust::TrustedKey old_entry = Entry(TrustedPrivateKey(), "old");
  old_entry.validity.until = kNow - kHour;
  const UnverifiedBundle bundle = SignPayload(world.payload);
  const Assessment assessment =
      AssessWith(bundle, world.subject,
                 {old_entry, Entry(TrustedPrivateKey(), "ci"), Entry(TrustedPrivateKey(), "prod")});
  REQUIRE(assessment.verified);
  CHECK(assessment.verified->signer().key_sets == std::vector<std::string>{"ci", "prod"});
  CHECK(WordOf(AssessWith(bundle, world.subject, {old_entry})) == "expired");
}

TEST_CASE("an expired signature is a finding beside the proof") {
  const World world;
  Claim claim = testing::ClaimFor(world.subject);
  const auto signer = testing::MakeTestSigner(TrustedPrivateKey());
  const auto made = testing::Must(BundleFormat().Sign(world.subject, claim, *signer, kNow));
  const Signature signature{FormatId::kSigstoreBundle, made.envelope, made.artifact.descriptor()};
  const auto at = [&](UnixTime now) {
    return BundleFormat().Assess(signature, world.subject, testing::TrustCi(), now);
  };
  CHECK(at(*claim.expires).Failure() == nullptr);
  const Assessment late = at(*claim.expires + std::chrono::seconds{1});
  CHECK(late.verified);
  REQUIRE(late.Failure() != nullptr);
  CHECK(late.Failure()->reason == "expired");
  CHECK(late.Failure()->check == Check::kExpiry);
}

TEST_CASE("timestamps and log entries are reported as not looked at (A45)") {
  const World world;
  const std::string good = WriteBundle(SignPayload(world.payload));
  const Assessment assessment = AssessText(
      Replaced(good, "\"publicKey\"",
               R"("tlogEntries":[{}],"timestampVerificationData":{"rfc3161Timestamps":[{}]},)"
               R"("publicKey")"),
      world.subject);
  CHECK(assessment.verified);
  CHECK(HasFinding(assessment, Check::kTimestamp, Outcome::kNotApplicable));
  CHECK(HasFinding(assessment, Check::kTransparency, Outcome::kNotApplicable));
}

TEST_CASE("both habits of hashing are read for a P-384 key, and a scheme narrows them") {
  const World world;
  static const PrivateKey key = testing::MakeKey(PrivateKey::Kind::kEcdsaP384);
  const Scheme scheme = GENERATE(Scheme::kEcdsaP384Sha256, Scheme::kEcdsaP384Sha384);
  const UnverifiedBundle bundle = SignPayload(world.payload, kInToto, key, scheme);
  CHECK(WordOf(AssessWith(bundle, world.subject, {Entry(key)})) == "verified");
  trust::TrustedKey narrow = Entry(key);
  narrow.schemes = {Scheme::kEcdsaP384Sha384};
  const std::string expected = scheme == Scheme::kEcdsaP384Sha384 ? "verified" : "algorithm";
  CHECK(WordOf(AssessWith(bundle, world.subject, {narrow})) == expected);
  // A set that does not allow the scheme is not satisfied by one that does.
  narrow.key_set = "narrow";
  const Assessment both = AssessWith(bundle, world.subject, {narrow, Entry(key, "wide")});
  REQUIRE(both.verified);
  CHECK(both.verified->signer().key_sets.size() == (expected == "verified" ? 2 : 1));
}

TEST_CASE("a hash that the trust root does not name is never tried") {
  const World world;
  const UnverifiedBundle bundle =
      SignPayload(world.payload, kInToto, TrustedPrivateKey(), Scheme::kEcdsaP256Sha512);
  CHECK(WordOf(AssessWith(bundle, world.subject, {Entry(TrustedPrivateKey())})) == "bad-signature");
  trust::TrustedKey entry = Entry(TrustedPrivateKey());
  entry.schemes = {Scheme::kEcdsaP256Sha512};
  CHECK(WordOf(AssessWith(bundle, world.subject, {entry})) == "verified");
}

TEST_CASE("an Ed25519 key signs and verifies") {
  const World world;
  const PrivateKey key = testing::MakeKey(PrivateKey::Kind::kEd25519);
  const UnverifiedBundle bundle = SignPayload(world.payload, kInToto, key, Scheme::kEd25519);
  CHECK(WordOf(AssessWith(bundle, world.subject, {Entry(key)})) == "verified");
  CHECK(WordOf(AssessWith(bundle, world.subject, {Entry(TrustedPrivateKey())})) ==
        "untrusted-signer");
}

TEST_CASE("signatures that are not strict DER are bad, never a second signature (A19, A29)") {
  const World world;
  UnverifiedBundle bundle = SignPayload(world.payload);
  const Bytes good = bundle.signature;
  SECTION("a trailing byte") { bundle.signature.push_back(0); }
  SECTION("a length in long form") {
    bundle.signature[1] = 0x81;
    bundle.signature.insert(bundle.signature.begin() + 2, good[1]);
  }
  SECTION("cut off") { bundle.signature.pop_back(); }
  CHECK(WordOf(AssessText(WriteBundle(bundle), world.subject)) == "bad-signature");
}

TEST_CASE("the scheme to sign with is the one that peers verify") {
  CHECK(BundleScheme(TrustedPrivateKey().public_key()) == Scheme::kEcdsaP256Sha256);
  CHECK(BundleScheme(testing::MakeKey(PrivateKey::Kind::kEcdsaP384).public_key()) ==
        Scheme::kEcdsaP384Sha256);
  CHECK(BundleScheme(testing::MakeKey(PrivateKey::Kind::kEd25519).public_key()) ==
        Scheme::kEd25519);
}

}  // namespace hallmark::signature
