#include "hallmark/tsa/token.h"

#include "hallmark/tsa/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

const TimestampAuthority& Authority() {
  static const TimestampAuthority authority = TimestampAuthority::Make();
  return authority;
}

template <class Change>
std::string Changed(const Change& change) {
  TokenSpec spec = SpecFor(kMessage);
  change(spec);
  return SayParsed(tsa::ParseToken(MakeToken(Authority(), spec)));
}

bool Says(const std::string& said, const std::string& words) {
  INFO(said);
  const bool holds = said.find(words) != std::string::npos;
  CHECK(holds);
  return holds;
}

Bytes Digest() { return Der(0x04, {Bytes(32)}); }

}  // namespace

TEST_CASE("a token is read whole") {
  const Bytes bytes = MakeToken(Authority(), SpecFor(kMessage));
  const tsa::Token token = Must(tsa::ParseToken(bytes));
  CHECK(AsText(token.der()) == AsText(bytes));
  CHECK(token.unverified_info().policy == "1.2.3.4.1");
  REQUIRE(token.certificates().size() == 2);
  CHECK(token.certificates()[0] == Authority().stamper.certificate());
}

TEST_CASE("a token is signed data about a TSTInfo") {
  Says(Changed([](TokenSpec& spec) { spec.token_type = DerOid(oids::kData); }),
       "malformed: timestamp token: not signed data");
  Says(Changed([](TokenSpec& spec) { spec.data_type = DerOid(oids::kData); }),
       "content is no TSTInfo");
  Says(Changed([](TokenSpec& spec) {
         spec.content_type = DerAttribute(oids::kContentType, {DerOid(oids::kData)});
       }),
       "attribute contentType is not TSTInfo");
  Says(Changed([](TokenSpec& spec) { spec.tst_info = Bytes{0x30, 0}; }), "malformed: ");
  Says(Changed([](TokenSpec& spec) { spec.tst_info = Bytes{}; }), "malformed: ");
  for (const int version : {0, 1, 2, 6}) {
    Says(Changed([&](TokenSpec& spec) {
           spec.data_version = DerNumber(static_cast<std::uint8_t>(version));
         }),
         "version of the signed data");
  }
}

TEST_CASE("exactly one signer") {
  Says(Changed([](TokenSpec& spec) { spec.signers = 0; }), "nobody signed");
  Says(Changed([](TokenSpec& spec) { spec.signers = 2; }), "not exactly one signer");
  Says(Changed([](TokenSpec& spec) { spec.signer_version = DerNumber(2); }),
       "version of the signer");
  Says(Changed([](TokenSpec& spec) { spec.signer_version = DerNumber(3); }), "key identifier");
  const Bytes name{0x30, 0};
  for (const Bytes& bad :
       {Der(0x30, {}), Der(0x30, {name}), Der(0x30, {DerNumber(1), DerNumber(1)}),
        Der(0x30, {name, DerNumber(1), DerNumber(1)})}) {
    Says(Changed([&](TokenSpec& spec) { spec.signer_name = bad; }), "issuer of the signer");
  }
  Says(Changed([](TokenSpec& spec) { spec.unsigned_attributes = Bytes{0xA2, 0}; }), "signer");
  CHECK(Changed([](TokenSpec& spec) { spec.unsigned_attributes = Bytes{0xA1, 0}; }) == "parsed");
}

TEST_CASE("signed attributes stand once, with one value of their type (A45)") {
  Says(Changed([](TokenSpec& spec) { spec.attributes = false; }), "no signed attributes");
  Says(Changed([](TokenSpec& spec) { spec.content_type = {}; }), "no attribute contentType");
  Says(Changed([](TokenSpec& spec) { spec.message_digest = Bytes{}; }),
       "no attribute messageDigest");
  Says(Changed([](TokenSpec& spec) { spec.signing_certificate = Bytes{}; }),
       "no attribute signingCertificateV2");
  Says(Changed([](TokenSpec& spec) {
         spec.message_digest =
             DerAttribute(oids::kMessageDigest, {DerText(0x0C, std::string(32, 'a'))});
       }),
       "messageDigest is no OCTET STRING");
  Says(Changed([](TokenSpec& spec) {
         spec.message_digest = DerAttribute(oids::kMessageDigest, {Digest(), Digest()});
       }),
       "messageDigest is no OCTET STRING");
  Says(Changed(
           [](TokenSpec& spec) { spec.message_digest = DerAttribute(oids::kMessageDigest, {}); }),
       "messageDigest is no OCTET STRING");
  Says(Changed([](TokenSpec& spec) {
         spec.more_attributes = {DerAttribute(oids::kMessageDigest, {Digest()})};
       }),
       "stands twice");
  Says(Changed([](TokenSpec& spec) { spec.more_attributes = {Der(0x30, {DerOid("1.2.3")})}; }),
       "signed attribute");
  CHECK(Changed([](TokenSpec& spec) {
          spec.more_attributes = {
              DerAttribute("1.2.3", {}),
              DerAttribute(oids::kSigningTime, {DerText(0x17, "260601000000Z")})};
        }) == "parsed");
}

