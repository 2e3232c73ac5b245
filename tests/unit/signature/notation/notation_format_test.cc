// Whole assessments: envelopes by real chains, held against a trust root.
#include "hallmark/signature/notation/notation_format.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/sign_envelope.h"
#include "hallmark/signature/notation/notation_signing_format.h"
#include "tests/support/catch.h"
#include "tests/support/timestamp_authority.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature {
namespace {

using std::chrono::hours;
using testing::Identity;
using testing::Must;
using trust::TrustedAuthority;
using trust::TrustRoot;

constexpr UnixTime kDay = testing::kTestTime;
const NotationFormat kFormat({FormatId::kNotationJws, FormatId::kNotationCose});

// A root, an intermediate and a signer, each for all of 2026 unless a test changes it.
struct Chain {
  Identity root = testing::SelfSigned(testing::RootSpec());
  Identity intermediate = testing::Issue(testing::IntermediateSpec(), root);
  Identity leaf = testing::Issue(testing::SignerSpec(), intermediate);

  std::vector<x509::Certificate> certificates() const {
    return {leaf.certificate(), intermediate.certificate(), root.certificate()};
  }
};

const Chain& GoodChain() {
  static const Chain kChain;
  return kChain;
}

Chain ChainWith(const testing::CertificateSpec& leaf) {
  Chain chain = GoodChain();
  chain.leaf = testing::Issue(leaf, chain.intermediate);
  return chain;
}

store::Subject TheSubject(const std::string& seed = "app") {
  testing::MemoryStore store;
  testing::Put(store, testing::Repo("registry.example/app"), testing::MakeImage(seed), "1");
  return Must(
      store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:1")));
}

struct Order {
  notation::EnvelopeType type = notation::EnvelopeType::kJws;
  notation::SigningScheme scheme = notation::SigningScheme::kX509;
  UnixTime time = kDay;
  std::optional<UnixTime> expiry;
  std::optional<Bytes> timestamp;
  oci::Descriptor target = TheSubject().manifest().descriptor();
};

notation::Envelope EnvelopeBy(const Chain& chain, const Order& order) {
  std::vector<Bytes> certificates;
  for (const x509::Certificate& one : chain.certificates()) {
    certificates.emplace_back(one.der().begin(), one.der().end());
  }
  const auto signer =
      crypto::MakeSigner(chain.leaf.key.private_key(), crypto::Scheme::kEcdsaP256Sha256);
  auto envelope = Must(notation::SignEnvelope(
      order.type, {order.target, order.scheme, order.time, order.expiry, certificates, "test"},
      *signer));
  envelope.timestamp = order.timestamp;
  return envelope;
}

Signature SignatureOf(const notation::Envelope& envelope) {
  const auto content = oci::Content::Describe(std::string(notation::MediaTypeOf(envelope.type)),
                                              notation::WriteEnvelope(envelope));
  return {FormatId::kNotationJws, content, content.descriptor()};
}

Signature SignedBy(const Chain& chain, const Order& order = {}) {
  return SignatureOf(EnvelopeBy(chain, order));
}

TrustedAuthority Trusting(const Identity& anchor) {
  TrustedAuthority authority;
  authority.signer_set = "prod";
  authority.signing = {anchor.certificate()};
  authority.any_subject = true;
  return authority;
}

TrustRoot RootOf(TrustedAuthority authority) {
  return Must(TrustRoot::Of({}, {std::move(authority)}));
}

Assessment Assess(const Signature& signature, const TrustedAuthority& authority,
                  UnixTime now = kDay) {
  return kFormat.Assess(signature, TheSubject(), RootOf(authority), now);
}

// "verified", or the reason of the first failure; what is not verified must have one.
std::string WordOf(const Assessment& assessment) {
  const Finding* failure = assessment.Failure();
  CHECK(assessment.verified.has_value() !=
        (failure != nullptr && failure->check != Check::kTimestamp &&
         failure->check != Check::kExpiry));
  return failure == nullptr ? "verified" : failure->reason;
}

Outcome OutcomeOf(const Assessment& assessment, Check check) {
  for (const Finding& finding : assessment.findings) {
    if (finding.check == check) return finding.outcome;
  }
  return Outcome::kNotApplicable;
}

TEST_CASE("a signature under a trusted root is its subject's") {
  for (const auto type : {notation::EnvelopeType::kJws, notation::EnvelopeType::kCose}) {
    Order order;
    order.type = type;
    order.expiry = kDay + hours(1);
    const auto assessment = Assess(SignedBy(GoodChain(), order), Trusting(GoodChain().root));
    REQUIRE(WordOf(assessment) == "verified");
    const SignerIdentity& signer = assessment.verified->signer();
    CHECK(signer.key_sets == std::vector<std::string>{"prod"});
    CHECK(signer.name == "CN=signer,O=Hallmark Test,ST=WA,C=US");
    CHECK(signer.fingerprint == Must(GoodChain().leaf.certificate().public_key()).fingerprint());
    const Claim& claim = assessment.verified->claim();
    CHECK(claim.signed_at == kDay);
    // Theirs is the first second of being expired.
    CHECK(claim.expires == kDay + hours(1) - std::chrono::seconds(1));
  }
}

TEST_CASE("any certificate of the chain may be the anchor, and no look-alike (A32)") {
  const Signature signature = SignedBy(GoodChain());
  CHECK(WordOf(Assess(signature, Trusting(GoodChain().intermediate))) == "verified");
  const Chain look_alike;  // the same names, other keys
  CHECK(WordOf(Assess(signature, Trusting(look_alike.root))) == "chain");
  CHECK(WordOf(Assess(SignedBy(look_alike), Trusting(GoodChain().root))) == "chain");
  // A chain that ends in the trusted root without being signed by it.
  Chain borrowed = look_alike;
  borrowed.root = GoodChain().root;
  CHECK(WordOf(Assess(SignedBy(borrowed), Trusting(GoodChain().root))) == "chain");
}

TEST_CASE("only the subjects that are named count (A40)") {
  TrustedAuthority named = Trusting(GoodChain().root);
  named.any_subject = false;
  named.subjects = {Must(x509::DistinguishedName::Parse("C=US,ST=WA,O=Hallmark Test,CN=signer"))};
  CHECK(WordOf(Assess(SignedBy(GoodChain()), named)) == "verified");
  named.subjects = {Must(x509::DistinguishedName::Parse("C=US,ST=WA,O=Hallmark Test,CN=Signer"))};
  CHECK(WordOf(Assess(SignedBy(GoodChain()), named)) == "untrusted-signer");
}

TEST_CASE("a store vouches for its own scheme alone") {
  Order order;
  order.scheme = notation::SigningScheme::kSigningAuthority;
  const Signature by_authority = SignedBy(GoodChain(), order);
  CHECK(WordOf(Assess(by_authority, Trusting(GoodChain().root))) == "chain");
  TrustedAuthority authority = Trusting(GoodChain().root);
  std::swap(authority.signing, authority.signing_authorities);
  CHECK(WordOf(Assess(by_authority, authority)) == "verified");
  CHECK(WordOf(Assess(SignedBy(GoodChain()), authority)) == "chain");
}

TEST_CASE("a signer without the use, or under none, signs nothing (A33, A34)") {
  const auto word = [](const testing::CertificateSpec& leaf) {
    const Chain chain = ChainWith(leaf);
    return WordOf(Assess(SignedBy(chain), Trusting(chain.root)));
  };
  CHECK(word(testing::SignerSpec()) == "verified");
  CHECK(word(testing::SignerSpec().With("keyUsage", "critical,keyEncipherment")) == "chain");
  CHECK(word(testing::SignerSpec().With("extendedKeyUsage", "anyExtendedKeyUsage")) == "chain");
  CHECK(word(testing::SignerSpec().With("basicConstraints", "critical,CA:TRUE")) == "chain");
}

TEST_CASE("without a timestamp the certificates have to be current now (A36)") {
  testing::CertificateSpec short_lived = testing::SignerSpec();
  short_lived.not_before = kDay - hours(2);
  short_lived.not_after = kDay - hours(1);
  const Chain chain = ChainWith(short_lived);
  Order order;
  order.time = kDay - hours(1) - std::chrono::minutes(30);  // the signer's own word: proves nothing
  const auto assessment = Assess(SignedBy(chain, order), Trusting(chain.root));
  CHECK(WordOf(assessment) == "expired");
  CHECK(OutcomeOf(assessment, Check::kTimestamp) == Outcome::kFailed);
  CHECK(OutcomeOf(assessment, Check::kAuthenticity) == Outcome::kPassed);
  CHECK(WordOf(Assess(SignedBy(chain, order), Trusting(chain.root), kDay - hours(1))) ==
        "verified");
  Order early = order;
  early.time = kDay - hours(3);
  CHECK(WordOf(Assess(SignedBy(chain, early), Trusting(chain.root), kDay - hours(3))) ==
        "not-yet-current");
  // The signing authority's word is one to be trusted.
  order.scheme = notation::SigningScheme::kSigningAuthority;
  TrustedAuthority authority = Trusting(chain.root);
  std::swap(authority.signing, authority.signing_authorities);
  CHECK(WordOf(Assess(SignedBy(chain, order), authority)) == "verified");
  order.time = kDay - hours(3);
  CHECK(WordOf(Assess(SignedBy(chain, order), authority)) == "not-yet-current");
}

TEST_CASE("certificates that were never current together are no chain (A36)") {
  testing::CertificateSpec early = testing::IntermediateSpec();
  early.not_after = kDay - hours(2);
  Chain chain = GoodChain();
  chain.intermediate = testing::Issue(early, chain.root);
  testing::CertificateSpec late = testing::SignerSpec();
  late.not_before = kDay - hours(1);
  chain.leaf = testing::Issue(late, chain.intermediate);
  const auto assessment = Assess(SignedBy(chain), Trusting(chain.root));
  CHECK(WordOf(assessment) == "expired");
  CHECK_FALSE(assessment.verified);
}

TEST_CASE("a time of signing that is to come is refused (A41)") {
  Order order;
  order.time = kDay + hours(1);
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), Trusting(GoodChain().root))) == "timestamp");
  order.time = kDay + std::chrono::seconds(300);
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), Trusting(GoodChain().root))) == "verified");
  order.scheme = notation::SigningScheme::kSigningAuthority;
  TrustedAuthority authority = Trusting(GoodChain().root);
  std::swap(authority.signing, authority.signing_authorities);
  order.time = kDay + std::chrono::seconds(1);
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), authority)) == "timestamp");
  order.time = kDay;
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), authority)) == "verified");
}

