#include <openssl/rsa.h>

#include <optional>
#include <string>
#include <utility>

#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/internal/pkey.h"
#include "hallmark/crypto/internal/private_key_der.h"
#include "hallmark/crypto/internal/spki.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/pem.h"
#include "tests/support/catch.h"
#include "tests/unit/crypto/fixtures.h"

namespace hallmark::crypto {
namespace {

constexpr std::size_t kSize = 256;
constexpr std::string_view kSha256Info = "3031300d060960864801650304020105000420";

// The same key as OpenSSL sees it, to make signatures that no honest signer makes.
class Forger {
 public:
  Forger() : der_(encoding::ParsePem(fixtures::kRsa2048).value().bytes) {
    const PrivateKeyParts parts = ParsePrivateKeyDer(der_).value();
    const RsaPrivateNumbers numbers = ParseRsaPrivateKey(parts.key).value();
    key_ = MakeRsaPrivate(numbers).value();
    const Bytes known = EncodeRsaPublicKey(numbers.known);
    public_key_.emplace(
        PublicKey::FromSpki(EncodeSpki({KeyType::kRsa, std::nullopt}, known)).value());
  }

  const PublicKey& public_key() const { return *public_key_; }

  // RSASP1 (RFC 8017 section 5.2.1) of an encoded message.
  Bytes SignRaw(const Bytes& encoded) const {
    const openssl::PkeyCtx ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    REQUIRE(EVP_PKEY_sign_init(ctx.get()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_padding(ctx.get(), RSA_NO_PADDING) == 1);
    return Finish(ctx.get(), encoded);
  }

  Bytes SignPss(HashAlgorithm hash, HashAlgorithm mgf, int salt, const Bytes& digest) const {
    const openssl::PkeyCtx ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    REQUIRE(EVP_PKEY_sign_init(ctx.get()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_signature_md(ctx.get(), openssl::Fetch(hash).get()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_padding(ctx.get(), RSA_PKCS1_PSS_PADDING) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_mgf1_md(ctx.get(), openssl::Fetch(mgf).get()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx.get(), salt) == 1);
    return Finish(ctx.get(), digest);
  }

 private:
  static Bytes Finish(EVP_PKEY_CTX* ctx, const Bytes& input) {
    Bytes signature(kSize);
    std::size_t size = kSize;
    REQUIRE(EVP_PKEY_sign(ctx, signature.data(), &size, input.data(), input.size()) == 1);
    return signature;
  }

  Bytes der_;
  openssl::Pkey key_;
  std::optional<PublicKey> public_key_;
};

struct Encoding {
  std::string start = "0001";
  std::size_t padding = 0;  // 0: as much as fits
  std::string after_padding = "00";
  std::string info = std::string(kSha256Info);
  std::string trailing;
};

Encoding Start(std::string hex) {
  Encoding encoding;
  encoding.start = std::move(hex);
  return encoding;
}

Encoding Padding(std::size_t bytes) {
  Encoding encoding;
  encoding.padding = bytes;
  return encoding;
}

Encoding AfterPadding(std::string hex) {
  Encoding encoding;
  encoding.after_padding = std::move(hex);
  return encoding;
}

Encoding Info(std::string hex, std::string trailing) {
  Encoding encoding;
  encoding.info = std::move(hex);
  encoding.trailing = std::move(trailing);
  return encoding;
}

Bytes Encode(const Encoding& encoding, ByteView digest) {
  const auto bytes = [](const std::string& hex) { return encoding::FromHex(hex).value(); };
  Bytes tail = bytes(encoding.after_padding + encoding.info);
  tail.insert(tail.end(), digest.begin(), digest.end());
  const Bytes trailing = bytes(encoding.trailing);
  tail.insert(tail.end(), trailing.begin(), trailing.end());
  Bytes encoded = bytes(encoding.start);
  const std::size_t fits = kSize - encoded.size() - tail.size();
  encoded.insert(encoded.end(), encoding.padding == 0 ? fits : encoding.padding, 0xFF);
  encoded.insert(encoded.end(), tail.begin(), tail.end());
  encoded.resize(kSize, 0xAA);  // garbage behind, where padding was cut short
  return encoded;
}

TEST_CASE("PKCS#1 v1.5 padding has one form (A31)") {
  const Forger forger;
  const Bytes digest = Hash(HashAlgorithm::kSha256, AsBytes("m"));
  const auto holds = [&](const Encoding& encoding) {
    return forger.public_key().IsSignedBy(Scheme::kRsaPkcs1Sha256, AsBytes("m"),
                                          forger.SignRaw(Encode(encoding, digest)));
  };
  REQUIRE(holds(Encoding()));
  CHECK_FALSE(holds(Padding(8)));  // garbage after the hash
  CHECK_FALSE(holds(Padding(200)));
  CHECK_FALSE(holds(Start("0002")));
  CHECK_FALSE(holds(Start("0000")));
  CHECK_FALSE(holds(Start("0001fffe")));
  CHECK_FALSE(holds(AfterPadding("0000")));
  CHECK_FALSE(
      holds(Info("302f300b0609608648016503040201"
                 "0420",
                 "")));                                                      // no NULL
  CHECK_FALSE(holds(Info("3032300e06096086480165030402010501000420", "")));  // not NULL
  CHECK_FALSE(holds(Info("308131300d060960864801650304020105000420", "")));  // BER lengths
  CHECK_FALSE(holds(Info("3080300d060960864801650304020105000420", "0000")));
  CHECK_FALSE(holds(Info("3033300f0609608648016503040201050005000420", "")));
  CHECK_FALSE(holds(Info("3041300d060960864801650304020205000430", "")));  // another hash's name
  CHECK_FALSE(holds(Info("", "")));
  CHECK_FALSE(holds(Info(std::string(kSha256Info), "00")));
}

TEST_CASE("an RSA signature is as long as the modulus") {
  const Forger forger;
  Bytes signature = forger.SignRaw(Encode(Encoding(), Hash(HashAlgorithm::kSha256, AsBytes("m"))));
  const auto holds = [&] {
    return forger.public_key().IsSignedBy(Scheme::kRsaPkcs1Sha256, AsBytes("m"), signature);
  };
  REQUIRE(holds());
  signature.insert(signature.begin(), 0);
  CHECK_FALSE(holds());
  signature.erase(signature.begin(), signature.begin() + 2);
  CHECK_FALSE(holds());
  signature.clear();
  CHECK_FALSE(holds());
  signature.assign(kSize, 0xFF);  // above the modulus
  CHECK_FALSE(holds());
  signature.assign(kSize, 0);
  CHECK_FALSE(holds());
}

TEST_CASE("PSS salts have the hash's length and MGF1 the same hash") {
  const Forger forger;
  const HashAlgorithm hash = GENERATE(HashAlgorithm::kSha256, HashAlgorithm::kSha512);
  const Scheme scheme =
      hash == HashAlgorithm::kSha256 ? Scheme::kRsaPssSha256 : Scheme::kRsaPssSha512;
  const auto size = static_cast<int>(HashSize(hash));
  const Bytes digest = Hash(hash, AsBytes("m"));
  const auto holds = [&](HashAlgorithm mgf, int salt) {
    return forger.public_key().IsSignedBy(scheme, AsBytes("m"),
                                          forger.SignPss(hash, mgf, salt, digest));
  };
  REQUIRE(holds(hash, size));
  CHECK_FALSE(holds(hash, 0));
  CHECK_FALSE(holds(hash, 20));
  CHECK_FALSE(holds(hash, size - 1));
  CHECK_FALSE(holds(hash, size + 1));
  CHECK_FALSE(holds(HashAlgorithm::kSha384, size));
}

TEST_CASE("the two paddings are two schemes") {
  const Forger forger;
  const Bytes digest = Hash(HashAlgorithm::kSha256, AsBytes("m"));
  const Bytes pkcs1 = forger.SignRaw(Encode(Encoding(), digest));
  const Bytes pss = forger.SignPss(HashAlgorithm::kSha256, HashAlgorithm::kSha256, 32, digest);
  CHECK_FALSE(forger.public_key().IsSignedBy(Scheme::kRsaPssSha256, AsBytes("m"), pkcs1));
  CHECK_FALSE(forger.public_key().IsSignedBy(Scheme::kRsaPkcs1Sha256, AsBytes("m"), pss));
}

}  // namespace
}  // namespace hallmark::crypto
