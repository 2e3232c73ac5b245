#include "hallmark/crypto/ecdsa_signature.h"

#include "hallmark/crypto/private_key.h"
#include "tests/support/catch.h"

namespace hallmark::crypto {
namespace {

TEST_CASE("an ECDSA signature goes from DER to r and s and back") {
  for (const auto& [kind, size] :
       {std::pair(PrivateKey::Kind::kEcdsaP256, 64U), {PrivateKey::Kind::kEcdsaP384, 96U}}) {
    const PrivateKey key = PrivateKey::Generate(kind).value();
    const KeyType type = key.public_key().type();
    const Scheme scheme = key.public_key().DefaultSchemes().front();
    for (int i = 0; i < 50; ++i) {  // some r or s have leading zeros or a high bit
      const Bytes message{static_cast<std::uint8_t>(i)};
      const Bytes der = key.Sign(scheme, message).value();
      const Bytes raw = EcdsaRawFromDer(type, der).value();
      CHECK(raw.size() == size);
      CHECK(EcdsaDerFromRaw(type, raw).value() == der);
    }
  }
}

TEST_CASE("a signature's twin verifies too, and the twin's twin is the signature (A29)") {
  for (const auto kind : {PrivateKey::Kind::kEcdsaP256, PrivateKey::Kind::kEcdsaP384}) {
    const PrivateKey key = PrivateKey::Generate(kind).value();
    const PublicKey& pub = key.public_key();
    const Scheme scheme = pub.DefaultSchemes().front();
    const Bytes message{1, 2, 3};
    const Bytes der = key.Sign(scheme, message).value();
    const Bytes twin = EcdsaTwin(pub.type(), der).value();
    CHECK(twin != der);
    CHECK(pub.IsSignedBy(scheme, message, twin));
    CHECK(EcdsaTwin(pub.type(), twin).value() == der);
  }
}

TEST_CASE("what is no ECDSA signature in range has no twin") {
  CHECK(EcdsaTwin(KeyType::kEd25519, Bytes(64, 1)).error().code() == ErrorCode::kUnsupported);
  CHECK(EcdsaTwin(KeyType::kEcdsaP256, Bytes(8, 1)).error().code() == ErrorCode::kMalformed);
  const Bytes large = EcdsaDerFromRaw(KeyType::kEcdsaP256, Bytes(64, 0xFF)).value();
  CHECK(EcdsaTwin(KeyType::kEcdsaP256, large).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("r and s are padded to the field, and lose their padding") {
  const Bytes der{0x30, 0x07, 0x02, 0x01, 0x01, 0x02, 0x02, 0x00, 0x80};
  const Bytes raw = EcdsaRawFromDer(KeyType::kEcdsaP521, der).value();
  REQUIRE(raw.size() == 132);
  CHECK(raw[65] == 0x01);
  CHECK(raw[131] == 0x80);
  CHECK(EcdsaDerFromRaw(KeyType::kEcdsaP521, raw).value() == der);
  // The largest of all: two numbers of 66 bytes with the high bit set.
  const Bytes largest = EcdsaDerFromRaw(KeyType::kEcdsaP521, Bytes(132, 0xFF)).value();
  CHECK(EcdsaRawFromDer(KeyType::kEcdsaP521, largest).value() == Bytes(132, 0xFF));
}

TEST_CASE("other lengths of r and s are refused") {
  for (const std::size_t size : {0U, 1U, 63U, 65U, 66U, 96U, 128U}) {
    CHECK(EcdsaDerFromRaw(KeyType::kEcdsaP256, Bytes(size, 1)).error().code() ==
          ErrorCode::kMalformed);
  }
}

TEST_CASE("what is no strict DER has no r and s (A19)") {
  const Bytes good{0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02};
  CHECK(EcdsaRawFromDer(KeyType::kEcdsaP256, good).ok());
  for (const Bytes& der :
       {Bytes{}, Bytes{0x30, 0x00}, Bytes{0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x02},
        Bytes{0x30, 0x06, 0x02, 0x01, 0x81, 0x02, 0x01, 0x02},
        Bytes{0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02, 0x00},
        Bytes{0x30, 0x81, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02},
        Bytes{0x30, 0x07, 0x02, 0x02, 0x00, 0x01, 0x02, 0x01, 0x02}}) {
    CHECK(EcdsaRawFromDer(KeyType::kEcdsaP256, der).error().code() == ErrorCode::kMalformed);
  }
  Bytes long_r{0x30, 0x26, 0x02, 0x21, 0x01};
  long_r.resize(37, 0);
  long_r.insert(long_r.end(), {0x02, 0x01, 0x01});
  CHECK(EcdsaRawFromDer(KeyType::kEcdsaP256, long_r).error().code() == ErrorCode::kMalformed);
}

}  // namespace
}  // namespace hallmark::crypto
