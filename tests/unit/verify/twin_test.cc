#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "hallmark/encoding/hex.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "hallmark/signature/bundle/internal/carrier.h"
#include "tests/support/catch.h"
#include "tests/unit/verify/verify_world.h"

// (r, n-s) verifies wherever (r, s) does: the same signer said the same thing, no second one (A29).
namespace hallmark::verify {
namespace {

using testing::VerifyWorld;

constexpr std::size_t kWidth = 32;
using Number = std::array<std::uint8_t, kWidth>;  // big-endian

// The order of P-256 (SEC 2, section 2.4.2).
Number Order() {
  Number order;
  const Bytes bytes =
      encoding::FromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").value();
  std::copy(bytes.begin(), bytes.end(), order.begin());
  return order;
}

// The content of the INTEGER at `at`, whose header is two bytes; `at` moves behind it.
Number TakeInteger(const Bytes& der, std::size_t& at) {
  Bytes content(der.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                der.begin() + static_cast<std::ptrdiff_t>(at) + 2 + der.at(at + 1));
  at += 2 + content.size();
  if (content.size() > kWidth) content.erase(content.begin());  // the zero before a high bit
  Number number{};
  std::copy_backward(content.begin(), content.end(), number.end());
  return number;
}

Number Minus(const Number& from, const Number& what) {
  Number difference{};
  int borrow = 0;
  for (std::size_t i = kWidth; i-- > 0;) {
    const int digit = from.at(i) - what.at(i) - borrow;
    borrow = digit < 0 ? 1 : 0;
    difference.at(i) = static_cast<std::uint8_t>(digit & 0xff);
  }
  return difference;
}

Bytes Integer(const Number& number) {
  Bytes content(std::find_if(number.begin(), number.end(), [](auto byte) { return byte != 0; }),
                number.end());
  if ((content.at(0) & 0x80u) != 0) content.insert(content.begin(), 0);
  Bytes der = {0x02, static_cast<std::uint8_t>(content.size())};
  der.insert(der.end(), content.begin(), content.end());
  return der;
}

Bytes TwinOf(const Bytes& signature) {
  std::size_t at = 2;
  const Number r = TakeInteger(signature, at);
  const Number s = TakeInteger(signature, at);
  Bytes content = Integer(r);
  const Bytes other = Integer(Minus(Order(), s));
  content.insert(content.end(), other.begin(), other.end());
  Bytes der = {0x30, static_cast<std::uint8_t>(content.size())};
  der.insert(der.end(), content.begin(), content.end());
  return der;
}

// A world with one image, tagged 1, and a rule that wants two signers.
struct Fixture : VerifyWorld {
  testing::Image image = [this] {
    testing::Image made = testing::MakeImage("one");
    testing::Put(store(), repository(), made, "1");
    return made;
  }();

  // The same signature with (r, n-s), not attached either.
  signature::SigningFormat::Signed TwinOfSignature(
      const signature::SigningFormat::Signed& signature) const {
    auto bundle = testing::Must(signature::bundle::ParseBundle(signature.envelope.bytes()));
    bundle.signature = TwinOf(bundle.signature);
    auto envelope = oci::Content::Describe(signature.envelope.descriptor().media_type,
                                           ToBytes(signature::bundle::WriteBundle(bundle)));
    auto carrier = signature::bundle::WriteCarrier(
        envelope.descriptor(), image.manifest.descriptor(),
        {signature::kSignPredicate, bundle.key_hint}, testing::kNow);
    return {std::move(envelope), std::move(carrier)};
  }
  using VerifyWorld::Make;
  signature::SigningFormat::Signed Make(const crypto::PrivateKey& by) {
    return Make(image.digest(), by);
  }
};

std::string Say(const policy::Verdict& verdict) {
  return std::string(verdict.word()) + " " + verdict.reason;
}

const crypto::Fingerprint& SignerOf(const Outcome& outcome) {
  return outcome.evidence.assessments.at(0).verified.value().signer().fingerprint;
}

}  // namespace

TEST_CASE("the twin of a signature is by the same key (A29)") {
  Fixture world;
  const auto original = world.Make(VerifyWorld::key());
  const auto twin = world.TwinOfSignature(original);
  REQUIRE(twin.envelope.digest() != original.envelope.digest());
  world.Attach(GENERATE(false, true) ? original : twin);
  const Outcome outcome = world.VerifyOne();
  CHECK(Say(outcome.verdict) == "allowed verified");
  CHECK(SignerOf(outcome) == VerifyWorld::key().public_key().fingerprint());
}

TEST_CASE("the twin of a stranger's signature is a stranger's (A29)") {
  Fixture world;
  world.Attach(world.TwinOfSignature(world.Make(VerifyWorld::stranger())));
  CHECK(Say(world.VerifyOne().verdict) == "denied untrusted-signer");
}

TEST_CASE("a signature and its twin are one signer (A29)") {
  Fixture world;
  world.UseTwoKeys();
  const auto original = world.Make(VerifyWorld::key());
  world.Attach(original);
  world.Attach(world.TwinOfSignature(original));
  const Outcome outcome = world.VerifyOne();
  CHECK(Say(outcome.verdict) == "denied threshold");
  REQUIRE(outcome.evidence.assessments.size() == 2);
  for (const auto& assessment : outcome.evidence.assessments) CHECK(assessment.verified);
  world.Attach(world.Make(VerifyWorld::stranger()));
  CHECK(Say(world.VerifyOne().verdict) == "allowed verified");
}

}  // namespace hallmark::verify
