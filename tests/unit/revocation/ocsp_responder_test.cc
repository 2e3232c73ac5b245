// Who may speak for an issuer.
#include "tests/support/catch.h"
#include "tests/unit/revocation/ocsp_test.h"

namespace hallmark::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const RevocationAuthority& World() {
  static const RevocationAuthority world = RevocationAuthority::Make(true);
  return world;
}

const revocation::Issued& Signer() {
  static const revocation::Issued issued = World().issued();
  return issued;
}

CertificateSpec Listed() { return ResponderSpec().With("crlDistributionPoints", "URI:" + kCrlUrl); }
CertificateSpec Unchecked() { return ResponderSpec().With("noCheck", "ignored"); }

OcspSpec About(const Identity& responder, const Bytes& status = DerGood()) {
  OcspSpec spec = OcspAbout(Signer(), status);
  spec.certificates = {responder.der};
  return spec;
}

std::string SaidBy(const Identity& responder, UnixTime now = kTestTime) {
  return SayOcsp(Signer(), MakeOcspResponse(responder, About(responder)), now);
}

std::string SaidBy(const CertificateSpec& spec, UnixTime now = kTestTime) {
  return SaidBy(Issue(spec, World().intermediate), now);
}

const std::string kNobody = WhyUnknown("it is by somebody else than the certificate's issuer");
const std::string kForged = WhyUnknown("its signature is not by the key that it should be by");

}  // namespace

TEST_CASE("a response is by the issuer or nobody (A39)") {
  const OcspSpec spec = OcspAbout(Signer());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, spec)) == "good");
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().root, spec)) == kNobody);
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().signer, spec)) == kNobody);
  const Identity stranger = SelfSigned(IntermediateSpec());  // of the same name
  CHECK(SayOcsp(Signer(), MakeOcspResponse(stranger, spec)) == kForged);
  OcspSpec forged = spec;
  forged.certificates = {stranger.der};
  CHECK(SayOcsp(Signer(), MakeOcspResponse(stranger, forged)) == kForged);
  forged = spec;
  forged.signature = Bytes();
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, forged)) == kForged);
  forged.signature = Bytes(72, 0x30);
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, forged)) == kForged);
}

TEST_CASE("the signer is the one that the response names, by name or key") {
  const auto& issuer = World().intermediate;
  OcspSpec spec = OcspAbout(Signer());
  spec.responder = DerByKey(issuer.certificate());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(issuer, spec)) == "good");
  spec.responder = DerByKey(World().root.certificate());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(issuer, spec)) == kNobody);
  spec.responder = DerByName(World().root.certificate());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(issuer, spec)) == kNobody);
  const Identity responder = Issue(Unchecked(), issuer);
  spec = About(responder);
  spec.responder = DerByKey(responder.certificate());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == "good");
  spec.responder = DerByKey(issuer.certificate());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == kForged);
  spec.responder = DerByName(issuer.certificate());
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == kForged);
}

TEST_CASE("the issuer appoints a responder by a certificate for OCSP (A39)") {
  CHECK(SaidBy(Unchecked()) == "good");
  CHECK(SaidBy(Unchecked().With("extendedKeyUsage", "OCSPSigning,codeSigning")) == "good");
  const std::string not_for_it = WhyUnknown("its responder's certificate is not for OCSP");
  CHECK(SaidBy(Unchecked().With("extendedKeyUsage", "")) == not_for_it);
  CHECK(SaidBy(Unchecked().With("extendedKeyUsage", "anyExtendedKeyUsage")) == not_for_it);
  CHECK(SaidBy(Unchecked().With("extendedKeyUsage", "codeSigning,timeStamping")) == not_for_it);
  CHECK(SaidBy(Unchecked().With("keyUsage", "")) == "good");
  CHECK(SaidBy(Unchecked().With("keyUsage", "critical,digitalSignature,nonRepudiation")) == "good");
  CHECK(SaidBy(Unchecked().With("keyUsage", "critical,cRLSign,keyCertSign")) ==
        WhyUnknown("its responder's key is not for signing"));
  CHECK(SaidBy(Unchecked().With("noCheck", "critical,ignored")) == "good");
  CHECK(SaidBy(Unchecked().With("1.2.3", "ASN1:NULL")) == "good");
  CHECK(SaidBy(Unchecked().With("1.2.3", "critical,ASN1:NULL")) ==
        WhyUnknown("its responder's certificate has the unknown critical extension 1.2.3"));
}