TEST_CASE("the signing certificate is named by SHA-2 (RFC 5816)") {
  const auto named = [](const std::vector<Bytes>& id) {
    return Changed([&](TokenSpec& spec) {
      spec.signing_certificate =
          DerAttribute(oids::kSigningCertificateV2, {Der(0x30, {Der(0x30, {Der(0x30, id)})})});
    });
  };
  CHECK(named({Digest()}) == "parsed");
  CHECK(named({DerAlgorithm(oids::kSha256, true), Digest()}) == "parsed");
  CHECK(named({DerAlgorithm(oids::kSha512), Der(0x04, {Bytes(64)})}) == "parsed");
  Says(named({DerAlgorithm(oids::kSha1), Der(0x04, {Bytes(20)})}), "unsupported: ");
  Says(named({DerAlgorithm(oids::kSha512), Digest()}), "identifier of the signing certificate");
  Says(named({Der(0x04, {Bytes(20)})}), "identifier of the signing certificate");
  Says(named({Digest(), Digest()}), "identifier of the signing certificate");
  const Bytes issuer_serial = IssuerSerial(Authority().stamper.certificate());
  CHECK(named({Digest(), issuer_serial}) == "parsed");
  Says(named({Digest(), Der(0x30, {Der(0x30, {DerText(0x82, "a.test")}), DerNumber(1)})}),
       "issuer of the signing certificate");
  Says(Changed([](TokenSpec& spec) {
         spec.signing_certificate =
             DerAttribute(oids::kSigningCertificate,
                          {Der(0x30, {Der(0x30, {Der(0x30, {Der(0x04, {Bytes(20)})})})})});
       }),
       "unsupported: timestamp token: the signing certificate is named by SHA-1 only");
  // Policies may follow the identifiers, and nothing else.
  const auto followed = [](const std::vector<Bytes>& more) {
    std::vector<Bytes> fields{Der(0x30, {Der(0x30, {Digest()})})};
    fields.insert(fields.end(), more.begin(), more.end());
    return Changed([&](TokenSpec& spec) {
      spec.signing_certificate = DerAttribute(oids::kSigningCertificateV2, {Der(0x30, fields)});
    });
  };
  CHECK(followed({Der(0x30, {})}) == "parsed");
  Says(followed({DerNumber(1)}), "malformed: timestamp token: signing certificate");
  Says(followed({Der(0x30, {}), DerNumber(1)}), "malformed: timestamp token: signing certificate");
  Says(Changed([](TokenSpec& spec) {
         spec.signing_certificate =
             DerAttribute(oids::kSigningCertificateV2, {Der(0x30, {Der(0x30, {})})});
       }),
       "malformed: ");
}