// An expired signer, an envelope by it, and a token over its signature at the test's time.
struct Stamped {
  Chain chain;
  testing::TimestampAuthority tsa = testing::TimestampAuthority::Make();
  notation::Envelope envelope;

  explicit Stamped(UnixTime end) : chain(ChainWith(Ending(end))), envelope(EnvelopeBy(chain, {})) {
    envelope.timestamp = Token(AsText(envelope.signature));
  }
  static testing::CertificateSpec Ending(UnixTime end) {
    testing::CertificateSpec spec = testing::SignerSpec();
    spec.not_after = end;
    return spec;
  }
  Bytes Token(std::string_view message) const {
    return testing::MakeToken(tsa, testing::SpecFor(message));
  }
  TrustedAuthority authority() const {
    TrustedAuthority trusting = Trusting(chain.root);
    trusting.timestamping = tsa.trust().roots;
    return trusting;
  }
  std::string Word(const TrustedAuthority& trusting, UnixTime now) const {
    return WordOf(Assess(SignatureOf(envelope), trusting, now));
  }
};

TEST_CASE("a timestamp proves that an expired certificate was current") {
  const Stamped stamped(kDay + hours(24));
  const UnixTime later = kDay + hours(48);
  CHECK(stamped.Word(stamped.authority(), later) == "verified");
  CHECK(stamped.Word(Trusting(stamped.chain.root), later) == "expired");
  TrustedAuthority only_then = stamped.authority();
  only_then.timestamp_use = trust::TimestampUse::kAfterCertificateExpiry;
  CHECK(stamped.Word(only_then, later) == "verified");
  const Stamped too_late(kDay - hours(1));
  CHECK(too_late.Word(too_late.authority(), later) == "expired");
}