TEST_CASE("only the issuer itself appoints a responder (A39)") {
  const std::string not_appointed =
      WhyUnknown("its responder is not appointed by the certificate's issuer");
  CHECK(SaidBy(Issue(Unchecked(), World().root)) == not_appointed);
  CHECK(SaidBy(Issue(Unchecked(), SelfSigned(IntermediateSpec()))) == not_appointed);
  CHECK(SaidBy(SelfSigned(Unchecked())) == not_appointed);
  // One level further down is one too many.
  const Identity below = Issue(IntermediateSpec("below"), World().intermediate);
  const Identity responder = Issue(Unchecked(), below);
  OcspSpec spec = About(responder);
  spec.certificates.push_back(below.der);
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == not_appointed);
  CertificateSpec weak = Unchecked();
  weak.hash = "SHA1";
  CHECK(SaidBy(weak) == not_appointed);
}

TEST_CASE("a responder brings its certificate, and signs with its key") {
  const Identity responder = Issue(Unchecked(), World().intermediate);
  OcspSpec spec = About(responder);
  spec.certificates = {};
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == kNobody);
  spec.certificates = {World().root.der, Bytes{0x30, 0x00}, responder.der};
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == "good");
  // Of two by one name the right one is found.
  const Identity other = Issue(Unchecked(), World().intermediate);
  spec.certificates = {other.der, responder.der};
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == "good");
  spec.certificates = {other.der};
  CHECK(SayOcsp(Signer(), MakeOcspResponse(responder, spec)) == kForged);
}

TEST_CASE("a responder's certificate is current") {
  CertificateSpec spec = Unchecked();
  spec.not_before = kTestTime - hours(24);
  spec.not_after = kTestTime + hours(24);
  CHECK(SaidBy(spec, spec.not_before) == "good");
  CHECK(SaidBy(spec, spec.not_after) == "good");
  const std::string times = WhyUnknown(
      "its responder's certificate is current from 2026-05-31T00:00:00Z to 2026-06-02T00:00:00Z");
  CHECK(SaidBy(spec, spec.not_before - seconds(1)) == times);
  CHECK(SaidBy(spec, spec.not_after + seconds(1)) == times);
  // What it said is good no longer than itself.
  const Identity responder = Issue(spec, World().intermediate);
  const auto response =
      Must(revocation::ParseOcspResponse(MakeOcspResponse(responder, About(responder))));
  const auto status = revocation::CheckOcsp(Signer(), response, {}, kTestTime);
  CHECK(std::get<revocation::Good>(status).next_update() == spec.not_after);
}

TEST_CASE("nobody speaks for his own certificate") {
  const CertificateSpec both =
      SignerSpec().With("extendedKeyUsage", "codeSigning,OCSPSigning").With("noCheck", "ignored");
  const auto world = RevocationAuthority::Make(IntermediateSpec(), both);
  OcspSpec spec = OcspAbout(world.issued());
  spec.certificates = {world.signer.der};
  const std::string own = WhyUnknown("the certificate's own key speaks for it");
  CHECK(SayOcsp(world.issued(), MakeOcspResponse(world.signer, spec)) == own);
  // Nor by another certificate for the same key.
  const Identity renamed = Issue(Unchecked(), world.intermediate, world.signer.key);
  spec.certificates = {renamed.der};
  CHECK(SayOcsp(world.issued(), MakeOcspResponse(renamed, spec)) == own);
  const Identity other = Issue(both, world.intermediate);
  spec.certificates = {other.der};
  CHECK(SayOcsp(world.issued(), MakeOcspResponse(other, spec)) == "good");
}

