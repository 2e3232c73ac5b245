#include "hallmark/keys/file/internal/encrypted_key.h"

#include <string>
#include <utility>

#include "hallmark/encoding/pem.h"
#include "hallmark/keys/file/key_file.h"
#include "tests/support/catch.h"
#include "tests/support/world/keys.h"
#include "tests/support/world/must.h"
#include "tests/unit/keys/file/passphrases.h"

namespace hallmark::keys {
namespace {

using testing::Must;

// A throw-away key that cosign 3.1.1 wrote; passphrase "pw".
constexpr std::string_view kCosignKey = R"(-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
OCwicCI6MX0sInNhbHQiOiJtcWlQbGo3Zy9FL1h1Z3lIRTJ0bXVLM2trOHhNUmdY
SS9hTU9ZYlN2YlZZPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
Iiwibm9uY2UiOiJsNjdNTVFWSWZKQ3hWUzNFLzMyQVArTS9DU0F5a2cxNiJ9LCJj
aXBoZXJ0ZXh0IjoiTS9yUzJ6SWoxenEyb0VmczBqMWVXTlpXT1cxdXkzRWpZaUhn
QUptWXhUSnN2bzl4UU1ZeTNObTl2UkxISHU4K1doUDBzQ3o5Yllya3dBMnJhQ2pH
OHNPOEZGdUt3VGxwV2QxRWxXQ1VwOTZrZnJCQ2U0U0FwT2c3ZlQyMXg4YmVWVzFu
b0VpT1VoazVLV25KYm1JUFhPUHdqczFGUndKU21SWDM0eEcrNjV5ODBBR1lVbGcz
bDZucXZkcUVuK0FsN1VxWHNodXJCdC9TVlE9PSJ9
-----END ENCRYPTED SIGSTORE PRIVATE KEY-----
)";
constexpr std::string_view kCosignPublicKey = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcZifBRJ97O1k5eHBFmQlfMdJmLgl
j+Y4pC2Lhs+xY2zjXur+trPthFvTqXwlOSEx38YIbFl32hQiYzREZzdyWg==
-----END PUBLIC KEY-----
)";

constexpr crypto::ScryptCost kCheap{4096, 8, 1};

std::string Sealed(const crypto::PrivateKey& key, std::string_view label,
                   const crypto::ScryptCost& cost) {
  const EncryptedKey encrypted = Must(Encrypt(key.ToPkcs8(), ToSecret("pw"), cost));
  return encoding::ToPem(label, AsBytes(ToJson(encrypted)));
}

// What a key file with that JSON inside gets. No refusal of the format asks for a passphrase.
Error RefusalOf(std::string_view json) {
  FixedPassphrase passphrases("pw");
  const std::string pem = encoding::ToPem("ENCRYPTED SIGSTORE PRIVATE KEY", AsBytes(json));
  const auto key = ParsePrivateKey(ToSecret(pem), "x.key", passphrases);
  REQUIRE_FALSE(key.ok());
  CHECK(passphrases.asked() == 0);
  return key.error();
}

std::string Json(std::string_view cost = R"("N":4096,"r":8,"p":1)",
                 std::string_view nonce = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY") {
  return R"({"kdf":{"name":"scrypt","params":{)" + std::string(cost) +
         R"(},"salt":"c2FsdA=="},"cipher":{"name":"nacl/secretbox","nonce":")" +
         std::string(nonce) + R"("},"ciphertext":"AAAA"})";
}

std::string Replaced(std::string text, std::string_view old, std::string_view fresh) {
  const std::size_t place = text.find(old);
  REQUIRE(place != std::string::npos);
  return text.replace(place, old.size(), fresh);
}

TEST_CASE("a key file of cosign 3 opens") {
  FixedPassphrase passphrases("pw");
  const auto key = Must(ParsePrivateKey(ToSecret(kCosignKey), "a.key", passphrases));
  CHECK(key.public_key().ToPem() == kCosignPublicKey);
  CHECK(passphrases.asked() == 1);
  CHECK(passphrases.last_prompt() == "passphrase for a.key");
}

TEST_CASE("both labels and any accepted cost open") {
  const crypto::PrivateKey key = testing::MakeKey();
  FixedPassphrase passphrases("pw");
  for (const auto& [label, cost] :
       {std::pair{"ENCRYPTED COSIGN PRIVATE KEY", crypto::ScryptCost{32768, 8, 1}},
        std::pair{"ENCRYPTED SIGSTORE PRIVATE KEY", crypto::ScryptCost{4096, 1, 2}}}) {
    const auto opened =
        Must(ParsePrivateKey(ToSecret(Sealed(key, label, cost)), "x.key", passphrases));
    CHECK(opened.public_key().id() == key.public_key().id());
  }
}