TEST_CASE("algorithms are those that Hallmark uses, and agree (A30)") {
  const auto algorithms = [](const Bytes& digest, const Bytes& signature) {
    return Changed([&](TokenSpec& spec) {
      spec.digest_algorithm = digest;
      spec.digest_algorithms = Der(0x31, {digest});
      spec.signature_algorithm = signature;
    });
  };
  CHECK(algorithms(DerAlgorithm(oids::kSha256, true), DerAlgorithm(oids::kEcdsaSha256)) ==
        "parsed");
  CHECK(algorithms(DerAlgorithm(oids::kSha384), DerAlgorithm(oids::kRsaEncryption, true)) ==
        "parsed");
  CHECK(algorithms(DerAlgorithm(oids::kSha512), DerAlgorithm("1.3.101.112")) == "parsed");
  Says(algorithms(DerAlgorithm(oids::kSha1), DerAlgorithm(oids::kEcdsaSha256)),
       "unsupported: timestamp token: digest by another hash than SHA-2");
  Says(algorithms(DerAlgorithm(oids::kSha256), DerAlgorithm("1.2.840.10045.4.1")), "unsupported: ");
  Says(algorithms(DerAlgorithm(oids::kSha256), DerAlgorithm("1.2.840.113549.1.1.5", true)),
       "unsupported: ");
  Says(algorithms(DerAlgorithm(oids::kSha256), DerAlgorithm(oids::kEcdsaSha384)),
       "digest and signature by different hashes");
  Says(Changed([](TokenSpec& spec) { spec.digest_algorithms = Der(0x31, {}); }),
       "the signer's digest is not announced");
}

TEST_CASE("a token has one encoding (A17, A19)") {
  Says(Changed([](TokenSpec& spec) {
         spec.more_attributes = {DerAttribute("1.2.3", {})};
         spec.sorted = false;
       }),
       "a SET is not in order");
  Bytes bytes = MakeToken(Authority(), SpecFor(kMessage));
  Bytes longer = bytes;
  longer.push_back(0);
  Says(SayParsed(tsa::ParseToken(longer)), "malformed: ");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(tsa::ParseToken(ByteView(bytes).first(size)).ok());
  }
  // Indefinite length around the whole.
  Bytes indefinite{0x30, 0x80};
  indefinite.insert(indefinite.end(), bytes.begin() + 4, bytes.end());
  indefinite.insert(indefinite.end(), {0, 0});
  Says(SayParsed(tsa::ParseToken(indefinite)), "malformed: ");
}

TEST_CASE("sizes, counts and depth of a token are bounded (A17, A57)") {
  Says(SayParsed(tsa::ParseToken(Bytes(tsa::kMaxTokenBytes + 1, 0x30))), "limit: ");
  Says(Changed([](TokenSpec& spec) {
         spec.certificates =
             Der(0xA0, std::vector<Bytes>(tsa::kMaxCertificates + 1, Bytes{0x30, 0}));
       }),
       "limit: timestamp token: more than 16 certificates");
  Says(Changed([](TokenSpec& spec) {
         for (int i = 0; i < 40; ++i) {
           spec.more_attributes.push_back(DerAttribute("1.2." + std::to_string(i), {}));
         }
       }),
       "limit: timestamp token: too many signed attributes");
  Says(Changed([](TokenSpec& spec) {
         std::vector<Bytes> digests(tsa::kMaxDigestAlgorithms + 1, DerAlgorithm(oids::kSha256));
         spec.digest_algorithms = Der(0x31, digests);
       }),
       "limit: timestamp token: too many digests");
  Bytes deep;
  for (int i = 0; i < 5000; ++i) deep = Der(0x30, {deep});
  Says(SayParsed(tsa::ParseToken(deep)), "limit: ");
  Says(Changed([&](TokenSpec& spec) { spec.tst_info = deep; }), "limit: ");
}

TEST_CASE("what is no certificate in the list is passed over") {
  const std::vector<Bytes> strange{Bytes{0x30, 0}, Der(0xA1, {DerNumber(1)}),
                                   Authority().stamper.der};
  TokenSpec spec = SpecFor(kMessage);
  spec.certificates = Der(0xA0, strange);
  const tsa::Token token = Must(tsa::ParseToken(MakeToken(Authority(), spec)));
  REQUIRE(token.certificates().size() == 1);
  CHECK(token.certificates()[0] == Authority().stamper.certificate());
  spec.certificates = Bytes{0xA0, 0};
  CHECK(Must(tsa::ParseToken(MakeToken(Authority(), spec))).certificates().empty());
  spec.certificates = Bytes{};
  CHECK(Must(tsa::ParseToken(MakeToken(Authority(), spec))).certificates().empty());
  spec.revocation_lists = Der(0xA1, {Bytes{0x30, 0}});
  CHECK(tsa::ParseToken(MakeToken(Authority(), spec)).ok());
}

}  // namespace hallmark::testing