TEST_CASE("a responder's own status is asked for unless its issuer says otherwise") {
  const auto response_by = [](const Identity& responder, const Bytes& status = DerGood()) {
    return Must(
        revocation::ParseOcspResponse(MakeOcspResponse(responder, About(responder, status))));
  };
  const Identity unchecked = Issue(Unchecked(), World().intermediate);
  CHECK_FALSE(revocation::ResponderToCheck(Signer(), response_by(unchecked), kTestTime));
  const Identity responder = Issue(Listed(), World().intermediate);
  const auto response = response_by(responder);
  const auto asked = revocation::ResponderToCheck(Signer(), response, kTestTime);
  REQUIRE(asked);
  CHECK(asked->certificate() == responder.certificate());
  CHECK(asked->issuer() == World().intermediate.certificate());

  const auto say = [&](const std::optional<revocation::Status>& status) {
    return Say(revocation::CheckOcsp(Signer(), response, status, kTestTime));
  };
  const std::string about = "its responder's certificate: ";
  CHECK(say({}) == WhyUnknown(about + "whether it is revoked was not found out"));
  CHECK(say(revocation::Unknown{"no list"}) == WhyUnknown(about + "no list"));
  CrlSpec list;
  list.next_update = DerText(0x17, "260603000000Z");
  const auto good = Must(revocation::ParseCrl(MakeCrl(World().intermediate, list)));
  const auto known = revocation::CheckCrl(*asked, {good, nullptr}, kTestTime);
  CHECK(say(known) == "good");
  const auto status = revocation::CheckOcsp(Signer(), response, known, kTestTime);
  CHECK(std::get<revocation::Good>(status).next_update() == good.next_update());
  list.entries = {DerRevoked(responder.certificate())};
  const auto bad = Must(revocation::ParseCrl(MakeCrl(World().intermediate, list)));
  CHECK(say(revocation::CheckCrl(*asked, {bad, nullptr}, kTestTime)) ==
        WhyUnknown(about + "it is revoked"));
  // Whoever it is about, and whatever it says.
  const auto revoking = response_by(responder, DerOcspRevoked());
  CHECK(Starts(Say(revocation::CheckOcsp(Signer(), revoking, {}, kTestTime)), "unknown: "));
  CHECK(Say(revocation::CheckOcsp(Signer(), revoking, known, kTestTime)) == "revoked");
}

TEST_CASE("nobody is asked about where the response would not count, or the issuer signed") {
  const auto asks = [](const Identity& signer, const OcspSpec& spec) {
    const auto response = Must(revocation::ParseOcspResponse(MakeOcspResponse(signer, spec)));
    return revocation::ResponderToCheck(Signer(), response, kTestTime).has_value();
  };
  CHECK_FALSE(asks(World().intermediate, OcspAbout(Signer())));
  const Identity responder = Issue(Listed(), World().intermediate);
  CHECK(asks(responder, About(responder)));
  OcspSpec forged = About(responder);
  forged.signature = Bytes(72, 0x30);
  CHECK_FALSE(asks(responder, forged));
  const Identity stranger = Issue(ResponderSpec(), World().root);
  CHECK_FALSE(asks(stranger, About(stranger)));
  // nocheck is NULL, or it is not nocheck.
  const CertificateSpec odd = Listed().With("1.3.6.1.5.5.7.48.1.5", "ASN1:BOOLEAN:TRUE");
  const Identity other = Issue(odd, World().intermediate);
  CHECK(asks(other, About(other)));
}

TEST_CASE("a responder that names no place is taken as it is (RFC 6960 section 4.2.2.2.1)") {
  CHECK(SaidBy(ResponderSpec()) == "good");
  const Identity responder = Issue(ResponderSpec(), World().intermediate);
  const auto response =
      Must(revocation::ParseOcspResponse(MakeOcspResponse(responder, About(responder))));
  CHECK_FALSE(revocation::ResponderToCheck(Signer(), response, kTestTime));
  // What it names cannot be read, or not be asked: it is not silent then.
  CHECK(Starts(SaidBy(ResponderSpec().With("crlDistributionPoints", "URI:ldap://x.test/y")),
               "unknown: "));
}

TEST_CASE("other hashes and keys sign responses as well, and weak ones do not") {
  OcspSpec spec = OcspAbout(Signer());
  spec.algorithm = DerAlgorithm(oids::kEcdsaSha384);
  spec.scheme = crypto::Scheme::kEcdsaP256Sha384;
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, spec)) == "good");
  spec.algorithm = DerAlgorithm(oids::kEcdsaSha256);
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, spec)) == kForged);
  spec.algorithm = DerAlgorithm(oids::kRsaSha256, true);
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, spec)) == kForged);
  spec.algorithm = DerAlgorithm("1.2.840.10045.4.1");  // ECDSA with SHA-1
  CHECK(SayOcsp(Signer(), MakeOcspResponse(World().intermediate, spec)) ==
        WhyUnknown("it is signed by an algorithm that is not used here"));
  const Identity rsa = Issue(Unchecked(), World().intermediate, TestKey::Make("RSA-2048"));
  spec = About(rsa);
  spec.algorithm = DerAlgorithm(oids::kRsaSha256, true);
  spec.scheme = crypto::Scheme::kRsaPkcs1Sha256;
  CHECK(SayOcsp(Signer(), MakeOcspResponse(rsa, spec)) == "good");
  spec.algorithm = DerAlgorithm("1.2.840.113549.1.1.5", true);  // RSA with SHA-1
  CHECK(SayOcsp(Signer(), MakeOcspResponse(rsa, spec)) ==
        WhyUnknown("it is signed by an algorithm that is not used here"));
}

}  // namespace hallmark::testing
