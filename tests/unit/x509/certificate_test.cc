#include "hallmark/x509/certificate.h"

#include <algorithm>

#include "hallmark/encoding/hex.h"
#include "hallmark/x509/limits.h"
#include "tests/support/catch.h"
#include "tests/support/x509_authority.h"

namespace hallmark::testing {
namespace {

using x509::AlternativeName;
using x509::Certificate;
using Kind = AlternativeName::Kind;

// "read", or the error's word.
std::string WordOf(ByteView der) {
  const auto certificate = Certificate::FromDer(der);
  return certificate.ok() ? "read" : std::string(ToWord(certificate.error().code()));
}
std::string WordOf(const CertificateSpec& spec) { return WordOf(SelfSigned(spec).der); }

// The certificate with the first occurrence of `from` replaced by as many bytes.
Bytes Replaced(Bytes der, std::string_view from, std::string_view to) {
  const Bytes old = encoding::FromHex(from).value();
  const Bytes fresh = encoding::FromHex(to).value();
  const auto found = std::search(der.begin(), der.end(), old.begin(), old.end());
  if (found == der.end() || old.size() != fresh.size())
    throw std::runtime_error("nothing to replace");
  std::copy(fresh.begin(), fresh.end(), found);
  return der;
}

}  // namespace

TEST_CASE("a certificate is read whole") {
  CertificateSpec spec = SignerSpec();
  spec.serial = 0x1234;
  spec.extensions.emplace_back("subjectAltName",
                               "email:a@example.com,URI:https://ci.example/x,DNS:example.com,"
                               "otherName:1.3.6.1.4.1.57264.1.7;UTF8:me,IP:127.0.0.1");
  spec.extensions.emplace_back("1.3.6.1.4.1.57264.1.8", "critical,ASN1:UTF8String:https://x");
  const Identity identity = SelfSigned(spec);
  const Certificate certificate = identity.certificate();
  CHECK(certificate.der().size() == identity.der.size());
  CHECK(encoding::ToHex(certificate.serial()) == "1234");
  CHECK(certificate.subject().text() == "CN=signer,O=Hallmark Test,ST=WA,C=US");
  CHECK(certificate.IsSelfIssued());
  CHECK_FALSE(certificate.IsCa());
  CHECK(certificate.not_before() == spec.not_before);
  CHECK(certificate.not_after() == spec.not_after);
  CHECK(certificate.key_usage()->critical);
  CHECK(certificate.key_usage()->bits == 1);
  CHECK(certificate.key_usage()->Has(x509::KeyUsageBit::kDigitalSignature));
  CHECK_FALSE(certificate.extended_key_usage()->critical);
  CHECK(certificate.extended_key_usage()->purposes ==
        std::vector<std::string>{std::string(x509::oid::kCodeSigning)});
  CHECK(certificate.alternative_names() ==
        std::vector<AlternativeName>{{Kind::kEmail, "a@example.com", ""},
                                     {Kind::kUri, "https://ci.example/x", ""},
                                     {Kind::kDns, "example.com", ""},
                                     {Kind::kOther, "\x0c\x02me", "1.3.6.1.4.1.57264.1.7"},
                                     {Kind::kOther, std::string("\x7f\0\0\x01", 4), ""}});
  const auto* extension = certificate.FindExtension("1.3.6.1.4.1.57264.1.8");
  REQUIRE(extension != nullptr);
  CHECK(extension->critical);
  CHECK(AsText(extension->value) == "\x0c\x09https://x");
  CHECK(certificate.FindExtension("1.2.3") == nullptr);
  CHECK(certificate.public_key().value().fingerprint() ==
        identity.key.private_key().public_key().fingerprint());
}

TEST_CASE("CAs, path lengths and the ninth bit of key usage are read") {
  const auto ca = SelfSigned(RootSpec()
                                 .With("basicConstraints", "critical,CA:TRUE,pathlen:3")
                                 .With("keyUsage", "keyCertSign,keyAgreement,decipherOnly"))
                      .certificate();
  CHECK(ca.IsCa());
  CHECK(ca.basic_constraints()->critical);
  CHECK(ca.basic_constraints()->path_length == 3u);
  CHECK_FALSE(ca.key_usage()->critical);
  CHECK(ca.key_usage()->Has(x509::KeyUsageBit::kDecipherOnly));
  CHECK(ca.key_usage()->bits == (1u << 5 | 1u << 4 | 1u << 8));
  CertificateSpec version_1 = RootSpec();
  version_1.version = 1;
  CHECK(WordOf(version_1) == "malformed");  // extensions want version 3
  version_1.extensions.clear();
  CHECK_FALSE(SelfSigned(version_1).certificate().IsCa());
  version_1.version = 2;
  CHECK(WordOf(version_1) == "unsupported");
}

TEST_CASE("a certificate has one encoding (A19)") {
  const Bytes good = SelfSigned(SignerSpec()).der;
  CHECK(WordOf(good) == "read");
  Bytes trailing = good;
  trailing.push_back(0);
  CHECK(WordOf(trailing) == "malformed");
  for (std::size_t size = 0; size < good.size(); ++size) {
    REQUIRE(WordOf(ByteView(good).first(size)) == "malformed");
  }
  // The outer length in three bytes instead of two.
  Bytes long_form = good;
  long_form[1] = 0x83;
  long_form.insert(long_form.begin() + 2, 0);
  CHECK(WordOf(long_form) == "malformed");
  Bytes indefinite = good;
  indefinite[1] = 0x80;
  indefinite.erase(indefinite.begin() + 2, indefinite.begin() + 4);
  indefinite.insert(indefinite.end(), {0, 0});
  CHECK(WordOf(indefinite) == "malformed");
  // Version 1 spelt out; a boolean that is neither; a critical flag that spells the default out.
  CHECK(WordOf(Replaced(good, "a003020102", "a003020100")) == "malformed");
  CHECK(WordOf(Replaced(good, "0101ff", "010101")) == "malformed");
  CHECK(WordOf(Replaced(good, "0101ff", "010100")) == "malformed");
  // Serial number negative, and not minimal.
  CHECK(WordOf(Replaced(good, "a003020102020101", "a0030201020201ff")) == "malformed");
  // Two names for the signature's algorithm.
  CHECK(WordOf(Replaced(good, "2a8648ce3d040302", "2a8648ce3d040303")) == "malformed");
}

TEST_CASE("dates are read in the form of RFC 5280 only") {
  CertificateSpec far = SignerSpec();
  far.not_after = UnixTime(std::chrono::seconds(253402300799));  // 9999-12-31T23:59:59Z
  CHECK(SelfSigned(far).certificate().not_after() == far.not_after);
  const Bytes good = SelfSigned(SignerSpec()).der;
  const std::string month = "170d3236303130";                             // "26010..."
  CHECK(WordOf(Replaced(good, month, "170d3236313331")) == "malformed");  // month 13
  CHECK(WordOf(Replaced(good, month, "170d3236303020")) == "malformed");
}

TEST_CASE("alternative names are whole printable text, never cut at NUL (A21)") {
  const auto with = [](const std::string& name) {
    return WordOf(SignerSpec().With("subjectAltName", name));
  };
  CHECK(with("email:a@example.com") == "read");
  CHECK(with("DER:30078105610040622e") == "malformed");  // a NUL @ b .
  CHECK(with("DER:3005810361e962") == "malformed");      // not ASCII
  CHECK(with("DER:30028200") == "malformed");            // empty
  CHECK(with("DER:3000") == "malformed");
  CHECK(with("DER:30038901aa") == "malformed");        // no such kind
  CHECK(with("DER:30058103612e622a") == "malformed");  // a byte more
}

TEST_CASE("extensions stand once, and are what they say") {
  const auto with = [](const std::string& type, const std::string& value) {
    return WordOf(SignerSpec().With(type, value));
  };
  CHECK(with("basicConstraints", "DER:3000") == "read");
  CHECK(with("basicConstraints", "DER:3003010100") == "malformed");
  CHECK(with("basicConstraints", "DER:30060101ff0201ff") == "malformed");
  CHECK(with("keyUsage", "DER:0300") == "malformed");
  CHECK(with("extendedKeyUsage", "DER:3000") == "malformed");
  CHECK(with("nameConstraints", "DER:3000") == "malformed");
  CHECK(with("1.2.3", "DER:ffff") == "read");  // not looked at
  CertificateSpec twice = SignerSpec();
  twice.extensions.emplace_back("1.2.3", "DER:0500");
  twice.extensions.emplace_back("1.2.3", "DER:0500");
  CHECK(WordOf(twice) == "malformed");
}

TEST_CASE("sizes and counts are bounded (A17, A37)") {
  CertificateSpec large = SignerSpec();
  large.extensions.emplace_back("1.2.3", "ASN1:UTF8String:" + std::string(70'000, 'x'));
  CHECK(WordOf(large) == "limit");
  CertificateSpec many = SignerSpec();
  for (std::size_t i = 0; i <= x509::kMaxExtensions; ++i) {
    many.extensions.emplace_back("1.2.3." + std::to_string(i), "DER:0500");
  }
  CHECK(WordOf(many) == "limit");
  std::string names = "DNS:a";
  for (int i = 0; i < 3000; ++i) names += ",DNS:n" + std::to_string(i);
  CHECK(WordOf(SignerSpec().With("subjectAltName", names)) == "limit");
  CHECK(WordOf(Bytes(100'000, 0x30)) == "limit");
}

TEST_CASE("names are compared by their bytes and shown as RFC 4514 has it (A21)") {
  const auto subject = [](TextPairs pairs) {
    CertificateSpec spec = SignerSpec();
    spec.subject = std::move(pairs);
    return SelfSigned(spec).certificate().subject();
  };
  CHECK(subject({{"O", "a"}}) == subject({{"O", "a"}}));
  CHECK_FALSE(subject({{"O", "a"}}) == subject({{"O", "A"}}));
  CHECK_FALSE(subject({{"O", "a"}}) == subject({{"O", "a "}}));
  CHECK_FALSE(subject({{"O", "a"}, {"OU", "b"}}) == subject({{"OU", "b"}, {"O", "a"}}));
  CHECK(subject({{"O", "#a, \"b\" "}, {"CN", "x+y"}}).text() == "CN=x\\+y,O=\\#a\\, \\\"b\\\"\\ ");
  CHECK(subject({{"O", std::string("a\0b", 3)}}).text() == "O=a\\00b");
  CHECK(subject({{"O", "a\nb"}}).text() == "O=a\\0ab");
  CHECK(subject({{"emailAddress", "a@b"}}).text() == "1.2.840.113549.1.9.1=#1603614062");
  CHECK(subject({{"CN", "\xc3\xa9"}}).relative_names()[0][0].text == "\xc3\xa9");
}

TEST_CASE("PEM holds certificates and nothing else") {
  const Certificate a = SelfSigned(RootSpec("a")).certificate();
  const Certificate b = SelfSigned(RootSpec("b")).certificate();
  const auto chain = Certificate::ChainFromPem(a.ToPem() + "\r\n" + b.ToPem());
  REQUIRE(chain.ok());
  CHECK(chain.value() == std::vector<Certificate>{a, b});
  const auto word = [](const std::string& pem) {
    const auto read = Certificate::ChainFromPem(pem);
    return read.ok() ? "read" : std::string(ToWord(read.error().code()));
  };
  CHECK(word("") == "malformed");
  CHECK(word(" \n") == "malformed");
  CHECK(word(a.ToPem() + "x") == "malformed");
  CHECK(word("x" + a.ToPem()) == "malformed");
  CHECK(word(a.ToPem() + TestKey::Make("P-256").ToPem()) == "malformed");
  CHECK(word(std::string(x509::kMaxPemBytes + 1, ' ')) == "limit");
}

TEST_CASE("keys that Hallmark does not use are read with the certificate, and refused when used") {
  for (const std::string kind : {"P-224", "secp256k1", "RSA-1024"}) {
    const auto certificate = SelfSigned(SignerSpec(), TestKey::Make(kind)).certificate();
    CHECK(certificate.public_key().error().code() == ErrorCode::kUnsupported);
  }
}

}  // namespace hallmark::testing
