#include <string>

#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::crypto {
namespace {

Bytes FromHex(const std::string& hex) { return encoding::FromHex(hex).value(); }

// RFC 8032 section 7.3: the one Ed25519ph example, over "abc".
PublicKey KeyOfExample() {
  const std::string prefix = "302a300506032b6570032100";
  return PublicKey::FromSpki(
             FromHex(prefix + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"))
      .value();
}
const char* const kSignature =
    "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
    "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406";

}  // namespace

TEST_CASE("Ed25519ph is verified as RFC 8032 has it") {
  const PublicKey key = KeyOfExample();
  const Bytes signature = FromHex(kSignature);
  CHECK(key.IsSignedBy(Scheme::kEd25519ph, AsBytes("abc"), signature));
  CHECK_FALSE(key.IsSignedBy(Scheme::kEd25519ph, AsBytes("abd"), signature));
  CHECK_FALSE(key.IsSignedBy(Scheme::kEd25519ph, AsBytes("abc"), ByteView(signature).first(63)));
}

TEST_CASE("Ed25519 and Ed25519ph do not pass for each other") {
  CHECK_FALSE(KeyOfExample().IsSignedBy(Scheme::kEd25519, AsBytes("abc"), FromHex(kSignature)));
  const PrivateKey key = PrivateKey::Generate(PrivateKey::Kind::kEd25519).value();
  const Bytes pure = key.Sign(Scheme::kEd25519, AsBytes("abc")).value();
  CHECK(key.public_key().IsSignedBy(Scheme::kEd25519, AsBytes("abc"), pure));
  CHECK_FALSE(key.public_key().IsSignedBy(Scheme::kEd25519ph, AsBytes("abc"), pure));
}

TEST_CASE("nothing is signed with Ed25519ph") {
  const PrivateKey key = PrivateKey::Generate(PrivateKey::Kind::kEd25519).value();
  CHECK(key.Sign(Scheme::kEd25519ph, AsBytes("abc")).error().code() == ErrorCode::kUnsupported);
}

}  // namespace hallmark::crypto
