#include "hallmark/revocation/ocsp.h"

#include "hallmark/crypto/insecure_sha1.h"
#include "hallmark/encoding/der.h"
#include "hallmark/revocation/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/revocation/ocsp_test.h"

namespace hallmark::testing {
namespace {

namespace der = encoding::der;
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

// Signed by the issuer itself.
std::string Said(const OcspSpec& spec, UnixTime now = kTestTime) {
  return SayOcsp(Signer(), MakeOcspResponse(World().intermediate, spec), now);
}

OcspSpec About(const Bytes& status = DerGood()) { return OcspAbout(Signer(), status); }

AnswerSpec Answer(const Bytes& status = DerGood()) {
  AnswerSpec answer;
  answer.id = DerCertId(Signer());
  answer.status = status;
  return answer;
}

OcspSpec With(const std::vector<AnswerSpec>& answers) {
  OcspSpec spec;
  for (const AnswerSpec& answer : answers) spec.answers.push_back(DerAnswer(answer));
  return spec;
}

std::string SaidMalformed(const AnswerSpec& answer) { return Said(With({answer})); }

}  // namespace

TEST_CASE("a request names one certificate by SHA-1, and says nothing else") {
  const Bytes request = revocation::MakeOcspRequest(Signer());
  const Bytes one = Der(der::kSequence, {DerCertId(Signer(), oids::kSha1)});
  const Bytes body = Der(der::kSequence, {Der(der::kSequence, {one})});
  CHECK(AsText(request) == AsText(Der(der::kSequence, {body})));
  CHECK(AsText(request) == AsText(revocation::MakeOcspRequest(Signer())));
  CHECK_FALSE(AsText(request) == AsText(revocation::MakeOcspRequest(World().issued_ca())));
}

TEST_CASE("a response is read whole") {
  const Bytes bytes = MakeOcspResponse(World().intermediate, About());
  const auto response = Must(revocation::ParseOcspResponse(bytes));
  CHECK(AsText(response.der()) == AsText(bytes));
  CHECK(encoding::ToRfc3339(response.unverified_produced_at()) == "2026-05-30T00:00:00Z");
  CHECK(response.answer_count() == 1);
}

TEST_CASE("a responder that refuses is an error with its word") {
  const auto said = [](std::uint8_t status) { return SayOcsp(Signer(), MakeOcspRefusal(status)); };
  CHECK(said(1) == "protocol: OCSP response: the responder says malformedRequest");
  CHECK(said(2) == "unreachable: OCSP response: the responder says internalError");
  CHECK(said(3) == "unreachable: OCSP response: the responder says tryLater");
  CHECK(said(5) == "auth: OCSP response: the responder says sigRequired");
  CHECK(said(6) == "auth: OCSP response: the responder says unauthorized");
  CHECK(said(4) == "malformed: OCSP response: status");
  CHECK(said(7) == "malformed: OCSP response: status");
  CHECK(said(0) == "malformed: OCSP response: not a response");
  // A genuine response behind a refusal is not looked at.
  OcspSpec spec = About();
  spec.status = 3;
  CHECK(Starts(Said(spec), "unreachable: "));
}

TEST_CASE("what is no response is malformed") {
  OcspSpec spec = About();
  spec.produced_at = DerText(der::kUtcTime, "260530000000Z");
  CHECK(Said(spec) == "malformed: OCSP response: producedAt");
  spec.produced_at = DerTime("20260530000000.5Z");
  CHECK(Said(spec) == "malformed: OCSP response: producedAt");
  spec = About();
  spec.responder = Der(der::Explicit(2), {Der(der::kOctetString, {Bytes(19)})});
  CHECK(Said(spec) == "malformed: OCSP response: name of the responder");
  spec.responder = Der(der::Explicit(1), {Der(der::kSequence, {})});
  CHECK(Said(spec) == "malformed: OCSP response: name of the responder");
  spec.responder = Bytes();
  CHECK(Starts(Said(spec), "malformed: "));
  spec = About();
  const Bytes twice = DerExtension("1.2.3", {0x05, 0x00});
  spec.extensions = {twice, twice};
  CHECK(Said(spec) == "malformed: OCSP response: extension 1.2.3 stands twice");
  Bytes more = MakeOcspResponse(World().intermediate, About());
  more.push_back(0);
  CHECK(Starts(SayOcsp(Signer(), more), "malformed: "));
  CHECK(Starts(SayOcsp(Signer(), {}), "malformed: "));
  CHECK(Starts(SayOcsp(Signer(), ToBytes("<html>")), "malformed: "));
}

TEST_CASE("what is no answer makes the response malformed") {
  AnswerSpec answer = Answer();
  answer.this_update = DerText(der::kUtcTime, "260530000000Z");
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: thisUpdate");
  answer = Answer();
  answer.next_update = DerText(der::kUtcTime, "260606000000Z");
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: nextUpdate");
  answer = Answer(Bytes{der::Implicit(0), 1, 0});
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
  answer = Answer(Bytes{der::Implicit(3), 0});
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
  answer = Answer(DerOcspRevoked(DerOcspReason(7)));
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: reason of a revocation");
  answer = Answer(Der(der::Explicit(1), {DerText(der::kUtcTime, "260501000000Z")}));
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: time of a revocation");
  answer = Answer();
  answer.extensions = {DerExtension("2.5.29.24", DerText(der::kUtcTime, "260501000000Z"))};
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: invalidity date");
  const Bytes algorithm = DerAlgorithm(oids::kSha1, true);
  const Bytes hash = Der(der::kOctetString, {Bytes(20)});
  answer.id = Der(der::kSequence, {algorithm, hash, hash, DerNumber(0x80)});
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: name of a certificate");
  answer.id = Der(der::kSequence, {algorithm, hash, hash});
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: name of a certificate");
}

TEST_CASE("nothing stands in a response that has no place there") {
  const Bytes null{der::kNull, 0};
  const auto name = [](const x509::Certificate& certificate) {
    const ByteView bytes = certificate.subject().der();
    return Bytes(bytes.begin(), bytes.end());
  };
  for (Bytes OcspSpec::*tail :
       {&OcspSpec::data_tail, &OcspSpec::basic_tail, &OcspSpec::typed_tail, &OcspSpec::tail}) {
    OcspSpec spec = About();
    CHECK(Said(spec) == "good");
    spec.*tail = null;
    CHECK(Starts(Said(spec), "malformed: "));
  }
  OcspSpec spec = About();
  spec.responder = Der(der::Explicit(1), {name(World().intermediate.certificate()), null});
  CHECK(Starts(Said(spec), "malformed: "));
  spec = About();
  spec.extensions = {DerExtension("1.2.3", null), null};
  CHECK(Starts(Said(spec), "malformed: "));
  spec = About();
  spec.answers.push_back(null);
  CHECK(Starts(Said(spec), "malformed: "));
  AnswerSpec answer = Answer(Der(der::Explicit(1), {DerTime("20260501000000Z"), null}));
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
  answer = Answer();
  answer.next_update.insert(answer.next_update.end(), null.begin(), null.end());
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
  answer = Answer();
  answer.extensions = {DerExtension("1.2.3", null), null};
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
  answer.extensions = {
      DerExtension("2.5.29.24", Der(der::kSequence, {DerTime("20260401000000Z"), null}))};
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
  answer = Answer();
  const Bytes element = Der(der::kSequence, {answer.id, answer.status, answer.this_update,
                                             Der(der::Explicit(0), {answer.next_update}), null});
  spec.answers = {element};
  CHECK(Starts(Said(spec), "malformed: "));
  // Beside what an explicit tag or an extension holds.
  const Bytes extensions = DerExtensions({DerExtension("1.2.3", null)});
  const Bytes next = Der(der::Explicit(0), {answer.next_update});
  spec.answers = {Der(der::kSequence, {answer.id, answer.status, answer.this_update, next,
                                       Der(der::Explicit(1), {extensions, null})})};
  CHECK(Starts(Said(spec), "malformed: "));
  spec = About();
  spec.data_tail = Der(der::Explicit(1), {extensions});
  CHECK(Said(spec) == "good");
  spec.data_tail = Der(der::Explicit(1), {extensions, null});
  CHECK(Starts(Said(spec), "malformed: "));
  spec = About();
  spec.basic_tail = Der(der::Explicit(0), {Der(der::kSequence, {World().root.der}), null});
  CHECK(Starts(Said(spec), "malformed: "));
  Bytes date = DerTime("20260401000000Z");
  date.insert(date.end(), null.begin(), null.end());
  answer.extensions = {DerExtension("2.5.29.24", date)};
  CHECK(SaidMalformed(answer) == "malformed: OCSP response: invalidity date");
  answer = Answer();
  // Not in the one form of its number (X.690 section 8.3.2).
  answer.id = DerCertId(Signer());
  REQUIRE(answer.id.back() == 77);
  answer.id.resize(answer.id.size() - 3);
  const Bytes padded{der::kInteger, 2, 0, 77};
  answer.id.insert(answer.id.end(), padded.begin(), padded.end());
  ++answer.id[1];
  CHECK(Starts(SaidMalformed(answer), "malformed: "));
}

TEST_CASE("other types and versions are unsupported, and many a limit") {
  OcspSpec spec = About();
  spec.type = DerOid("1.3.6.1.5.5.7.48.1.2");
  CHECK(Starts(Said(spec), "unsupported: OCSP response: not a basic response"));
  spec = About();
  spec.version = Der(der::Explicit(0), {DerNumber(1)});
  CHECK(Starts(Said(spec), "unsupported: OCSP response: a version other than 1"));
  spec = About();
  spec.answers.resize(64, spec.answers[0]);
  CHECK(Said(spec) == "good");
  spec.answers.resize(65, spec.answers[0]);
  CHECK(Said(spec) == "limit: OCSP response: too many answers");
  spec = About();
  spec.certificates.resize(10, World().root.der);
  CHECK(Said(spec) == "good");
  spec.certificates.resize(11, World().root.der);
  CHECK(Said(spec) == "limit: OCSP response: too many certificates");
  CHECK(Starts(SayOcsp(Signer(), Bytes(revocation::kMaxOcspBytes + 1)), "limit: "));
}

TEST_CASE("a current response by the issuer says good, revoked or unknown") {
  CHECK(Said(About()) == "good");
  CHECK(Said(About(DerOcspRevoked())) == "revoked");
  CHECK(Said(About(DerOcspRevoked(DerOcspReason(1)))) == "revoked keyCompromise");
  CHECK(Said(About(DerOcspRevoked(DerOcspReason(6)))) == "revoked certificateHold");
  CHECK(Said(About(DerUnknown())) == WhyUnknown("the responder does not know the certificate"));
  const auto ca = OcspAbout(World().issued_ca());
  CHECK(SayOcsp(World().issued_ca(), MakeOcspResponse(World().root, ca)) == "good");
  const auto response =
      Must(revocation::ParseOcspResponse(MakeOcspResponse(World().intermediate, About())));
  const auto status = revocation::CheckOcsp(Signer(), response, {}, kTestTime);
  const auto& good = std::get<revocation::Good>(status);
  CHECK(encoding::ToRfc3339(good.this_update()) == "2026-05-30T00:00:00Z");
  CHECK(encoding::ToRfc3339(good.next_update()) == "2026-06-06T00:00:00Z");
}

TEST_CASE("the response is about this certificate, by any hash of its issuer") {
  for (const std::string& hash : {oids::kSha1, oids::kSha256, oids::kSha384, oids::kSha512}) {
    AnswerSpec answer = Answer();
    answer.id = DerCertId(Signer(), hash);
    CHECK(Said(With({answer})) == "good");
  }
  const std::string other = WhyUnknown("it is not about the certificate");
  CHECK(Said(OcspSpec()) == other);
  CHECK(Said(OcspAbout(World().issued_ca())) == other);
  // Another hash, under whose name the right bytes stand.
  AnswerSpec answer = Answer();
  const Bytes sha1 = DerAlgorithm(oids::kSha1, true);
  const Bytes md5 = DerAlgorithm("1.2.840.113549.2.5", true);
  const Bytes name =
      Der(der::kOctetString,
          {crypto::InsecureSha1(World().intermediate.certificate().subject().der())});
  const Bytes serial = Der(der::kInteger, {Bytes{77}});
  const auto says = [&](const Bytes& algorithm, const Bytes& name_hash, const Bytes& key_hash,
                        const Bytes& number) {
    answer.id = Der(der::kSequence, {algorithm, name_hash, key_hash, number});
    return Said(With({answer}));
  };
  const Bytes element = DerByKey(World().intermediate.certificate());
  const Bytes key(element.begin() + 2, element.end());
  const Bytes zeros = Der(der::kOctetString, {Bytes(20)});
  CHECK(says(sha1, name, key, serial) == "good");
  CHECK(says(DerAlgorithm(oids::kSha1), name, key, serial) == "good");
  CHECK(says(md5, name, key, serial) == other);
  CHECK(says(DerAlgorithm(oids::kSha256), name, key, serial) == other);
  CHECK(says(sha1, zeros, key, serial) == other);
  CHECK(says(sha1, name, zeros, serial) == other);
  CHECK(says(sha1, name, key, DerNumber(78)) == other);
  CHECK(says(sha1, Der(der::kOctetString, {}), Der(der::kOctetString, {}), serial) == other);
  CHECK(says(md5, Der(der::kOctetString, {}), Der(der::kOctetString, {}), serial) == other);
}

TEST_CASE("a response is neither of the future nor run out (A39)") {
  // From May 30th to June 6th, both included.
  const UnixTime from = kTestTime - hours(48);
  const UnixTime until = kTestTime + hours(24 * 5);
  CHECK(Said(About(), from) == "good");
  CHECK(Said(About(), until) == "good");
  CHECK(Starts(Said(About(), from - seconds(1)), WhyUnknown("it is of the future: 2026-05-30")));
  CHECK(Said(About(), until + seconds(1)) ==
        WhyUnknown("it was current until 2026-06-06T00:00:00Z"));
  AnswerSpec answer = Answer();
  answer.next_update = {};
  CHECK(Said(With({answer})) == WhyUnknown("it does not say until when it is current"));
  answer = Answer();
  answer.this_update = DerTime("20260601000001Z");
  CHECK(Said(With({answer})) == WhyUnknown("it is of the future: 2026-06-01T00:00:01Z"));
  answer.this_update = DerTime("20260601000000Z");
  CHECK(Said(With({answer})) == "good");
  OcspSpec spec = About();
  spec.produced_at = DerTime("20260601000001Z");
  CHECK(Said(spec) == WhyUnknown("it is of the future: 2026-06-01T00:00:01Z"));
}

TEST_CASE("a revocation outlives its response, a hold does not (Notary Project)") {
  const UnixTime later = kTestTime + hours(24 * 30);
  CHECK(Said(About(DerOcspRevoked()), later) == "revoked");
  CHECK(Said(About(DerOcspRevoked(DerOcspReason(4))), later) == "revoked superseded");
  CHECK(Starts(Said(About(DerOcspRevoked(DerOcspReason(6))), later), "unknown: "));
  AnswerSpec answer = Answer(DerOcspRevoked());
  answer.next_update = {};
  CHECK(Said(With({answer})) == "revoked");
  answer = Answer(DerOcspRevoked(DerOcspReason(6)));
  answer.next_update = {};
  CHECK(Starts(Said(With({answer})), "unknown: "));
  // Before it was said, it was not.
  CHECK(Starts(Said(About(DerOcspRevoked()), kTestTime - hours(49)), "unknown: "));
}

TEST_CASE("of several answers the worst counts") {
  const AnswerSpec good = Answer();
  const AnswerSpec revoked = Answer(DerOcspRevoked(DerOcspReason(1)));
  const AnswerSpec hold = Answer(DerOcspRevoked(DerOcspReason(6)));
  const AnswerSpec unknown = Answer(DerUnknown());
  AnswerSpec old = Answer();
  old.next_update = DerTime("20260531000000Z");
  CHECK(Said(With({good, good})) == "good");
  CHECK(Said(With({good, revoked})) == "revoked keyCompromise");
  CHECK(Said(With({revoked, good})) == "revoked keyCompromise");
  CHECK(Said(With({hold, revoked})) == "revoked keyCompromise");
  CHECK(Said(With({revoked, hold})) == "revoked keyCompromise");
  CHECK(Said(With({unknown, hold})) == "revoked certificateHold");
  CHECK(Said(With({hold, unknown})) == "revoked certificateHold");
  CHECK(Starts(Said(With({good, unknown})), "unknown: "));
  CHECK(Starts(Said(With({unknown, good})), "unknown: "));
  CHECK(Starts(Said(With({old, good})), "unknown: "));
  CHECK(Starts(Said(With({good, old})), "unknown: "));
  // Others say nothing about this one.
  AnswerSpec other = revoked;
  other.id = DerCertId(World().issued_ca());
  CHECK(Said(With({other, good})) == "good");
  AnswerSpec shorter = good;
  shorter.this_update = DerTime("20260529000000Z");
  shorter.next_update = DerTime("20260602000000Z");
  shorter.id = DerCertId(Signer(), oids::kSha256);
  const auto response = Must(
      revocation::ParseOcspResponse(MakeOcspResponse(World().intermediate, With({good, shorter}))));
  const auto status = revocation::CheckOcsp(Signer(), response, {}, kTestTime);
  CHECK(encoding::ToRfc3339(std::get<revocation::Good>(status).this_update()) ==
        "2026-05-29T00:00:00Z");
  CHECK(encoding::ToRfc3339(std::get<revocation::Good>(status).next_update()) ==
        "2026-06-02T00:00:00Z");
}

TEST_CASE("what is critical in a response and not understood says nothing") {
  const std::string unknown = WhyUnknown("it has the unknown critical extension 1.2.3");
  OcspSpec spec = About();
  spec.extensions = {DerExtension("1.2.3", {0x05, 0x00})};
  CHECK(Said(spec) == "good");
  spec.extensions = {DerExtension("1.2.3", {0x05, 0x00}, true)};
  CHECK(Said(spec) == unknown);
  AnswerSpec answer = Answer();
  answer.extensions = {DerExtension("1.2.3", {0x05, 0x00})};
  CHECK(Said(With({answer})) == "good");
  answer.extensions = {DerExtension("1.2.3", {0x05, 0x00}, true)};
  CHECK(Said(With({answer})) == unknown);
  answer.status = DerOcspRevoked();
  CHECK(Said(With({answer})) == unknown);
  // About another certificate it harms nobody.
  answer.id = DerCertId(World().issued_ca());
  CHECK(Said(With({answer, Answer()})) == "good");
}

TEST_CASE("an invalidity date of a response is taken") {
  AnswerSpec answer = Answer(DerOcspRevoked());
  answer.extensions = {DerExtension("2.5.29.24", DerTime("20260401000000Z"), true)};
  const auto response =
      Must(revocation::ParseOcspResponse(MakeOcspResponse(World().intermediate, With({answer}))));
  const auto status = revocation::CheckOcsp(Signer(), response, {}, kTestTime);
  const auto& revoked = std::get<revocation::Revoked>(status);
  CHECK(encoding::ToRfc3339(revoked.invalid_since.value()) == "2026-04-01T00:00:00Z");
  CHECK(encoding::ToRfc3339(revoked.time) == "2026-05-01T00:00:00Z");
}

TEST_CASE("no response with a changed bit, or cut short, says anything") {
  const Identity responder =
      Issue(ResponderSpec().With("noCheck", "ignored"), World().intermediate);
  OcspSpec by_responder = About(DerOcspRevoked(DerOcspReason(1)));
  by_responder.certificates = {responder.der};
  for (const Bytes& genuine : {MakeOcspResponse(World().intermediate, About()),
                               MakeOcspResponse(responder, by_responder)}) {
    REQUIRE(SaysSomething(SayOcsp(Signer(), genuine)));
    for (std::size_t bit = 0; bit < genuine.size() * 8; ++bit) {
      Bytes changed = genuine;
      changed[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
      if (SaysSomething(SayOcsp(Signer(), changed))) FAIL("bit " << bit);
    }
    for (std::size_t size = 0; size < genuine.size(); ++size) {
      const Bytes cut(genuine.begin(), genuine.begin() + static_cast<std::ptrdiff_t>(size));
      if (SaysSomething(SayOcsp(Signer(), cut))) FAIL("size " << size);
    }
  }
}

}  // namespace hallmark::testing