TEST_CASE("an authority whose certificate may do more stamps for nobody") {
  Stamped stamped(kDay + hours(24));
  stamped.tsa = testing::TimestampAuthority::Make(
      testing::TimestamperSpec().With("keyUsage", "critical,digitalSignature,keyEncipherment"));
  stamped.envelope.timestamp = stamped.Token(AsText(stamped.envelope.signature));
  CHECK(stamped.Word(stamped.authority(), kDay) == "chain");
}

TEST_CASE("a timestamp that proves nothing is not passed over (A43, A45)") {
  Stamped stamped(kDay + hours(24));
  TrustedAuthority only_then = stamped.authority();
  only_then.timestamp_use = trust::TimestampUse::kAfterCertificateExpiry;
  // Another authority than the trusted one.
  TrustedAuthority other = stamped.authority();
  other.timestamping = testing::TimestampAuthority::Make().trust().roots;
  CHECK(stamped.Word(other, kDay) != "verified");
  // Over the payload instead of the signature.
  stamped.envelope.timestamp = stamped.Token("another message");
  CHECK(stamped.Word(stamped.authority(), kDay) == "timestamp");
  CHECK(stamped.Word(only_then, kDay) == "verified");  // not needed, not looked at
  CHECK(stamped.Word(only_then, kDay + hours(48)) == "timestamp");
  stamped.envelope.timestamp = ToBytes("no token");
  CHECK(stamped.Word(stamped.authority(), kDay) == "timestamp");
  stamped.envelope.timestamp.reset();
  CHECK(stamped.Word(stamped.authority(), kDay) == "timestamp");
  CHECK(stamped.Word(only_then, kDay) == "verified");
}

