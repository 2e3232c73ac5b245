#include "hallmark/tsa/verify.h"

#include "tests/support/catch.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

bool Says(const std::string& said, const std::string& words) {
  INFO(said);
  const bool holds = said.starts_with(words);
  CHECK(holds);
  return holds;
}

Bytes NameOf(const x509::Certificate& certificate) {
  const ByteView name = certificate.subject().der();
  return Der(0xA0, {Der(0xA4, {Bytes(name.begin(), name.end())})});
}

}  // namespace

TEST_CASE("a token below a trusted root proves its time") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  spec.accuracy = Der(0x30, {DerNumber(1)});
  spec.authority = NameOf(authority.stamper.certificate());
  const tsa::VerifiedTime time = MustVerify(authority, spec);
  CHECK(time.gen_time() == tsa::TimeRange{kTestTime, kTestTime});
  CHECK(time.range() == tsa::TimeRange{kTestTime - seconds(1), kTestTime + seconds(1)});
  CHECK(time.path().leaf() == authority.stamper.certificate());
  CHECK(time.path().anchor() == authority.root.certificate());
  CHECK(time.info().policy == "1.2.3.4.1");
}

TEST_CASE("a token may leave out certificates that the caller has") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  spec.certificates = Bytes{};
  const Bytes token = MakeToken(authority, spec);
  Says(SayVerified(token, authority.trust()), "timestamp: the certificate that signed is neither");
  tsa::Trust trust = authority.trust();
  trust.others = {authority.intermediate.certificate(), authority.stamper.certificate()};
  CHECK(SayVerified(token, trust) == "verified");
}

TEST_CASE("a signer may be named by its key identifier") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  const x509::Certificate stamper = authority.stamper.certificate();
  const Bytes& id = stamper.FindExtension("2.5.29.14")->value;
  spec.signer_version = DerNumber(3);
  spec.signer_name = Der(0x80, {Bytes(id.begin() + 2, id.end())});
  CHECK(SayVerified(authority, spec) == "verified");
  spec.signer_name = Der(0x80, {Bytes(20)});
  Says(SayVerified(authority, spec), "timestamp: the token names its signer in two ways");
  const auto without = TimestampAuthority::Make(
      TimestamperSpec().With("subjectKeyIdentifier", "").With("authorityKeyIdentifier", ""));
  Says(SayVerified(without, spec), "timestamp: the token names its signer in two ways");
}

TEST_CASE("the names of the signer agree") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  const Bytes& der = authority.stamper.der;
  spec.signing_certificate = NameCertificate(der, IssuerSerial(authority.stamper.certificate()));
  CHECK(SayVerified(authority, spec) == "verified");
  spec.signing_certificate =
      NameCertificate(der, IssuerSerial(authority.intermediate.certificate()));
  Says(SayVerified(authority, spec), "timestamp: the token names its signer in two ways");
  spec.signing_certificate = std::nullopt;
  spec.signer_name = IssuerAndSerial(authority.intermediate.certificate());
  Says(SayVerified(authority, spec), "timestamp: the token names its signer in two ways");
}

TEST_CASE("other keys and hashes sign as well") {
  struct Kind {
    const char* key;
    crypto::Scheme scheme;
    Bytes algorithm;
  };
  const std::vector<Kind> kinds{
      {"P-384", crypto::Scheme::kEcdsaP384Sha256, DerAlgorithm(oids::kEcdsaSha256)},
      {"RSA-2048", crypto::Scheme::kRsaPkcs1Sha256, DerAlgorithm(oids::kRsaSha256, true)},
      {"RSA-2048", crypto::Scheme::kRsaPkcs1Sha256, DerAlgorithm(oids::kRsaEncryption, true)},
      {"Ed25519", crypto::Scheme::kEd25519, DerAlgorithm("1.3.101.112")}};
  for (const Kind& kind : kinds) {
    INFO(kind.key);
    const auto authority = TimestampAuthority::Make(TimestamperSpec(), TestKey::Make(kind.key));
    TokenSpec spec = SpecFor(kMessage);
    spec.scheme = kind.scheme;
    spec.signature_algorithm = kind.algorithm;
    CHECK(SayVerified(authority, spec) == "verified");
    spec.signature_algorithm = DerAlgorithm(
        kind.scheme == crypto::Scheme::kEcdsaP384Sha256 ? oids::kRsaSha256 : oids::kEcdsaSha256);
    Says(SayVerified(authority, spec), "timestamp: its signature is not by the certificate");
  }
}

