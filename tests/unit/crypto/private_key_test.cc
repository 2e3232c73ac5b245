#include "hallmark/crypto/private_key.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/internal/private_key_der.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/pem.h"
#include "tests/support/catch.h"
#include "tests/unit/crypto/fixtures.h"

namespace hallmark::crypto {
namespace {

using Kind = PrivateKey::Kind;

Secret ToSecret(Bytes bytes) { return Secret::TakeAndWipe(bytes); }

Bytes DerOf(std::string_view pem) { return encoding::ParsePem(pem).value().bytes; }

ErrorCode RefusalOf(Bytes der) {
  const auto key = PrivateKey::FromDer(ToSecret(std::move(der)));
  REQUIRE_FALSE(key.ok());
  return key.error().code();
}

Bytes BytesOf(const Secret& secret) {
  const ByteView view = secret.ExposeSecret();
  return {view.begin(), view.end()};
}

void CheckSignsByAll(const PrivateKey& key) {
  const Bytes message = ToBytes("signed");
  for (int i = 1; i <= static_cast<int>(Scheme::kRsaPssSha512); ++i) {
    const auto scheme = static_cast<Scheme>(i);
    const auto signature = key.Sign(scheme, message);
    const bool is_signed_with = scheme != Scheme::kEd25519ph;
    REQUIRE(signature.ok() == (is_signed_with && key.public_key().CanUse(scheme)));
    if (signature.ok()) {
      CHECK(key.public_key().IsSignedBy(scheme, message, signature.value()));
    } else {
      CHECK(signature.error().code() == ErrorCode::kUnsupported);
    }
  }
}

TEST_CASE("a hash shows whose signature it may be, for schemes that sign it") {
  const Kind kind = GENERATE(Kind::kEcdsaP256, Kind::kEcdsaP384, Kind::kEd25519);
  const PrivateKey key = PrivateKey::Generate(kind).value();
  const Bytes message = ToBytes("signed");
  for (int i = 1; i <= static_cast<int>(Scheme::kRsaPssSha512); ++i) {
    const auto scheme = static_cast<Scheme>(i);
    const auto signature = key.Sign(scheme, message);
    if (!signature.ok()) continue;
    int shown = 0;
    for (const auto algorithm :
         {HashAlgorithm::kSha256, HashAlgorithm::kSha384, HashAlgorithm::kSha512}) {
      const Bytes hash = Hash(algorithm, message);
      shown += key.public_key().MaySign(scheme, algorithm, hash, signature.value()) ? 1 : 0;
      CHECK_FALSE(key.public_key().MaySign(scheme, algorithm, Hash(algorithm, ToBytes("other")),
                                           signature.value()));
      CHECK_FALSE(key.public_key().MaySign(scheme, algorithm, {}, signature.value()));
      CHECK_FALSE(key.public_key().MaySign(scheme, algorithm, hash, {}));
    }
    CHECK(shown == (kind == Kind::kEd25519 ? 0 : 1));
  }
}

TEST_CASE("a generated key signs by all schemes it says and survives PKCS#8") {
  const Kind kind = GENERATE(Kind::kEcdsaP256, Kind::kEcdsaP384, Kind::kEd25519);
  const PrivateKey key = PrivateKey::Generate(kind).value();
  CheckSignsByAll(key);
  const PrivateKey again = PrivateKey::FromDer(key.ToPkcs8()).value();
  CHECK(again.public_key().fingerprint() == key.public_key().fingerprint());
  CHECK(BytesOf(again.ToPkcs8()) == BytesOf(key.ToPkcs8()));
  CHECK(PrivateKey::Generate(kind).value().public_key().id() != key.public_key().id());
}

TEST_CASE("RSA keys are generated in the sizes named, PSS ones with parameters") {
  const PrivateKey key = PrivateKey::Generate(Kind::kRsaPss3072).value();
  CHECK(key.public_key().type() == KeyType::kRsaPss);
  CHECK(key.public_key().bits() == 3072);
  CHECK(key.public_key().DefaultSchemes().size() == 1);
  CheckSignsByAll(key);
  CHECK(PublicKey::FromPem(key.public_key().ToPem()).ok());
  CHECK(PrivateKey::FromDer(key.ToPkcs8()).ok());
}

TEST_CASE("PKCS#8 is written as OpenSSL writes it") {
  const PrivateKey key = PrivateKey::FromDer(ToSecret(DerOf(fixtures::kSec1P256))).value();
  CHECK(BytesOf(key.ToPkcs8()) == DerOf(fixtures::kPkcs8P256));
  CHECK(key.public_key().ToPem() == fixtures::kPublicP256);
  const PrivateKey rsa = PrivateKey::FromDer(ToSecret(DerOf(fixtures::kRsa2048))).value();
  CHECK(BytesOf(rsa.ToPkcs8()) == DerOf(fixtures::kRsa2048));
  const PrivateKey ed = PrivateKey::FromDer(ToSecret(DerOf(fixtures::kEd25519))).value();
  CHECK(BytesOf(ed.ToPkcs8()) == DerOf(fixtures::kEd25519));
}

TEST_CASE("bare RSAPrivateKey is read") {
  const Bytes der = DerOf(fixtures::kRsa2048);
  const PrivateKeyParts parts = ParsePrivateKeyDer(der).value();
  const PrivateKey key =
      PrivateKey::FromDer(ToSecret(Bytes(parts.key.begin(), parts.key.end()))).value();
  CHECK(key.public_key().type() == KeyType::kRsa);
  CheckSignsByAll(key);
}

TEST_CASE("a private key with another's public half is refused") {
  Bytes der = DerOf(fixtures::kSec1P256);
  der.back() ^= 1;
  CHECK(RefusalOf(der) == ErrorCode::kMalformed);
}

TEST_CASE("a scalar is from 1 to n-1") {
  const Curve& curve = *FindCurve(KeyType::kEcdsaP256);
  const auto with = [&](const Bytes& scalar) {
    const Secret inner = EncodeEcPrivateKey(curve, scalar, Bytes(65, 4));
    return BytesOf(EncodePkcs8({curve.type, std::nullopt}, inner.ExposeSecret()));
  };
  CHECK(RefusalOf(with(Bytes(32, 0))) == ErrorCode::kMalformed);
  CHECK(RefusalOf(with(Bytes(32, 0xFF))) == ErrorCode::kMalformed);
  CHECK(RefusalOf(with(Bytes(33, 1))) == ErrorCode::kMalformed);
  CHECK(RefusalOf(with(encoding::FromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84"
                                         "f3b9cac2fc632551")
                           .value())) == ErrorCode::kMalformed);
}

TEST_CASE("RSA primes make the modulus and d undoes e") {
  const Bytes der = DerOf(fixtures::kRsa2048);
  const PrivateKeyParts parts = ParsePrivateKeyDer(der).value();
  const RsaPrivateNumbers good = ParseRsaPrivateKey(parts.key).value();
  const auto refusal = [&](const RsaPrivateNumbers& numbers) {
    return RefusalOf(BytesOf(EncodeRsaPrivateKey(numbers)));
  };
  Bytes other(good.p.begin(), good.p.end());
  other.back() ^= 2;
  RsaPrivateNumbers bad = good;
  bad.p = other;
  CHECK(refusal(bad) == ErrorCode::kMalformed);
  const Bytes one{1};
  bad = good;
  bad.p = one;
  bad.q = one;
  CHECK(refusal(bad) == ErrorCode::kMalformed);
  bad = good;
  bad.known.exponent = one;
  CHECK(refusal(bad) == ErrorCode::kUnsupported);
  const Bytes three{3};
  const Bytes long_number(257, 0x7F);
  bad = good;
  bad.d = long_number;
  CHECK(refusal(bad) == ErrorCode::kMalformed);
  bad = good;
  bad.d = three;
  bad.dp = three;
  bad.dq = three;
  CHECK(refusal(bad) == ErrorCode::kMalformed);
}

TEST_CASE("private keys are read only in strict DER") {
  const std::string_view pem =
      GENERATE(fixtures::kSec1P256, fixtures::kPkcs8P256, fixtures::kEd25519, fixtures::kRsa2048);
  const Bytes der = DerOf(pem);
  Bytes trailing = der;
  trailing.push_back(0);
  CHECK(RefusalOf(trailing) == ErrorCode::kMalformed);
  for (std::size_t size = 0; size < der.size(); ++size) {
    CHECK(RefusalOf(Bytes(der.begin(), der.begin() + static_cast<std::ptrdiff_t>(size))) ==
          ErrorCode::kMalformed);
  }
}

TEST_CASE("encrypted PKCS#8 opens with its passphrase only") {
  const std::string_view pem =
      GENERATE(fixtures::kEncryptedSha256, fixtures::kEncryptedSha1, fixtures::kEncryptedScrypt);
  const Bytes der = DerOf(pem);
  const auto opened = PrivateKey::FromEncryptedPkcs8(der, ToSecret(ToBytes("pw")));
  REQUIRE(opened.ok());
  CHECK(opened.value().public_key().ToPem() == fixtures::kPublicP256);
  for (const std::string_view wrong : {"", "pW", "pw ", "pw\n"}) {
    const auto refused = PrivateKey::FromEncryptedPkcs8(der, ToSecret(ToBytes(wrong)));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code() == ErrorCode::kDenied);
    CHECK(refused.error().message() == "wrong passphrase");
  }
}