TEST_CASE("certificates that say where revocation is told leave it unknown (A39)") {
  const auto outcome = [](const std::string& type, const std::string& value) {
    testing::CertificateSpec spec = testing::SignerSpec();
    if (!type.empty()) spec.extensions.emplace_back(type, value);
    const Chain chain = ChainWith(spec);
    return OutcomeOf(Assess(SignedBy(chain), Trusting(chain.root)), Check::kRevocation);
  };
  CHECK(outcome("", "") == Outcome::kNotApplicable);
  CHECK(outcome("crlDistributionPoints", "URI:http://127.0.0.1/x.crl") == Outcome::kUnknown);
  CHECK(outcome("authorityInfoAccess", "OCSP;URI:http://127.0.0.1/ocsp") == Outcome::kUnknown);
}

TEST_CASE("an envelope about another image says so, whoever made it (A07)") {
  Order order;
  order.target = TheSubject("other").manifest().descriptor();
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), Trusting(GoodChain().root))) == "wrong-digest");
  order.target = TheSubject().manifest().descriptor();
  order.target.size += 1;
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), Trusting(GoodChain().root))) == "wrong-digest");
  order.target = TheSubject().manifest().descriptor();
  order.target.media_type = "application/vnd.oci.image.index.v1+json";
  CHECK(WordOf(Assess(SignedBy(GoodChain(), order), Trusting(GoodChain().root))) == "wrong-digest");
}