TEST_CASE("a token stamps one message (A45)") {
  const auto authority = TimestampAuthority::Make();
  Says(SayVerified(authority, SpecFor("the artifact")),
       "timestamp: the token stamps something else");
  TokenSpec spec = SpecFor(kMessage);
  spec.imprint = Der(0x30, {DerAlgorithm(oids::kSha1), Der(0x04, {Bytes(20)})});
  Says(SayVerified(authority, spec), "timestamp: timestamp token: TSTInfo: an imprint by another");
  spec.imprint =
      Der(0x30, {DerAlgorithm(oids::kSha512),
                 Der(0x04, {crypto::Hash(crypto::HashAlgorithm::kSha512, AsBytes(kMessage))})});
  CHECK(SayVerified(authority, spec) == "verified");
}

TEST_CASE("what was signed is what the token says (A45)") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  const auto with_digest = [&](const Bytes& value) {
    spec.message_digest = value.empty() ? Bytes{} : DerAttribute(oids::kMessageDigest, {value});
    return SayVerified(authority, spec);
  };
  Says(with_digest(Der(0x04, {Bytes(32)})),
       "timestamp: what was signed is not what the token says");
  Says(with_digest({}), "timestamp: timestamp token: no attribute messageDigest");
  Says(with_digest(DerText(0x0C, "text")), "timestamp: timestamp token: attribute messageDigest");
  spec.message_digest = std::nullopt;
  spec.signature = Bytes(70, 0x30);
  Says(SayVerified(authority, spec), "timestamp: its signature is not by the certificate");
  spec.signature = Bytes();
  Says(SayVerified(authority, spec), "timestamp: its signature is not by the certificate");
}

TEST_CASE("checks apply to the certificate that signed (A44)") {
  const auto authority = TimestampAuthority::Make();
  const auto stranger = TimestampAuthority::Make();
  // A look-alike in front: the same names and usage by strangers, another key.
  TokenSpec spec = SpecFor(kMessage);
  spec.certificates = Der(0xA0, {stranger.stamper.der, stranger.intermediate.der,
                                 authority.stamper.der, authority.intermediate.der});
  CHECK(SayVerified(authority, spec) == "verified");
  CHECK(MustVerify(authority, spec).path().leaf() == authority.stamper.certificate());
  // Signed by a stranger who names the trusted one, or shows it only.
  TokenSpec forged = SpecFor(kMessage);
  forged.certificates = Der(0xA0, {authority.stamper.der, authority.intermediate.der});
  forged.signing_certificate = NameCertificate(authority.stamper.der);
  Says(SayVerified(MakeToken(stranger, forged), authority.trust()),
       "timestamp: its signature is not by the certificate");
  forged.signing_certificate = std::nullopt;
  Says(SayVerified(MakeToken(stranger, forged), authority.trust()),
       "timestamp: the certificate that signed is neither");
  forged.certificates = Der(0xA0, {authority.stamper.der, stranger.stamper.der,
                                   stranger.intermediate.der, authority.intermediate.der});
  Says(SayVerified(MakeToken(stranger, forged), authority.trust()), "timestamp: certificate of");
}

TEST_CASE("only the roots that are given are trusted (A32, A43, A45)") {
  const auto authority = TimestampAuthority::Make();
  const auto other = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  const Bytes token = MakeToken(authority, spec);
  Says(SayVerified(token, other.trust()), "timestamp: certificate of");
  Says(SayVerified(token, {{}, {}}), "timestamp: no timestamp authority is trusted");
  Says(SayVerified(token, {{}, {authority.root.certificate()}}),
       "timestamp: no timestamp authority is trusted");
  spec.certificates =
      Der(0xA0, {authority.stamper.der, authority.intermediate.der, authority.root.der});
  Says(SayVerified(MakeToken(authority, spec), other.trust()), "timestamp: certificate of");
}

TEST_CASE("a time stamper's certificate is for nothing else (A33)") {
  for (const char* usage :
       {"critical,codeSigning", "timeStamping", "critical,timeStamping,codeSigning",
        "critical,anyExtendedKeyUsage", ""}) {
    INFO(usage);
    const auto authority =
        TimestampAuthority::Make(TimestamperSpec().With("extendedKeyUsage", usage));
    Says(SayVerified(authority, SpecFor(kMessage)), "chain: certificate of");
  }
}