TEST_CASE("weak and foreign encryptions are not read") {
  CHECK(PrivateKey::CheckEncryptedPkcs8(DerOf(fixtures::kEncryptedDes)).error().code() ==
        ErrorCode::kUnsupported);
  CHECK(PrivateKey::CheckEncryptedPkcs8(DerOf(fixtures::kEncryptedPkcs12)).error().code() ==
        ErrorCode::kUnsupported);
  CHECK(PrivateKey::CheckEncryptedPkcs8(DerOf(fixtures::kPkcs8P256)).error().code() ==
        ErrorCode::kMalformed);
}

// Puts `patch` where `found` stands once.
Bytes Patched(Bytes der, std::string_view found, std::string_view patch) {
  const Bytes old = encoding::FromHex(found).value();
  const Bytes fresh = encoding::FromHex(patch).value();
  const auto place = std::search(der.begin(), der.end(), old.begin(), old.end());
  REQUIRE(place != der.end());
  REQUIRE(old.size() == fresh.size());
  std::copy(fresh.begin(), fresh.end(), place);
  return der;
}

TEST_CASE("a derivation too dear is refused before it is paid (A112)") {
  const Bytes pbkdf2 = DerOf(fixtures::kEncryptedSha256);
  const auto refusal = [](const Bytes& der) {
    const auto key = PrivateKey::FromEncryptedPkcs8(der, Secret(0));
    REQUIRE_FALSE(key.ok());
    return key.error().code();
  };
  CHECK(refusal(Patched(pbkdf2, "02020800", "02020000")) == ErrorCode::kMalformed);
  CHECK(PrivateKey::CheckEncryptedPkcs8(Patched(pbkdf2, "02020800", "02027fff")).ok());
  const Bytes scrypt = DerOf(fixtures::kEncryptedScrypt);
  CHECK(refusal(Patched(scrypt, "02021000020108020101", "02020800020108020101")) ==
        ErrorCode::kLimit);  // N=2048
  CHECK(refusal(Patched(scrypt, "02021000020108020101", "02021001020108020101")) ==
        ErrorCode::kMalformed);  // N=4097
  CHECK(refusal(Patched(scrypt, "02021000020108020101", "02021000027f08020101")) ==
        ErrorCode::kMalformed);
  CHECK(refusal(Patched(scrypt, "02021000020108020101", "02021000020141020101")) ==
        ErrorCode::kLimit);  // r=65
  CHECK(refusal(Patched(scrypt, "02021000020108020101", "02021000020108020100")) ==
        ErrorCode::kMalformed);  // p=0
}

