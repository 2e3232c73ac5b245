#include "hallmark/tsa/response.h"

#include "hallmark/encoding/hex.h"
#include "hallmark/tsa/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

const TimestampAuthority& Authority() {
  static const TimestampAuthority authority = TimestampAuthority::Make();
  return authority;
}

tsa::Request Ask(std::uint8_t random = 0x11) {
  return tsa::MakeRequest(tsa::Imprint::Of(crypto::HashAlgorithm::kSha256, AsBytes(kMessage)),
                          Bytes(tsa::kNonceBytes, random));
}

TokenSpec AnswerTo(const tsa::Request& request) {
  TokenSpec spec = SpecFor(kMessage);
  spec.nonce = Der(0x02, {request.nonce});
  return spec;
}

Bytes GoodToken() { return MakeToken(Authority(), AnswerTo(Ask())); }

bool Says(const std::string& said, const std::string& words) {
  INFO(said);
  const bool holds = said.starts_with(words);
  CHECK(holds);
  return holds;
}

std::string Read(const Bytes& response) { return SayParsed(tsa::ReadResponse(response, Ask())); }

Bytes Status(const std::vector<Bytes>& parts) { return Der(0x30, parts); }

}  // namespace

TEST_CASE("a request asks for one imprint, with a nonce and the certificate") {
  const tsa::Request request = Ask();
  CHECK(encoding::ToHex(request.der) == "304b0201013031300d060960864801650304020105000420" +
                                            encoding::ToHex(request.imprint.digest) + "0210" +
                                            encoding::ToHex(request.nonce) + "0101ff");
  CHECK(request.nonce.size() == tsa::kNonceBytes);
  for (const std::uint8_t random : {std::uint8_t{0}, std::uint8_t{0x80}, std::uint8_t{0xFF}}) {
    CHECK((Ask(random).nonce[0] & 0xC0) == 0x40);
  }
  const auto sha512 = tsa::MakeRequest(
      tsa::Imprint::Of(crypto::HashAlgorithm::kSha512, AsBytes(kMessage)), Bytes(16, 1));
  CHECK(sha512.der.size() == request.der.size() + 32);
}

TEST_CASE("an answer is granted, with or without changes") {
  CHECK(Read(MakeResponse(GoodToken())) == "parsed");
  CHECK(Read(MakeResponse(GoodToken(), Status({DerNumber(1)}))) == "parsed");
  const Bytes texts = Der(0x30, {DerText(0x0C, "fine"), DerText(0x0C, "very fine")});
  CHECK(Read(MakeResponse(GoodToken(), Status({DerNumber(0), texts}))) == "parsed");
}

TEST_CASE("a refusal is told in the authority's words, token or not (A45, A109)") {
  for (const std::uint8_t status : {std::uint8_t{2}, std::uint8_t{3}, std::uint8_t{5}}) {
    Says(Read(MakeResponse(GoodToken(), Status({DerNumber(status)}))),
         "auth: timestamp response: refused, status " + std::to_string(status));
    Says(Read(MakeResponse({}, Status({DerNumber(status)}))), "auth: timestamp response: refused");
  }
  const Bytes texts = Der(0x30, {DerText(0x0C, "no\x1B[31m!"), DerText(0x0C, "later")});
  const Bytes bits = Der(0x03, {Bytes{0, 0x20, 0x01, 0x00, 0x40}});
  CHECK(Read(MakeResponse({}, Status({DerNumber(2), texts, bits}))) ==
        "auth: timestamp response: refused, status 2 badRequest unacceptedPolicy systemFailure: "
        "no\\x1b[31m!: later");
  const Bytes many = Der(0x30, std::vector<Bytes>(100, DerText(0x0C, std::string(600, 'x'))));
  CHECK(Read(MakeResponse({}, Status({DerNumber(2), many}))).size() < 4096);
}

TEST_CASE("an answer answers what was asked") {
  const auto read = [](const TokenSpec& spec) {
    return Read(MakeResponse(MakeToken(Authority(), spec)));
  };
  Says(read(AnswerTo(Ask(0x12))), "protocol: timestamp response: it has another nonce");
  Says(read(SpecFor(kMessage)), "protocol: timestamp response: it has another nonce");
  TokenSpec other = SpecFor("something else");
  other.nonce = AnswerTo(Ask()).nonce;
  Says(read(other), "protocol: timestamp response: it stamps something else");
  TokenSpec longer = AnswerTo(Ask());
  longer.imprint =
      Der(0x30, {DerAlgorithm(oids::kSha512),
                 Der(0x04, {crypto::Hash(crypto::HashAlgorithm::kSha512, AsBytes(kMessage))})});
  Says(read(longer), "protocol: timestamp response: it stamps something else");
}

TEST_CASE("an answer carries the certificate that signed it") {
  TokenSpec spec = AnswerTo(Ask());
  spec.certificates = Bytes{};
  Says(Read(MakeResponse(MakeToken(Authority(), spec))),
       "protocol: timestamp response: the certificate that signed is neither");
  spec.certificates = std::nullopt;
  spec.signature = Bytes(70, 1);
  Says(Read(MakeResponse(MakeToken(Authority(), spec))),
       "protocol: timestamp response: its signature is not by");
  const auto signer = TimestampAuthority::Make(SignerSpec());
  Says(Read(MakeResponse(MakeToken(signer, AnswerTo(Ask())))),
       "protocol: timestamp response: certificate of");
}

TEST_CASE("what is no answer is malformed, and sizes are bounded") {
  Says(Read({}), "malformed: timestamp response: ");
  Says(Read(GoodToken()), "malformed: timestamp response: ");
  Says(Read(MakeResponse({})), "malformed: timestamp response: granted, and no token");
  Says(Read(MakeResponse(GoodToken(), Bytes{0x30, 0})), "malformed: ");
  Says(Read(MakeResponse(GoodToken(), Status({DerNumber(0), DerNumber(0)}))), "malformed: ");
  Says(Read(MakeResponse(GoodToken(), Status({DerNumber(0), Der(0x30, {DerNumber(0)})}))),
       "malformed: ");
  Says(Read(Der(0x30, {Status({DerNumber(0)}), GoodToken(), GoodToken()})),
       "malformed: timestamp response: more after the token");
  Says(Read(Bytes(tsa::kMaxResponseBytes + 1, 0x30)), "limit: timestamp response: ");
  const Bytes good = MakeResponse(GoodToken());
  for (std::size_t size = 0; size < good.size(); ++size) {
    CHECK_FALSE(tsa::ParseResponse(ByteView(good).first(size)).ok());
  }
}

TEST_CASE("a response as a bundle keeps it proves its time, and a refusal does not (A45)") {
  const tsa::Trust trust = Authority().trust();
  const auto verify = [&](const Bytes& response) {
    return Say(tsa::VerifyResponse(response, AsBytes(kMessage), trust, kTestTime));
  };
  CHECK(verify(MakeResponse(GoodToken())) == "verified");
  Says(verify(MakeResponse(GoodToken(), Status({DerNumber(2)}))),
       "timestamp: timestamp response: refused, status 2");
  Says(verify(GoodToken()), "timestamp: ");
}

}  // namespace hallmark::testing