TEST_CASE("the authority was current at the stamped time, whenever that is asked (A43)") {
  CertificateSpec stamper = TimestamperSpec();
  stamper.not_before = kTestTime - hours(1);
  stamper.not_after = kTestTime + hours(1);
  const auto authority = TimestampAuthority::Make(stamper);
  const auto stamped = [&](const std::string& time, UnixTime now) {
    TokenSpec spec = SpecFor(kMessage);
    spec.gen_time = DerText(0x18, time);
    return SayVerified(authority, spec, now);
  };
  const UnixTime later = kTestTime + hours(24 * 3650);
  CHECK(stamped("20260601000000Z", later) == "verified");
  CHECK(stamped("20260601010000Z", later) == "verified");
  CHECK(stamped("20260531230000Z", later) == "verified");
  Says(stamped("20260601010000.001Z", later), "timestamp: stamped a fraction of a second after");
  Says(stamped("20260601010001Z", later), "timestamp: certificate of");
  Says(stamped("20260531225959Z", later), "timestamp: certificate of");
  Says(stamped("20260531225959.999Z", later), "timestamp: certificate of");
}

TEST_CASE("no token is of the future (A41)") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  CHECK(SayVerified(authority, spec, kTestTime) == "verified");
  Says(SayVerified(authority, spec, kTestTime - seconds(1)),
       "timestamp: the token is of the future");
  Says(SayVerified(authority, spec, kTestTime - hours(8760)),
       "timestamp: the token is of the future");
  spec.accuracy = Der(0x30, {DerNumber(5)});
  CHECK(SayVerified(authority, spec, kTestTime - seconds(5)) == "verified");
  Says(SayVerified(authority, spec, kTestTime - seconds(6)),
       "timestamp: the token is of the future");
}

TEST_CASE("an authority that a token names is the one that signed") {
  const CertificateSpec named =
      TimestamperSpec().With("subjectAltName", "URI:https://time.test,DNS:time.test");
  const auto authority = TimestampAuthority::Make(named);
  TokenSpec spec = SpecFor(kMessage);
  const auto with_name = [&](const Bytes& name) {
    spec.authority = name;
    return SayVerified(authority, spec);
  };
  CHECK(with_name(NameOf(authority.stamper.certificate())) == "verified");
  CHECK(with_name(Der(0xA0, {DerText(0x86, "https://time.test")})) == "verified");
  CHECK(with_name(Der(0xA0, {DerText(0x82, "time.test")})) == "verified");
  for (const Bytes& other :
       {NameOf(authority.root.certificate()), Der(0xA0, {DerText(0x82, "other.test")}),
        Der(0xA0, {DerText(0x81, "time.test")}), Der(0xA0, {Der(0xA4, {Bytes{0x30, 0}})}),
        Der(0xA0, {Der(0xA4, {})})}) {
    Says(with_name(other), "timestamp: the token names another authority");
  }
}

TEST_CASE("names of an authority are compared by their text") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  Bytes name = NameOf(authority.stamper.certificate());
  // The country once as UTF8String instead of PrintableString.
  const Bytes country{0x13, 2, 'U', 'S'};
  const auto found = std::search(name.begin(), name.end(), country.begin(), country.end());
  REQUIRE(found != name.end());
  *found = 0x0C;
  spec.authority = name;
  CHECK(SayVerified(authority, spec) == "verified");
  *(found + 2) = 'D';
  spec.authority = name;
  Says(SayVerified(authority, spec), "timestamp: the token names another authority");
}

TEST_CASE("weak authorities and long lists keep their reason") {
  const auto weak = TimestampAuthority::Make(TimestamperSpec(), TestKey::Make("P-224"));
  TokenSpec spec = SpecFor(kMessage);
  spec.signature = Bytes(60, 1);
  Says(SayVerified(weak, spec), "algorithm: timestamp authority");
  const auto authority = TimestampAuthority::Make();
  tsa::Trust trust = authority.trust();
  trust.others.assign(70, authority.root.certificate());
  Says(SayVerified(MakeToken(authority, SpecFor(kMessage)), trust), "limit: ");
  Says(SayVerified(Bytes(100'000, 0x30), authority.trust()), "limit: ");
}

TEST_CASE("no token with a changed bit is verified, but where nothing is signed") {
  const auto authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  spec.certificates = Der(0xA0, {authority.stamper.der, authority.intermediate.der});
  const Bytes good = MakeToken(authority, spec);
  REQUIRE(SayVerified(good, authority.trust()) == "verified");
  const tsa::VerifiedTime time = MustVerify(authority, spec);
  std::vector<std::size_t> verified;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes changed = good;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1u << bit % 8);
    const auto result = tsa::VerifyToken(changed, AsBytes(kMessage), authority.trust(), kTestTime);
    const auto* accepted = std::get_if<tsa::VerifiedTime>(&result);
    if (accepted == nullptr) continue;
    verified.push_back(bit);
    CHECK(accepted->gen_time() == time.gen_time());
    CHECK(accepted->path().leaf() == time.path().leaf());
  }
  // The version of the signed data: 3, 4 and 5 are alike.
  CHECK(verified.size() <= 2);
}

}  // namespace hallmark::testing