// kEncryptedSha256 with another INTEGER of iterations, which moves the five lengths around it.
Bytes WithIterations(std::string_view integer) {
  const Bytes old = encoding::FromHex("02020800").value();
  const Bytes fresh = encoding::FromHex(integer).value();
  Bytes der = DerOf(fixtures::kEncryptedSha256);
  for (const std::size_t length : std::array<std::size_t, 5>{2, 4, 17, 19, 32}) {
    der.at(length) = static_cast<std::uint8_t>(der.at(length) + fresh.size() - old.size());
  }
  const auto place = std::search(der.begin(), der.end(), old.begin(), old.end());
  REQUIRE(place != der.end());
  der.insert(der.erase(place, place + 4), fresh.begin(), fresh.end());
  return der;
}

TEST_CASE("PBKDF2 has a floor and a ceiling, and is refused before it is paid (A112)") {
  // 1 and 10,000,000; then none, one more than the most, 10^9 and 2^31-1.
  for (const char* fair : {"020101", "020400989680"}) {
    CHECK(PrivateKey::CheckEncryptedPkcs8(WithIterations(fair)).ok());
  }
  for (const char* unfair : {"020100", "020400989681", "02043b9aca00", "02047fffffff"}) {
    const auto key = PrivateKey::FromEncryptedPkcs8(WithIterations(unfair), Secret(0));
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().code() == ErrorCode::kLimit);
    CHECK(key.error().message().find("1 to 10000000 are accepted") != std::string::npos);
  }
}

TEST_CASE("a Signer signs with the key and scheme it was made of") {
  PrivateKey key = PrivateKey::Generate(Kind::kEcdsaP384).value();
  const PublicKey public_key = key.public_key();
  const auto signer = MakeSigner(std::move(key), Scheme::kEcdsaP384Sha256);
  CHECK(signer->scheme() == Scheme::kEcdsaP384Sha256);
  CHECK(signer->public_key().id() == public_key.id());
  const Bytes signature = signer->Sign(AsBytes("m")).value();
  CHECK(public_key.IsSignedBy(Scheme::kEcdsaP384Sha256, AsBytes("m"), signature));
}

}  // namespace
}  // namespace hallmark::crypto
