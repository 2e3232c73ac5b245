#include <algorithm>

#include "hallmark/encoding/der.h"
#include "hallmark/revocation/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/revocation/revocation_test.h"

namespace hallmark::testing {
namespace {

namespace der = encoding::der;
using std::chrono::hours;

const RevocationAuthority& World() {
  static const RevocationAuthority world = RevocationAuthority::Make();
  return world;
}

std::string Said(const CrlSpec& spec, UnixTime now = kTestTime) {
  return SayCrl(World().issued(), MakeCrl(World().intermediate, spec), now);
}

CrlSpec Listing(const std::vector<Bytes>& extensions = {}) {
  CrlSpec spec;
  spec.entries = {DerRevoked(World().signer.certificate(), extensions)};
  return spec;
}

CrlSpec Scoped(const std::vector<Bytes>& fields) {
  CrlSpec spec;
  spec.extensions.push_back(DerScope(fields));
  return spec;
}

std::string SaidWithDelta(const CrlSpec& base, const CrlSpec& delta, UnixTime now = kTestTime) {
  const auto whole = Must(revocation::ParseCrl(MakeCrl(World().intermediate, base)));
  const auto change = Must(revocation::ParseCrl(MakeCrl(World().intermediate, delta)));
  return Say(revocation::CheckCrl(World().issued(), {whole, &change}, now));
}

CrlSpec Delta(std::uint8_t number, std::uint8_t base) {
  CrlSpec spec;
  spec.extensions = {DerCrlNumber(number), DerDeltaOf(base)};
  return spec;
}

}  // namespace

TEST_CASE("a list is read whole") {
  CrlSpec spec = Listing({DerReason(1)});
  spec.extensions.push_back(DerFreshest("http://crl.test/delta.crl"));
  const Bytes bytes = MakeCrl(World().intermediate, spec);
  const auto crl = Must(revocation::ParseCrl(bytes));
  CHECK(AsText(crl.der()) == AsText(bytes));
  CHECK(crl.unverified_issuer() == World().intermediate.certificate().subject());
  CHECK(encoding::ToRfc3339(crl.this_update()) == "2026-05-30T00:00:00Z");
  CHECK(encoding::ToRfc3339(crl.next_update().value()) == "2026-06-06T00:00:00Z");
  CHECK(crl.entry_count() == 1);
  CHECK_FALSE(crl.is_delta());
  CHECK(crl.names_delta());
  CHECK(crl.delta_urls() == std::vector<std::string>{"http://crl.test/delta.crl"});
}

TEST_CASE("what is no list is malformed") {
  const auto said = [](const CrlSpec& spec) { return Said(spec); };
  CrlSpec spec;
  spec.version = {};
  CHECK(Starts(said(spec), "unsupported: revocation list: a list of version 1"));
  spec.version = DerNumber(0);
  CHECK(Starts(said(spec), "unsupported: "));
  spec = {};
  spec.outer_algorithm = DerAlgorithm(oids::kEcdsaSha384);
  CHECK(Starts(said(spec), "malformed: revocation list: the two names"));
  spec = {};
  spec.this_update = DerText(0x17, "2605300000Z");
  CHECK(said(spec) == "malformed: revocation list: thisUpdate");
  spec = {};
  spec.next_update = DerText(0x18, "20260606000000.5Z");
  CHECK(said(spec) == "malformed: revocation list: nextUpdate");
  spec = {};
  spec.extensions = {DerDeltaOf(3)};
  CHECK(said(spec) == "malformed: revocation list: a delta without its number");
  spec.extensions = {DerCrlNumber(7), DerCrlNumber(7)};
  CHECK(said(spec) == "malformed: revocation list: extension 2.5.29.20 stands twice");
  spec.extensions = {DerCrlNumber(0x80)};
  CHECK(said(spec) == "malformed: revocation list: CRL number");
  CHECK(said(Listing({DerReason(7)})) == "malformed: revocation list: reason of an entry");
  CHECK(said(Listing({DerReason(1), DerReason(1)})) ==
        "malformed: revocation list: extension 2.5.29.21 stands twice");
  CHECK(Starts(said(Scoped({Der(der::Implicit(1), {Bytes{0x00}})})), "malformed: "));
  spec = {};
  spec.entries = {Der(der::kSequence, {DerNumber(0x80), DerText(0x17, "260501000000Z")})};
  CHECK(said(spec) == "malformed: revocation list: entry");
  Bytes more = MakeCrl(World().intermediate, {});
  more.push_back(0);
  CHECK(Starts(SayCrl(World().issued(), more), "malformed: "));
  CHECK(Starts(SayCrl(World().issued(), Bytes(revocation::kMaxCrlBytes + 1)), "limit: "));
}

TEST_CASE("a list of 10 MB is handled, by its entries alone") {
  CrlSpec spec;
  Bytes serial{der::kInteger, 16};
  serial.resize(18, 0x11);
  const Bytes time = DerText(0x17, "260501000000Z");
  const Bytes reason = DerExtensions({DerReason(1)});
  for (std::uint32_t i = 0; i < 220'000; ++i) {
    for (unsigned byte = 0; byte < 4; ++byte) {
      serial[14 + byte] = static_cast<std::uint8_t>(i >> 8 * byte);
    }
    spec.entries.push_back(Der(der::kSequence, {serial, time, reason}));
  }
  const Bytes large = MakeCrl(World().intermediate, spec);
  REQUIRE(large.size() > 10'000'000);
  CHECK(Must(revocation::ParseCrl(large)).entry_count() == 220'000);
  CHECK(SayCrl(World().issued(), large) == "good");
  spec.entries.push_back(DerRevoked(World().signer.certificate()));
  CHECK(Said(spec) == "revoked");
}

TEST_CASE("a current list by the issuer says good or revoked") {
  CHECK(Said({}) == "good");
  CHECK(Said(Listing()) == "revoked");
  CHECK(Said(Listing({DerReason(1, true)})) == "revoked keyCompromise");
  CrlSpec other;
  other.entries = {DerRevoked(World().intermediate.certificate())};
  CHECK(Said(other) == "good");
  CHECK(SayCrl(World().issued_ca(), MakeCrl(World().root, {})) == "good");
  const auto crl = Must(revocation::ParseCrl(MakeCrl(World().intermediate, {})));
  const auto status = revocation::CheckCrl(World().issued(), {crl, nullptr}, kTestTime);
  CHECK(std::get<revocation::Good>(status).this_update() == crl.this_update());
  CHECK(std::get<revocation::Good>(status).next_update() == crl.next_update());
}

TEST_CASE("other hashes sign lists as well, and weak ones do not") {
  CrlSpec spec;
  spec.algorithm = DerAlgorithm(oids::kEcdsaSha384);
  spec.scheme = crypto::Scheme::kEcdsaP256Sha384;
  CHECK(Said(spec) == "good");
  spec = {};
  spec.algorithm = DerAlgorithm("1.2.840.10045.4.1");  // ECDSA with SHA-1
  CHECK(Said(spec) ==
        "unknown: revocation list: it is signed by an algorithm that is not used here");
}

TEST_CASE("only the issuer's own list counts (A39)") {
  CrlSpec spec = Listing();
  spec.signature = Bytes();
  CHECK(Starts(Said(spec), "unknown: revocation list: its signature is not by"));
  // Another key with the same name.
  const Identity impostor = SelfSigned(IntermediateSpec());
  CHECK(Starts(SayCrl(World().issued(), MakeCrl(impostor, {})),
               "unknown: revocation list: its signature is not by"));
  CHECK(SayCrl(World().issued(), MakeCrl(World().root, {})) ==
        "unknown: revocation list: it is by another issuer than the certificate's");
  spec = {};
  const x509::Certificate root = World().root.certificate();
  spec.issuer = Bytes(root.subject().der().begin(), root.subject().der().end());
  CHECK(Starts(Said(spec), "unknown: revocation list: it is by another issuer"));
  const auto mute = RevocationAuthority::Make(
      IntermediateSpec().With("keyUsage", "critical,keyCertSign"), SignerSpec());
  CHECK(SayCrl(mute.issued(), MakeCrl(mute.intermediate, {})) ==
        "unknown: revocation list: its issuer's key is not for signing lists");
}

TEST_CASE("a list is neither of the future nor run out (A39)") {
  const UnixTime first = Must(encoding::FromRfc3339("2026-05-30T00:00:00Z"));
  const UnixTime last = Must(encoding::FromRfc3339("2026-06-06T00:00:00Z"));
  const std::chrono::seconds second(1);
  CHECK(Said({}, first) == "good");
  CHECK(Said({}, last) == "good");
  CHECK(Said({}, first - second) ==
        "unknown: revocation list: it is of the future: 2026-05-30T00:00:00Z");
  CHECK(Starts(Said(Listing(), first - second), "unknown: "));
  CHECK(Said({}, last + second) ==
        "unknown: revocation list: it was current until 2026-06-06T00:00:00Z");
  CrlSpec spec;
  spec.next_update = {};
  CHECK(Said(spec) == "unknown: revocation list: it does not say until when it is current");
}

TEST_CASE("a revocation outlives its list, a hold does not (Notary Project)") {
  const UnixTime later = kTestTime + hours(24 * 30);
  CHECK(Said(Listing(), later) == "revoked");
  CHECK(Said(Listing({DerReason(4)}), later) == "revoked superseded");
  CHECK(Said(Listing({DerReason(6)})) == "revoked certificateHold");
  CHECK(Starts(Said(Listing({DerReason(6)}), later), "unknown: "));
  CHECK(Starts(Said(Listing({DerReason(8)})), "unknown: revocation list: it removes"));
}

TEST_CASE("what is critical and not understood speaks for nobody") {
  CrlSpec spec;
  spec.extensions.push_back(DerExtension("1.2.3", DerNumber(1), true));
  CHECK(Said(spec) == "unknown: revocation list: it has the unknown critical extension 1.2.3");
  spec.extensions.back() = DerExtension("1.2.3", DerNumber(1));
  CHECK(Said(spec) == "good");
  // Of any entry (RFC 5280 section 5.3).
  spec = {};
  spec.entries = {
      DerRevoked(World().intermediate.certificate(), {DerExtension("1.2.3", DerNumber(1), true)})};
  CHECK(Said(spec) ==
        "unknown: revocation list: an entry has the unknown critical extension 1.2.3");
  spec.entries = {DerRevoked(World().intermediate.certificate(),
                             {DerExtension("2.5.29.29", Der(0x30, {DerUri("x")}), true)})};
  CHECK(Said(spec) == "unknown: revocation list: it speaks for other issuers (an indirect list)");
}

TEST_CASE("a list is about this certificate's point and kind (A39)") {
  const Bytes yes{0xFF};
  CHECK(Said(Scoped({DerPoint(kCrlUrl)})) == "good");
  CHECK(Said(Scoped({DerPoint("http://crl.test/other.crl")})) ==
        "unknown: revocation list: it is about another distribution point than the certificate's");
  CHECK(Starts(Said(Scoped({DerPoint(kCrlUrl + "x")})), "unknown: "));
  CHECK(Said(Scoped({Der(der::Implicit(1), {yes})})) == "good");
  const std::string other_kind =
      "unknown: revocation list: it is about another kind of certificates";
  CHECK(Said(Scoped({Der(der::Implicit(2), {yes})})) == other_kind);
  CHECK(Said(Scoped({Der(der::Implicit(5), {yes})})) == other_kind);
  CHECK(Starts(Said(Scoped({Der(der::Implicit(4), {yes})})),
               "unknown: revocation list: it speaks for other issuers"));
  CHECK(SayCrl(World().issued_ca(),
               MakeCrl(World().root, Scoped({Der(der::Implicit(1), {yes})}))) == other_kind);
  CHECK(SayCrl(World().issued_ca(),
               MakeCrl(World().root, Scoped({Der(der::Implicit(2), {yes})}))) == "good");
  // Some reasons only: can revoke, and cannot clear.
  const Bytes reasons = Der(der::Implicit(3), {Bytes{0x06, 0x40}});
  CHECK(Said(Scoped({reasons})) == "unknown: revocation list: it is about some reasons only");
  CrlSpec spec = Scoped({reasons});
  spec.entries = {DerRevoked(World().signer.certificate())};
  CHECK(Said(spec) == "revoked");
}

TEST_CASE("any of the certificate's points is its point (RUSTSEC-2026-0049)") {
  const auto world = RevocationAuthority::Make(
      IntermediateSpec(),
      SignerSpec().With("crlDistributionPoints", "URI:http://a.test/1,URI:http://b.test/2"));
  const auto said = [&](const std::string& url) {
    return SayCrl(world.issued(), MakeCrl(world.intermediate, Scoped({DerPoint(url)})));
  };
  CHECK(said("http://a.test/1") == "good");
  CHECK(said("http://b.test/2") == "good");
  CHECK(Starts(said("http://b.test/3"), "unknown: "));
}

TEST_CASE("a delta stands in no list's place, and a named one is not left out (A39)") {
  CHECK(Said(Delta(8, 7)) == "unknown: revocation list: it is only a delta");
  CrlSpec base;
  base.extensions.push_back(DerFreshest("http://crl.test/delta.crl"));
  CHECK(Said(base) == "unknown: revocation list: it names a delta, which is not there");
  CHECK(SaidWithDelta(base, Delta(8, 7)) == "good");
  base.entries = {DerRevoked(World().signer.certificate())};
  CHECK(Said(base) == "revoked");
}

TEST_CASE("a delta revokes, and takes back a hold") {
  CrlSpec delta = Delta(8, 7);
  delta.entries = {DerRevoked(World().signer.certificate(), {DerReason(1)})};
  CHECK(SaidWithDelta({}, delta) == "revoked keyCompromise");
  delta.entries = {DerRevoked(World().signer.certificate(), {DerReason(8)})};
  CHECK(SaidWithDelta({}, delta) == "good");
  CHECK(SaidWithDelta(Listing({DerReason(6)}), delta) == "good");
  CHECK(SaidWithDelta(Listing({DerReason(1)}), delta) == "revoked keyCompromise");
  CHECK(SaidWithDelta(Listing({DerReason(6)}), Delta(8, 7)) == "revoked certificateHold");
}

TEST_CASE("a delta belongs to its list (RFC 5280 section 5.2.4)") {
  CHECK(SaidWithDelta({}, Delta(7, 7)) == "good");
  CHECK(SaidWithDelta({}, Delta(9, 3)) == "good");
  CHECK(SaidWithDelta({}, Delta(9, 8)) ==
        "unknown: revocation list: its delta: it is to a later list");
  CHECK(SaidWithDelta({}, Delta(6, 5)) ==
        "unknown: revocation list: its delta: it is older than the list that it is to");
  CHECK(SaidWithDelta({}, {}) == "unknown: revocation list: its delta: it is no delta");
  CrlSpec spec = Delta(8, 7);
  spec.extensions.push_back(DerScope({Der(der::Implicit(1), {Bytes{0xFF}})}));
  CHECK(SaidWithDelta({}, spec) ==
        "unknown: revocation list: its delta: it is about something else than the list that it is "
        "to");
  CrlSpec unnumbered;
  unnumbered.extensions = {};
  CHECK(SaidWithDelta(unnumbered, Delta(8, 7)) ==
        "unknown: revocation list: its delta: the list that it is to has no number");
  CHECK(Said(unnumbered) == "good");
  spec = Delta(8, 7);
  spec.signature = Bytes(70, 1);
  CHECK(Starts(SaidWithDelta({}, spec), "unknown: revocation list: its delta: its signature"));
  spec = Delta(8, 7);
  spec.next_update = DerText(0x17, "260531000000Z");
  CHECK(Starts(SaidWithDelta({}, spec), "unknown: revocation list: its delta: it was current"));
}

TEST_CASE("an invalidity date counts for signatures that are proved to be older") {
  const auto issued = World().issued();
  const Bytes since = DerExtension("2.5.29.24", DerText(0x18, "20260420000000Z"));
  const auto crl =
      Must(revocation::ParseCrl(MakeCrl(World().intermediate, Listing({DerReason(1), since}))));
  const auto status = revocation::CheckCrl(issued, {crl, nullptr}, kTestTime);
  const auto& revoked = std::get<revocation::Revoked>(status);
  REQUIRE(revoked.invalid_since);
  CHECK(encoding::ToRfc3339(*revoked.invalid_since) == "2026-04-20T00:00:00Z");
  CHECK(encoding::ToRfc3339(revoked.time) == "2026-05-01T00:00:00Z");
  CHECK(revocation::CountsAgainst(revoked, std::nullopt));
  CHECK(revocation::CountsAgainst(revoked, *revoked.invalid_since + hours(1)));
  CHECK_FALSE(revocation::CountsAgainst(revoked, *revoked.invalid_since));
  CHECK_FALSE(revocation::CountsAgainst(revoked, *revoked.invalid_since - hours(1)));
  CHECK(revocation::CountsAgainst({revoked.time, revoked.reason, std::nullopt},
                                  revoked.time - hours(1000)));
}

TEST_CASE("no list with a changed bit, or cut short, says anything") {
  CrlSpec spec = Listing({DerReason(6)});
  spec.extensions.push_back(DerScope({DerPoint(kCrlUrl)}));
  const Bytes genuine = MakeCrl(World().intermediate, spec);
  REQUIRE(SayCrl(World().issued(), genuine) == "revoked certificateHold");
  const auto says_something = [](const std::string& said) {
    return said == "good" || Starts(said, "revoked");
  };
  for (std::size_t bit = 0; bit < genuine.size() * 8; ++bit) {
    Bytes changed = genuine;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    if (says_something(SayCrl(World().issued(), changed))) FAIL("bit " << bit);
  }
  for (std::size_t size = 0; size < genuine.size(); ++size) {
    const Bytes cut(genuine.begin(), genuine.begin() + static_cast<std::ptrdiff_t>(size));
    if (says_something(SayCrl(World().issued(), cut))) FAIL("size " << size);
  }
}

}  // namespace hallmark::testing