TEST_CASE("what Hallmark writes, it reads, and no two files are alike") {
  const crypto::PrivateKey key = testing::MakeKey(crypto::PrivateKey::Kind::kEd25519);
  const std::string text = Must(EncryptPrivateKey(key, ToSecret("pw")));
  CHECK(text.starts_with("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n"));
  const Bytes json = Must(encoding::ParsePem(text)).bytes;
  CHECK(AsText(json).starts_with(
      R"({"kdf":{"name":"scrypt","params":{"N":65536,"r":8,"p":1},"salt":")"));
  FixedPassphrase passphrases("pw");
  CHECK(Must(ParsePrivateKey(ToSecret(text), "x.key", passphrases)).public_key().id() ==
        key.public_key().id());
  const EncryptedKey once = Must(Encrypt(key.ToPkcs8(), ToSecret("pw"), kCheap));
  const EncryptedKey again = Must(Encrypt(key.ToPkcs8(), ToSecret("pw"), kCheap));
  CHECK(once.salt != again.salt);
  CHECK(once.nonce != again.nonce);
}

TEST_CASE("a wrong passphrase is told as such") {
  const std::string text = Sealed(testing::MakeKey(), "ENCRYPTED SIGSTORE PRIVATE KEY", kCheap);
  for (const std::string_view wrong : {"", "PW", "pw ", "pw\n"}) {
    FixedPassphrase passphrases(wrong);
    const auto key = ParsePrivateKey(ToSecret(text), "x.key", passphrases);
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().code() == ErrorCode::kDenied);
    CHECK(key.error().message() == "x.key: wrong passphrase");
  }
}

TEST_CASE("a changed ciphertext does not open") {
  EncryptedKey key = Must(Encrypt(ToSecret("content"), ToSecret("pw"), kCheap));
  key.ciphertext.back() ^= 1;
  CHECK(Decrypt(key, ToSecret("pw")).error().code() == ErrorCode::kDenied);
  key.ciphertext.clear();
  CHECK(Decrypt(key, ToSecret("pw")).error().code() == ErrorCode::kDenied);
}

TEST_CASE("nested DER inside a key file that opens is refused (A17)") {
  const bool is_indefinite = GENERATE(true, false);
  Bytes der;
  for (int i = 0; i < 10'000; ++i) {
    der.push_back(0x30);
    der.push_back(is_indefinite ? 0x80 : 0x7F);
  }
  const EncryptedKey encrypted = Must(Encrypt(Secret::TakeAndWipe(der), ToSecret("pw"), kCheap));
  FixedPassphrase passphrases("pw");
  const std::string pem =
      encoding::ToPem("ENCRYPTED SIGSTORE PRIVATE KEY", AsBytes(ToJson(encrypted)));
  CHECK_FALSE(ParsePrivateKey(ToSecret(pem), "x.key", passphrases).ok());
  CHECK(passphrases.asked() == 1);
}

TEST_CASE("an empty passphrase encrypts nothing") {
  const auto text = EncryptPrivateKey(testing::MakeKey(), Secret(0));
  REQUIRE_FALSE(text.ok());
  CHECK(text.error().code() == ErrorCode::kConfig);
}

TEST_CASE("costs out of bounds are refused before the passphrase is asked for (A112)") {
  const auto code = [](std::string_view cost) { return RefusalOf(Json(cost)).code(); };
  CHECK(code(R"("N":1073741824,"r":8,"p":1)") == ErrorCode::kLimit);
  CHECK(code(R"("N":2048,"r":8,"p":1)") == ErrorCode::kLimit);
  CHECK(code(R"("N":65536,"r":4294967296,"p":4294967296)") == ErrorCode::kLimit);
  CHECK(code(R"("N":65536,"r":8,"p":9)") == ErrorCode::kLimit);
  CHECK(code(R"("N":0,"r":8,"p":1)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":65537,"r":8,"p":1)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":65536,"r":0,"p":1)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":-4096,"r":8,"p":1)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":4096.0,"r":8,"p":1)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":"4096","r":8,"p":1)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":4096,"r":8)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":4096,"r":8,"p":1,"dkLen":32)") == ErrorCode::kMalformed);
  CHECK(code(R"("N":4096,"N":8192,"r":8,"p":1)") == ErrorCode::kMalformed);
}

TEST_CASE("the JSON is read strictly (A18)") {
  const std::string good = Json();
  const auto code = [&](std::string_view old, std::string_view fresh) {
    return RefusalOf(Replaced(good, old, fresh)).code();
  };
  CHECK(code(R"("scrypt")", R"("argon2id")") == ErrorCode::kUnsupported);
  CHECK(code("nacl/secretbox", "aes-256-gcm") == ErrorCode::kUnsupported);
  CHECK(code("AQIDBAUG", "AQID") == ErrorCode::kMalformed);      // nonce of 21 bytes
  CHECK(code("c2FsdA==", "c2FsdA") == ErrorCode::kMalformed);    // no padding
  CHECK(code("c2FsdA==", "c2FsdB==") == ErrorCode::kMalformed);  // spare bits
  CHECK(code("c2FsdA==", "c2Fs dA==") == ErrorCode::kMalformed);
  CHECK(code("\"AAAA\"", "\"AA-_\"") == ErrorCode::kMalformed);  // URL alphabet
  CHECK(code("\"AAAA\"", "null") == ErrorCode::kMalformed);
  CHECK(RefusalOf(Json() + "{}").code() == ErrorCode::kMalformed);
  CHECK(RefusalOf(Json() + " x").code() == ErrorCode::kMalformed);
  CHECK(code(R"("salt")", R"("kid":"1","salt")") == ErrorCode::kMalformed);
  CHECK(code("\"AAAA\"", R"("AAAA","ciphertext":"AAAA")") == ErrorCode::kMalformed);
  CHECK(code("\"AAAA\"", R"("AAAA","comment":"x")") == ErrorCode::kMalformed);
  CHECK(RefusalOf("[]").code() == ErrorCode::kMalformed);
  CHECK(RefusalOf("nothing").code() == ErrorCode::kMalformed);
}

}  // namespace
}  // namespace hallmark::keys
