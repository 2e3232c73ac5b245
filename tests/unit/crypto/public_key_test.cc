#include "hallmark/crypto/public_key.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "hallmark/crypto/internal/spki.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/pem.h"
#include "tests/support/catch.h"
#include "tests/unit/crypto/fixtures.h"

namespace hallmark::crypto {
namespace {

Bytes SpkiOf(std::string_view pem) { return encoding::ParsePem(pem).value().bytes; }

ErrorCode RefusalOf(ByteView spki) {
  const auto key = PublicKey::FromSpki(spki);
  REQUIRE_FALSE(key.ok());
  CHECK_FALSE(key.error().message().empty());
  return key.error().code();
}

Bytes EcSpki(KeyType type, ByteView point) { return EncodeSpki({type, std::nullopt}, point); }

Bytes RsaSpki(std::size_t modulus_bytes, std::string_view exponent_hex, std::uint8_t last = 0xFF) {
  Bytes modulus(modulus_bytes, 0xC3);
  modulus.back() = last;
  const Bytes exponent = encoding::FromHex(exponent_hex).value();
  return EncodeSpki({KeyType::kRsa, std::nullopt}, EncodeRsaPublicKey({modulus, exponent}));
}

TEST_CASE("a public key says what it is") {
  const PublicKey key = PublicKey::FromPem(fixtures::kPublicP256).value();
  CHECK(key.type() == KeyType::kEcdsaP256);
  CHECK(key.bits() == 256);
  CHECK(key.ToPem() == fixtures::kPublicP256);
  CHECK(key.id() == encoding::ToHex(Hash(HashAlgorithm::kSha256, key.spki())).substr(0, 16));
  CHECK(key.key_bits().size() == 65);
  CHECK(PublicKey::FromSpki(key.spki()).value().fingerprint() == key.fingerprint());
}

TEST_CASE("PEM must be labelled PUBLIC KEY") {
  std::string pem(fixtures::kPublicP256);
  CHECK(PublicKey::FromPem(fixtures::kSec1P256).error().code() == ErrorCode::kMalformed);
  CHECK(PublicKey::FromPem(pem + pem).error().code() == ErrorCode::kMalformed);
  CHECK(PublicKey::FromPem("").error().code() == ErrorCode::kMalformed);
}

TEST_CASE("keys of other algorithms, curves and forms are refused (A28)") {
  CHECK(RefusalOf(SpkiOf(fixtures::kP224)) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(SpkiOf(fixtures::kSecp256k1)) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(SpkiOf(fixtures::kEd448)) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(SpkiOf(fixtures::kExplicit)) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(SpkiOf(fixtures::kCompressed)) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(SpkiOf(fixtures::kHybrid)) == ErrorCode::kMalformed);
}

TEST_CASE("points must be on their curve (A28)") {
  const KeyType type = GENERATE(KeyType::kEcdsaP256, KeyType::kEcdsaP384, KeyType::kEcdsaP521);
  const std::size_t size = 1 + 2 * FindCurve(type)->field_bytes;
  Bytes point(size, 0);
  point[0] = 4;
  CHECK(RefusalOf(EcSpki(type, point)) == ErrorCode::kMalformed);  // (0, 0)
  point[size - 1] = 1;
  CHECK(RefusalOf(EcSpki(type, point)) == ErrorCode::kMalformed);
  CHECK(RefusalOf(EcSpki(type, Bytes(size, 0xFF))) == ErrorCode::kMalformed);
  CHECK(RefusalOf(EcSpki(type, Bytes{0})) == ErrorCode::kMalformed);  // infinity
  CHECK(RefusalOf(EcSpki(type, {})) == ErrorCode::kMalformed);
  point.push_back(0);
  CHECK(RefusalOf(EcSpki(type, point)) == ErrorCode::kMalformed);
}

TEST_CASE("a P-256 point is no P-384 key") {
  const PublicKey key = PublicKey::FromPem(fixtures::kPublicP256).value();
  CHECK(RefusalOf(EcSpki(KeyType::kEcdsaP384, key.key_bits())) == ErrorCode::kMalformed);
}

TEST_CASE("Ed25519 points of small order and other non-points are refused (A28)") {
  const std::string hex =
      GENERATE("0100000000000000000000000000000000000000000000000000000000000000",  // identity
               "0000000000000000000000000000000000000000000000000000000000000000",  // order 4
               "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // order 2
               "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  // order 8
               "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // not reduced
               "0200000000000000000000000000000000000000000000000000000000000000",  // no point
               "01");
  const Bytes point = encoding::FromHex(hex).value();
  CHECK(RefusalOf(EcSpki(KeyType::kEd25519, point)) == ErrorCode::kMalformed);
}

TEST_CASE("RSA sizes and exponents have bounds, and are refused at once (A30)") {
  const auto start = std::chrono::steady_clock::now();
  CHECK(PublicKey::FromSpki(RsaSpki(256, "010001")).value().bits() == 2048);
  CHECK(PublicKey::FromSpki(RsaSpki(1024, "010001")).value().bits() == 8192);
  CHECK(RefusalOf(RsaSpki(128, "010001")) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(RsaSpki(255, "010001")) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(RsaSpki(1025, "010001")) == ErrorCode::kUnsupported);
  CHECK(RefusalOf(RsaSpki(2048, "010001")) == ErrorCode::kUnsupported);
  for (const std::string_view exponent :
       {"00", "01", "02", "03", "11", "ffff", "010000", "010002", "01000000000000000001"}) {
    CHECK(RefusalOf(RsaSpki(256, exponent)) == ErrorCode::kUnsupported);
  }
  CHECK(RefusalOf(RsaSpki(256, "010001", 0xFE)) == ErrorCode::kUnsupported);  // even modulus
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

// Every way in which DER could be written another way (A19).
TEST_CASE("only the canonical encoding of a key is read (A19)") {
  const Bytes spki = SpkiOf(fixtures::kPublicP256);
  Bytes trailing = spki;
  trailing.push_back(0);
  CHECK(RefusalOf(trailing) == ErrorCode::kMalformed);
  CHECK(RefusalOf(ByteView(spki).first(spki.size() - 1)) == ErrorCode::kMalformed);

  Bytes long_form = spki;  // 30 59 -> 30 81 59
  long_form.insert(long_form.begin() + 1, 0x81);
  CHECK(RefusalOf(long_form) == ErrorCode::kMalformed);

  Bytes indefinite = spki;  // 30 59 ... -> 30 80 ... 00 00
  indefinite[1] = 0x80;
  indefinite.insert(indefinite.end(), {0, 0});
  CHECK(RefusalOf(indefinite) == ErrorCode::kMalformed);

  Bytes unused_bits = spki;
  REQUIRE(unused_bits[23] == 0x03);
  unused_bits[25] = 1;
  CHECK(RefusalOf(unused_bits) == ErrorCode::kMalformed);
}

TEST_CASE("rsaEncryption wants its NULL (A31)") {
  const Bytes spki = RsaSpki(256, "010001");  // 30 82 01 22 30 0d 06 09 ... 05 00 03 82
  REQUIRE(spki[17] == 0x05);
  Bytes without = spki;
  without.erase(without.begin() + 17, without.begin() + 19);
  without[3] = static_cast<std::uint8_t>(without[3] - 2);
  without[5] = static_cast<std::uint8_t>(without[5] - 2);
  CHECK(RefusalOf(without) == ErrorCode::kMalformed);
  Bytes other = spki;
  other[17] = 0x04;
  CHECK(RefusalOf(other) == ErrorCode::kMalformed);
}

TEST_CASE("no cut and no flipped bit of an SPKI makes another answer than Error or another key") {
  const std::string_view pem = GENERATE(fixtures::kPublicP256, fixtures::kPssSha384);
  const Bytes spki = SpkiOf(pem);
  const Fingerprint own = PublicKey::FromSpki(spki).value().fingerprint();
  for (std::size_t i = 0; i < spki.size(); ++i) {
    CHECK_FALSE(PublicKey::FromSpki(ByteView(spki).first(i)).ok());
    Bytes flipped = spki;
    flipped[i] ^= 0x04;
    const auto key = PublicKey::FromSpki(flipped);
    CHECK((!key.ok() || key.value().fingerprint() != own));
  }
}

TEST_CASE("keys know their schemes, most likely first") {
  const auto first = [](std::string_view pem) {
    const auto schemes = PublicKey::FromPem(pem).value().DefaultSchemes();
    return std::vector<Scheme>(schemes.begin(), schemes.end());
  };
  CHECK(first(fixtures::kPublicP256) == std::vector{Scheme::kEcdsaP256Sha256});
  CHECK(first(fixtures::kPssAny) ==
        std::vector{Scheme::kRsaPssSha256, Scheme::kRsaPssSha384, Scheme::kRsaPssSha512});
  CHECK(first(fixtures::kPssSha384) == std::vector{Scheme::kRsaPssSha384});
  const PublicKey rsa = PublicKey::FromSpki(RsaSpki(256, "010001")).value();
  CHECK(rsa.DefaultSchemes().size() == 1);
  CHECK(rsa.DefaultSchemes()[0] == Scheme::kRsaPkcs1Sha256);
  CHECK(rsa.CanUse(Scheme::kRsaPssSha512));
  CHECK_FALSE(rsa.CanUse(Scheme::kEd25519));
}

TEST_CASE("preparing a key changes no answer, whoever else uses it meanwhile") {
  const Bytes der = SpkiOf(fixtures::kPkcs8P256);  // the bytes in its PEM
  Secret secret(der.size());
  std::ranges::copy(der, secret.ExposeSecretForWriting().begin());
  const PrivateKey key = PrivateKey::FromDer(secret).value();
  const Bytes message = {1, 2, 3};
  const Bytes signature = key.Sign(Scheme::kEcdsaP256Sha256, message).value();
  const PublicKey fresh = PublicKey::FromPem(fixtures::kPublicP256).value();
  std::atomic<int> held = 0;
  {
    std::vector<std::jthread> users;
    for (int i = 0; i < 4; ++i) {
      users.emplace_back([&] { fresh.Prepare(); });
      users.emplace_back(
          [&] { held += fresh.IsSignedBy(Scheme::kEcdsaP256Sha256, message, signature) ? 1 : 0; });
    }
  }
  CHECK(held == 4);
  fresh.Prepare();
  CHECK_FALSE(fresh.IsSignedBy(Scheme::kEcdsaP256Sha256, Bytes{1, 2}, signature));
  CHECK_FALSE(fresh.IsSignedBy(Scheme::kEcdsaP256Sha384, message, signature));
}

TEST_CASE("PSS parameters narrow the schemes") {
  const PublicKey key = PublicKey::FromPem(fixtures::kPssSha384).value();
  CHECK(key.type() == KeyType::kRsaPss);
  CHECK(key.CanUse(Scheme::kRsaPssSha384));
  CHECK_FALSE(key.CanUse(Scheme::kRsaPssSha256));
  CHECK_FALSE(key.CanUse(Scheme::kRsaPkcs1Sha384));
}

TEST_CASE("PSS parameters other than SHA-2 throughout are refused") {
  const Bytes spki = SpkiOf(fixtures::kPssSha384);
  Bytes other_mgf_hash = spki;
  REQUIRE(other_mgf_hash[63] == 2);  // id-sha384 inside MGF1
  other_mgf_hash[63] = 1;
  CHECK(RefusalOf(other_mgf_hash) == ErrorCode::kUnsupported);
  Bytes long_salt = spki;
  REQUIRE(long_salt[70] == 48);
  long_salt[70] = 49;
  CHECK(RefusalOf(long_salt) == ErrorCode::kUnsupported);
  long_salt[70] = 32;  // a lower bound; ours is longer
  CHECK(PublicKey::FromSpki(long_salt).ok());
  Bytes sha1 = spki;
  REQUIRE(sha1[33] == 2);
  sha1[33] = 4;  // SHA-224
  CHECK(RefusalOf(sha1) == ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace hallmark::crypto
