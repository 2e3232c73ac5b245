#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::crypto {
namespace {

constexpr auto kScheme = Scheme::kEcdsaP256Sha256;

PrivateKey MakeKey() { return PrivateKey::Generate(PrivateKey::Kind::kEcdsaP256).value(); }

Bytes Sequence(const std::vector<Bytes>& elements) {
  Bytes room(1024);
  der::BackwardWriter out(room);
  for (auto element = elements.rbegin(); element != elements.rend(); ++element) out.Put(*element);
  out.Close(der::kSequence, 0);
  return {out.written().begin(), out.written().end()};
}

// As it is, be it an INTEGER in DER or not.
Bytes Integer(ByteView content) {
  Bytes room(128);
  der::BackwardWriter out(room);
  out.Put(content);
  out.Close(der::kInteger, 0);
  return {out.written().begin(), out.written().end()};
}

Bytes Unsigned(ByteView magnitude) {
  Bytes room(128);
  der::BackwardWriter out(room);
  out.PutUnsigned(magnitude);
  return {out.written().begin(), out.written().end()};
}

struct Numbers {
  Bytes r, s;  // magnitudes
};

Numbers Split(ByteView signature) {
  der::Reader outer(signature);
  der::Reader body = outer.Enter(der::kSequence);
  const ByteView r = body.TakeUnsigned();
  const ByteView s = body.TakeUnsigned();
  REQUIRE(body.Finished());
  return {Bytes(r.begin(), r.end()), Bytes(s.begin(), s.end())};
}

const Bytes& Order() {
  static const Bytes order =
      encoding::FromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").value();
  return order;
}

Bytes PlusOrder(const Bytes& number) {
  const openssl::Number a(BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
  const openssl::Number n(BN_bin2bn(Order().data(), static_cast<int>(Order().size()), nullptr));
  REQUIRE(BN_add(a.get(), a.get(), n.get()) == 1);
  Bytes sum(static_cast<std::size_t>(BN_num_bytes(a.get())));
  BN_bn2bin(a.get(), sum.data());
  return sum;
}

TEST_CASE("Verify gives back exactly the bytes that were signed") {
  const PrivateKey key = MakeKey();
  const Bytes message = ToBytes("payload");
  const Bytes signature = key.Sign(kScheme, message).value();
  const auto proof = key.public_key().Verify(kScheme, message, signature);
  REQUIRE(proof.has_value());
  CHECK(Bytes(proof->bytes().begin(), proof->bytes().end()) == message);
  CHECK_FALSE(key.public_key().Verify(kScheme, ToBytes("payloae"), signature).has_value());
}

TEST_CASE("another key, hash or curve does not verify") {
  const PrivateKey key = MakeKey();
  const Bytes signature = key.Sign(kScheme, {}).value();
  CHECK(key.public_key().IsSignedBy(kScheme, {}, signature));
  CHECK_FALSE(MakeKey().public_key().IsSignedBy(kScheme, {}, signature));
  CHECK_FALSE(key.public_key().IsSignedBy(Scheme::kEcdsaP256Sha384, {}, signature));
  CHECK_FALSE(key.public_key().IsSignedBy(Scheme::kEcdsaP384Sha256, {}, signature));
  CHECK_FALSE(key.public_key().IsSignedBy(Scheme::kEd25519, {}, signature));
}

TEST_CASE("r and s lie between 1 and n-1 (A28)") {
  const PrivateKey key = MakeKey();
  const auto [r, s] = Split(key.Sign(kScheme, {}).value());
  const auto holds = [&](const Bytes& x, const Bytes& y) {
    return key.public_key().IsSignedBy(kScheme, {}, Sequence({Unsigned(x), Unsigned(y)}));
  };
  const Bytes zero{0};
  REQUIRE(holds(r, s));
  CHECK_FALSE(holds(zero, zero));
  CHECK_FALSE(holds(zero, s));
  CHECK_FALSE(holds(r, zero));
  CHECK_FALSE(holds(Order(), s));
  CHECK_FALSE(holds(r, Order()));
  CHECK_FALSE(holds(PlusOrder(r), s));
  CHECK_FALSE(holds(r, PlusOrder(s)));
  CHECK_FALSE(holds(Bytes{1}, Bytes{1}));
  CHECK_FALSE(holds(s, r));
}

TEST_CASE("a signature has one encoding (A19)") {
  const PrivateKey key = MakeKey();
  const Bytes good = key.Sign(kScheme, {}).value();
  const auto [r, s] = Split(good);
  const auto holds = [&](const Bytes& signature) {
    return key.public_key().IsSignedBy(kScheme, {}, signature);
  };
  REQUIRE(holds(good));
  CHECK_FALSE(holds({}));
  CHECK_FALSE(holds(Sequence({})));
  CHECK_FALSE(holds(Sequence({Unsigned(r)})));
  CHECK_FALSE(holds(Sequence({Unsigned(r), Unsigned(s), Bytes{5, 0}})));  // trailing, inside

  Bytes trailing = good;
  trailing.push_back(0);
  CHECK_FALSE(holds(trailing));

  Bytes padded(r.size() + 2, 0);
  std::copy(r.begin(), r.end(), padded.begin() + 2);
  CHECK_FALSE(holds(Sequence({Integer(padded), Unsigned(s)})));

  Bytes long_form = good;
  long_form.insert(long_form.begin() + 1, 0x81);
  CHECK_FALSE(holds(long_form));

  Bytes indefinite = good;
  indefinite[1] = 0x80;
  indefinite.insert(indefinite.end(), {0, 0});
  CHECK_FALSE(holds(indefinite));

  Bytes raw = r;  // IEEE P1363, as JWS has it
  raw.insert(raw.end(), s.begin(), s.end());
  CHECK_FALSE(holds(raw));
}

TEST_CASE("a negative r is refused (A19)") {
  const PrivateKey key = MakeKey();
  for (int i = 0; i < 64; ++i) {  // half of all r have the top bit; without its zero it is negative
    const auto [r, s] = Split(key.Sign(kScheme, {}).value());
    if (r[0] < 0x80) continue;
    CHECK_FALSE(key.public_key().IsSignedBy(kScheme, {}, Sequence({Integer(r), Unsigned(s)})));
    return;
  }
  FAIL("no r had its top bit set");
}

TEST_CASE("no flipped bit verifies") {
  const PrivateKey key = MakeKey();
  Bytes message = ToBytes("swept");
  const Bytes signature = key.Sign(kScheme, message).value();
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    Bytes flipped = signature;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1 << (bit % 8));
    CHECK_FALSE(key.public_key().IsSignedBy(kScheme, message, flipped));
  }
  for (std::size_t size = 0; size < signature.size(); ++size) {
    CHECK_FALSE(key.public_key().IsSignedBy(kScheme, message, ByteView(signature).first(size)));
  }
  for (std::uint8_t& byte : message) {
    byte ^= 1;
    CHECK_FALSE(key.public_key().IsSignedBy(kScheme, message, signature));
    byte ^= 1;
  }
}

TEST_CASE("one key verifies on several threads at once") {
  const PrivateKey key = MakeKey();
  const PublicKey shared = key.public_key();
  const Bytes signature = key.Sign(kScheme, {}).value();
  std::vector<int> held(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int& count : held) {
      threads.emplace_back([&shared, &signature, &count] {
        for (int i = 0; i < 50; ++i) count += shared.IsSignedBy(kScheme, {}, signature) ? 1 : 0;
      });
    }
  }
  CHECK(held == std::vector<int>(4, 50));
}

}  // namespace
}  // namespace hallmark::crypto