TEST_CASE("what is signed in the format is found, read and verified") {
  testing::MemoryStore store;
  const auto repository = testing::Repo("registry.example/app");
  testing::Put(store, repository, testing::MakeImage("app"), "1");
  const auto subject = TheSubject();
  const auto signer =
      crypto::MakeSigner(GoodChain().leaf.key.private_key(), crypto::Scheme::kEcdsaP256Sha256);
  Claim claim{subject.digest(), std::string(kSignPredicate), {{"env", "prod"}}, {}, {}, kDay, {}};
  claim.expires = kDay + hours(1);
  for (const FormatId kind : {FormatId::kNotationJws, FormatId::kNotationCose}) {
    const auto format =
        Must(NotationSigningFormat::Of(kind, {GoodChain().certificates(), "test", {}}, kDay));
    const auto made = Must(format.Sign(subject, claim, *signer, kDay));
    Must(format.Push(testing::PatientContext(), store, repository, made));
  }
  const TrustRoot root = RootOf(Trusting(GoodChain().root));
  const Found found =
      kFormat.Find(testing::PatientContext(), store, subject, {kSignPredicate, root});
  REQUIRE(found.candidates.size() == 2);
  std::vector<FormatId> formats;
  for (const Candidate& candidate : found.candidates) {
    const Loaded loaded = kFormat.Load(testing::PatientContext(), store, subject, candidate);
    const auto& signature = std::get<Signature>(loaded);
    const Assessment assessment = kFormat.Assess(signature, subject, root, kDay);
    REQUIRE(assessment.verified);
    CHECK(assessment.verified->claim().annotations == claim.annotations);
    CHECK(assessment.verified->claim().expires == claim.expires);
    formats.push_back(assessment.format);
  }
  CHECK(std::find(formats.begin(), formats.end(), FormatId::kNotationJws) != formats.end());
  CHECK(std::find(formats.begin(), formats.end(), FormatId::kNotationCose) != formats.end());
  // Who wants one kind is not shown the other, and an attestation is never among them.
  const NotationFormat jws({FormatId::kNotationJws});
  std::size_t unrelated = 0;
  for (const Candidate& candidate : found.candidates) {
    const Loaded loaded = jws.Load(testing::PatientContext(), store, subject, candidate);
    if (std::holds_alternative<Unrelated>(loaded)) ++unrelated;
  }
  CHECK(unrelated == 1);
  CHECK(kFormat.Find(testing::PatientContext(), store, subject, {"https://x.example/v1", root})
            .candidates.empty());
}

TEST_CASE("who cannot sign as the Notary Project has it is told before anything is made") {
  const auto refused = [](std::vector<x509::Certificate> chain) {
    const auto format =
        NotationSigningFormat::Of(FormatId::kNotationJws, {std::move(chain), "test", {}}, kDay);
    return !format.ok() && format.error().code() == ErrorCode::kConfig;
  };
  const std::vector<x509::Certificate> good = GoodChain().certificates();
  CHECK_FALSE(refused(good));
  CHECK(refused({}));
  CHECK(refused({good[0], good[1]}));           // no root
  CHECK(refused({good[0], good[2], good[1]}));  // another order
  CHECK(refused({good[1], good[2]}));           // a CA that would sign
  const auto format =
      Must(NotationSigningFormat::Of(FormatId::kNotationJws, {good, "test", {}}, kDay));
  const auto stranger = crypto::MakeSigner(testing::TestKey::Make("P-256").private_key(),
                                           crypto::Scheme::kEcdsaP256Sha256);
  const auto subject = TheSubject();
  const Claim claim{subject.digest(), std::string(kSignPredicate), {}, {}, {}, kDay, {}};
  const auto made = format.Sign(subject, claim, *stranger, kDay);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code() == ErrorCode::kConfig);
}

TEST_CASE("a timestamp that cannot be had leaves nothing signed") {
  const auto signer =
      crypto::MakeSigner(GoodChain().leaf.key.private_key(), crypto::Scheme::kEcdsaP256Sha256);
  const auto subject = TheSubject();
  const Claim claim{subject.digest(), std::string(kSignPredicate), {}, {}, {}, kDay, {}};
  const auto tsa = testing::TimestampAuthority::Make();
  const Timestamper fails = [](const tsa::Imprint&) -> Result<tsa::Token> {
    return Error(ErrorCode::kUnavailable, "down");
  };
  const auto unlucky = Must(NotationSigningFormat::Of(
      FormatId::kNotationJws, {GoodChain().certificates(), "test", fails}, kDay));
  const auto made = unlucky.Sign(subject, claim, *signer, kDay);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code() == ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace hallmark::signature
