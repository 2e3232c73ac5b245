#include "hallmark/signature/notation/internal/sign_envelope.h"

#include "hallmark/signature/notation/internal/algorithms.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature::notation {
namespace {

using testing::kNow;
using testing::MakeStatement;
using testing::MakeTestSigner;
using testing::Must;
using testing::SignersKey;

std::unique_ptr<crypto::Signer> SignerOf(const crypto::PrivateKey& key) {
  return MakeTestSigner(key, AlgorithmOf(key.public_key())->scheme);
}

ErrorCode CodeOf(const Statement& statement, crypto::Signer& signer) {
  const auto jws = SignEnvelope(EnvelopeType::kJws, statement, signer);
  const auto cose = SignEnvelope(EnvelopeType::kCose, statement, signer);
  REQUIRE_FALSE(jws.ok());
  REQUIRE_FALSE(cose.ok());
  CHECK(jws.error().code() == cose.error().code());
  return jws.error().code();
}

// Signs another message than it is given.
class BrokenSigner final : public crypto::Signer {
 public:
  crypto::Scheme scheme() const override { return inner_->scheme(); }
  const crypto::PublicKey& public_key() const override { return inner_->public_key(); }
  Result<Bytes> Sign(ByteView) override { return inner_->Sign(AsBytes("other")); }

 private:
  std::unique_ptr<crypto::Signer> inner_ = SignerOf(SignersKey());
};

}  // namespace

TEST_CASE("what is signed reads back the same, by every kind of key") {
  const EnvelopeType type = GENERATE(EnvelopeType::kJws, EnvelopeType::kCose);
  static const auto kRsa = testing::MakeKey(crypto::PrivateKey::Kind::kRsa3072);
  for (const crypto::PrivateKey* key :
       {&SignersKey(), &testing::P384Key(), &testing::P521Key(), &kRsa}) {
    Statement statement = MakeStatement();
    statement.expiry = kNow + std::chrono::hours(1);
    const auto signer = SignerOf(*key);
    Envelope made = Must(SignEnvelope(type, statement, *signer));
    made.timestamp = Bytes{1, 2, 3};
    const Bytes bytes = WriteEnvelope(made);
    const Envelope read = Must(ParseEnvelope(type, bytes));
    CHECK(read.certificates == statement.certificates);
    CHECK(read.signing_agent == statement.signing_agent);
    CHECK(read.timestamp == made.timestamp);
    const Opened opened = testing::Open(type, bytes, key->public_key());
    CHECK(opened.claim.target.digest == statement.target.digest);
    CHECK(opened.claim.target.size == statement.target.size);
    CHECK(opened.claim.target.media_type == statement.target.media_type);
    CHECK(opened.claim.target.annotations == statement.target.annotations);
    CHECK(opened.claim.attributes.signing_time == kNow);
    CHECK(opened.claim.attributes.expiry == statement.expiry);
    CHECK(opened.claim.attributes.algorithm == AlgorithmOf(key->public_key())->name);
  }
}

TEST_CASE("a signing authority's envelopes are written, and without an agent") {
  const EnvelopeType type = GENERATE(EnvelopeType::kJws, EnvelopeType::kCose);
  Statement statement = MakeStatement();
  statement.scheme = SigningScheme::kSigningAuthority;
  statement.signing_agent.clear();
  const auto signer = SignerOf(SignersKey());
  const Envelope made = Must(SignEnvelope(type, statement, *signer));
  CHECK_FALSE(made.signing_agent);
  const Opened opened = testing::Open(type, WriteEnvelope(made));
  CHECK(opened.claim.attributes.scheme == SigningScheme::kSigningAuthority);
  CHECK(opened.claim.attributes.authentic_signing_time == kNow);
  CHECK_FALSE(opened.claim.attributes.signing_time);
}

TEST_CASE("the payload is written as notation writes it") {
  const auto signer = SignerOf(SignersKey());
  CHECK(AsText(Must(WritePayload(MakeStatement().target))) ==
        R"({"targetArtifact":{"annotations":{"env":"prod","io.hallmark.n":"1"},"digest":")" +
            MakeStatement().target.digest.ToString() +
            R"(","mediaType":"application/vnd.oci.image.manifest.v1+json","size":401}})");
  oci::Descriptor plain = MakeStatement().target;
  plain.annotations.clear();
  CHECK(AsText(Must(WritePayload(plain))).starts_with(R"({"targetArtifact":{"digest":)"));
}

TEST_CASE("what cannot be said is not signed") {
  const auto signer = SignerOf(SignersKey());
  const auto with = [&](auto change) {
    Statement statement = MakeStatement();
    change(statement);
    return CodeOf(statement, *signer);
  };
  CHECK(with([](Statement& s) { s.expiry = kNow; }) == ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.certificates.clear(); }) == ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.certificates.resize(17, {0x30}); }) == ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.signing_time = UnixTime(std::chrono::seconds(-1)); }) ==
        ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.expiry = UnixTime(std::chrono::seconds(253'402'300'800)); }) ==
        ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.signing_agent = "\xff"; }) == ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.target.annotations[""] = "x"; }) == ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.target.annotations["a"] = "\xff"; }) == ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.target.annotations["a"] = std::string("a\0b", 3); }) ==
        ErrorCode::kConfig);
  CHECK(with([](Statement& s) { s.target.annotations["io.cncf.notary.x"] = "x"; }) ==
        ErrorCode::kConfig);
}

TEST_CASE("keys outside of the table sign nothing, and the others by their scheme alone") {
  const auto ed25519 = MakeTestSigner(crypto::PrivateKey::Kind::kEd25519);
  CHECK(CodeOf(MakeStatement(), *ed25519) == ErrorCode::kConfig);
  // Opened for bundles, which want SHA-256: the same session signs by SHA-384 here.
  const auto other_hash = MakeTestSigner(testing::P384Key(), crypto::Scheme::kEcdsaP384Sha256);
  const auto made = Must(SignEnvelope(EnvelopeType::kJws, MakeStatement(), *other_hash));
  CHECK(made.unverified_attributes.algorithm == "ES384");
  CHECK(std::holds_alternative<Opened>(OpenEnvelope(made, other_hash->public_key())));
}

TEST_CASE("a key that signs wrongly is noticed before an envelope is handed out") {
  BrokenSigner broken;
  CHECK(CodeOf(MakeStatement(), broken) == ErrorCode::kUnavailable);
}

TEST_CASE("no change to what is signed opens") {
  const EnvelopeType type = GENERATE(EnvelopeType::kJws, EnvelopeType::kCose);
  Statement statement = MakeStatement();
  statement.expiry = kNow + std::chrono::hours(1);
  const auto signer = SignerOf(SignersKey());
  Envelope made = Must(SignEnvelope(type, statement, *signer));
  made.timestamp = Bytes{1, 2, 3};
  CHECK(testing::Sweep(type, WriteEnvelope(made), SignersKey().public_key()) ==
        std::vector<std::string>{});
}

TEST_CASE("no prefix of an envelope opens") {
  const EnvelopeType type = GENERATE(EnvelopeType::kJws, EnvelopeType::kCose);
  const auto signer = SignerOf(SignersKey());
  const Bytes good = WriteEnvelope(Must(SignEnvelope(type, MakeStatement(), *signer)));
  for (std::size_t size = 0; size < good.size(); ++size) {
    if (testing::WordOf(type, ByteView(good).first(size)) == "opened") FAIL(size << " bytes");
  }
}

}  // namespace hallmark::signature::notation
