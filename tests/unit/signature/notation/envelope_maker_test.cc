// Envelopes that somebody else makes: what was ordered is stored, and nothing else.
#include "hallmark/signature/notation/envelope_maker.h"

#include <functional>
#include <string>

#include "hallmark/signature/notation/internal/cose.h"
#include "hallmark/signature/notation/internal/jws.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/notation_signing_format.h"
#include "tests/support/catch.h"
#include "tests/support/x509_authority.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature {
namespace {

using notation::Envelope;
using notation::EnvelopeType;
using std::chrono::hours;
using std::chrono::seconds;
using testing::Identity;
using testing::Must;

constexpr UnixTime kDay = testing::kTestTime;

// A maker that keeps to its order, but for one change.
struct Maker {
  Identity root = testing::SelfSigned(testing::RootSpec());
  Identity leaf = testing::Issue(testing::SignerSpec(), root);
  testing::TestKey key = leaf.key;
  std::function<void(std::string& payload)> change_payload = [](std::string&) {};
  std::function<void(Envelope&)> change_signed = [](Envelope&) {};
  std::function<void(Envelope&)> change = [](Envelope&) {};
  std::function<void(Bytes&)> change_bytes = [](Bytes&) {};
  std::optional<EnvelopeOrder> asked = {};

  Result<MadeEnvelope> Make(const EnvelopeOrder& order) {
    asked = order;
    const bool is_jws = order.envelope_type == "application/jose+json";
    Envelope made{is_jws ? EnvelopeType::kJws : EnvelopeType::kCose,
                  {"ES256", notation::SigningScheme::kX509, kDay, {}, {}, {}},
                  {},
                  {},
                  {leaf.der, root.der},
                  {},
                  {}};
    if (order.expires_in) made.unverified_attributes.expiry = kDay + *order.expires_in;
    change_signed(made);
    std::string payload(AsText(order.payload));
    change_payload(payload);
    const auto& attributes = made.unverified_attributes;
    made.signed_bytes = is_jws ? notation::JoinJwsSignedBytes(attributes, AsBytes(payload))
                               : notation::JoinCoseSignedBytes(attributes, AsBytes(payload));
    made.signature = testing::RawSignature(key.private_key(), made.signed_bytes);
    change(made);
    Bytes bytes = notation::WriteEnvelope(made);
    change_bytes(bytes);
    return MadeEnvelope{std::move(bytes),
                        {{"com.example.job", "17"}, {"org.opencontainers.image.created", "never"}}};
  }
  EnvelopeMaker maker() {
    return [this](const EnvelopeOrder& order) { return Make(order); };
  }
};

store::Subject TheSubject() {
  testing::MemoryStore store;
  testing::Put(store, testing::Repo("registry.example/app"), testing::MakeImage("app"), "1");
  return Must(
      store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:1")));
}

Claim TheClaim() {
  Claim claim{TheSubject().digest(), std::string(kSignPredicate), {{"env", "prod"}}, {}, {}, kDay,
              kDay + hours(24)};
  return claim;
}

Result<SigningFormat::Signed> SignBy(Maker& maker, FormatId kind = FormatId::kNotationJws) {
  const NotationSigner who{
      {maker.leaf.certificate(), maker.root.certificate()}, "not said", {}, maker.maker()};
  const auto format = Must(NotationSigningFormat::Of(kind, who, kDay));
  const auto signer =
      crypto::MakeSigner(maker.leaf.key.private_key(), crypto::Scheme::kEcdsaP256Sha256);
  return format.Sign(TheSubject(), TheClaim(), *signer, kDay);
}

TEST_CASE("an envelope that somebody else made to order is stored as it was made") {
  for (const FormatId kind : {FormatId::kNotationJws, FormatId::kNotationCose}) {
    Maker maker;
    const auto made = Must(SignBy(maker, kind));
    REQUIRE(maker.asked);
    CHECK(maker.asked->payload_type == "application/vnd.cncf.notary.payload.v1+json");
    CHECK(maker.asked->expires_in == hours(24) + seconds(1));
    CHECK(AsText(maker.asked->payload).find(R"("annotations":{"env":"prod"})") !=
          std::string_view::npos);
    CHECK(made.envelope.descriptor().media_type == maker.asked->envelope_type);
    const std::string manifest(AsText(made.artifact.bytes()));
    CHECK(manifest.find(R"("com.example.job":"17")") != std::string::npos);
    CHECK(manifest.find("never") == std::string::npos);

    trust::TrustedAuthority authority;
    authority.signer_set = "ci";
    authority.signing = {maker.root.certificate()};
    authority.any_subject = true;
    const auto root = Must(trust::TrustRoot::Of({}, {authority}));
    const Assessment assessment = NotationFormat({kind}).Assess(
        {kind, made.envelope, made.artifact.descriptor()}, TheSubject(), root, kDay);
    REQUIRE(assessment.verified);
    CHECK(assessment.verified->claim().annotations == TheClaim().annotations);
    CHECK(assessment.verified->claim().expires == TheClaim().expires);
  }
}

TEST_CASE("a maker may add annotations, and attributes that its plugin understands") {
  Maker maker;
  maker.change_payload = [](std::string& payload) {
    payload.replace(payload.find(R"("env")"), 0, R"("added":"1",)");
  };
  maker.change_signed = [](Envelope& made) {
    made.unverified_attributes.extended = {{"io.cncf.notary.verificationPlugin", true, "fake"},
                                           {"io.example.job", true, "17"}};
  };
  CHECK(SignBy(maker).ok());
  CHECK(SignBy(maker, FormatId::kNotationCose).ok());
}

TEST_CASE("an envelope that is not what was ordered is not stored") {
  using Change = std::function<void(Maker&)>;
  const std::pair<const char*, Change> cases[] = {
      {"another image",
       [](Maker& maker) {
         maker.change_payload = [](std::string& payload) {
           char& digit = payload[payload.find("sha256:") + 9];
           digit = digit == '0' ? '1' : '0';
         };
       }},
      {"another size",
       [](Maker& maker) {
         maker.change_payload = [](std::string& payload) {
           payload.replace(payload.find("\"size\":"), 7, "\"size\":1");
         };
       }},
      {"another annotation",
       [](Maker& maker) {
         maker.change_payload = [](std::string& payload) {
           payload.replace(payload.find("prod"), 4, "test");
         };
       }},
      {"no annotation",
       [](Maker& maker) {
         maker.change_payload = [](std::string& payload) {
           payload.replace(payload.find("env"), 3, "enw");
         };
       }},
      {"no expiry",
       [](Maker& maker) {
         maker.change_signed = [](Envelope& made) { made.unverified_attributes.expiry.reset(); };
       }},
      {"a later expiry",
       [](Maker& maker) {
         maker.change_signed = [](Envelope& made) {
           *made.unverified_attributes.expiry += seconds(302);
         };
       }},
      {"an earlier expiry",
       [](Maker& maker) {
         maker.change_signed = [](Envelope& made) {
           *made.unverified_attributes.expiry -= seconds(302);
         };
       }},
      {"the future",
       [](Maker& maker) {
         maker.change_signed = [](Envelope& made) {
           made.unverified_attributes.signing_time = kDay + seconds(301);
         };
       }},
      {"another algorithm",
       [](Maker& maker) {
         maker.change_signed = [](Envelope& made) {
           made.unverified_attributes.algorithm = "ES384";
         };
       }},
      {"another key", [](Maker& maker) { maker.key = testing::TestKey::Make("P-256"); }},
      {"another certificate of another key",
       [](Maker& maker) {
         const Identity other = testing::SelfSigned(testing::RootSpec());
         maker.key = testing::TestKey::Make("P-256");
         maker.change = [other](Envelope& made) { made.certificates = {other.der}; };
       }},
      {"no root",
       [](Maker& maker) { maker.change = [](Envelope& made) { made.certificates.pop_back(); }; }},
      {"no certificate that is one",
       [](Maker& maker) {
         maker.change = [](Envelope& made) { made.certificates[0] = {0x30, 0x00}; };
       }},
      {"no signature",
       [](Maker& maker) { maker.change = [](Envelope& made) { made.signature[7] ^= 1; }; }},
      {"a timestamp that is none",
       [](Maker& maker) { maker.change = [](Envelope& made) {
                            made.timestamp = Bytes{1, 2};
                          }; }},
      {"half of it",
       [](Maker& maker) {
         maker.change_bytes = [](Bytes& bytes) { bytes.resize(bytes.size() / 2); };
       }},
      {"nothing", [](Maker& maker) { maker.change_bytes = [](Bytes& bytes) { bytes.clear(); }; }},
  };
  for (const auto& [what, change] : cases) {
    for (const FormatId kind : {FormatId::kNotationJws, FormatId::kNotationCose}) {
      INFO(what << " as " << ToName(kind));
      Maker maker;
      change(maker);
      const auto made = SignBy(maker, kind);
      REQUIRE_FALSE(made.ok());
      CHECK(made.error().code() == ErrorCode::kProtocol);
    }
  }
}

TEST_CASE("a maker that signs by another key than before is found out") {
  Maker maker;
  const NotationSigner who{
      {maker.leaf.certificate(), maker.root.certificate()}, "", {}, maker.maker()};
  const auto format = Must(NotationSigningFormat::Of(FormatId::kNotationJws, who, kDay));
  const auto signer =
      crypto::MakeSigner(maker.leaf.key.private_key(), crypto::Scheme::kEcdsaP256Sha256);
  maker.leaf =
      testing::Issue(testing::SignerSpec("other"), maker.root, testing::TestKey::Make("P-256"));
  maker.key = maker.leaf.key;
  const auto made = format.Sign(TheSubject(), TheClaim(), *signer, kDay);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code() == ErrorCode::kProtocol);
}

TEST_CASE("one envelope over nothing shows a maker's certificates") {
  for (const FormatId kind : {FormatId::kNotationJws, FormatId::kNotationCose}) {
    Maker maker;
    const auto chain = Must(CertificatesOf(maker.maker(), kind, kDay));
    REQUIRE(chain.size() == 2);
    CHECK(chain[0] == maker.leaf.certificate());
    CHECK_FALSE(maker.asked->expires_in);
    maker.key = testing::TestKey::Make("P-256");
    CHECK(CertificatesOf(maker.maker(), kind, kDay).error().code() == ErrorCode::kProtocol);
    CHECK(CertificatesOf(maker.maker(), kind, kDay + hours(24 * 365)).error().code() ==
          ErrorCode::kProtocol);
  }
  const EnvelopeMaker denied = [](const EnvelopeOrder&) -> Result<MadeEnvelope> {
    return Error(ErrorCode::kDenied, "log in first");
  };
  CHECK(CertificatesOf(denied, FormatId::kNotationJws, kDay).error().code() == ErrorCode::kDenied);
}

}  // namespace
}  // namespace hallmark::signature
