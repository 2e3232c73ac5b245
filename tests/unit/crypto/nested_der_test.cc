#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include "hallmark/crypto/internal/private_key_der.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/crypto/public_key.h"
#include "tests/support/catch.h"
#include "tests/unit/crypto/fixtures.h"

namespace hallmark::crypto {
namespace {

constexpr std::size_t kLevels = 100'000;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kOctets = 0x04;
constexpr std::uint8_t kBits = 0x03;
constexpr std::array<std::uint8_t, 9> kEcPublicKey = {0x06, 0x07, 0x2A, 0x86, 0x48,
                                                      0xCE, 0x3D, 0x02, 0x01};
constexpr std::array<std::uint8_t, 11> kPbes2 = {0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                                 0xF7, 0x0D, 0x01, 0x05, 0x0D};
constexpr std::array<std::uint8_t, 3> kZero = {0x02, 0x01, 0x00};

// A header, last byte first, as nesting from the inside out wants it.
void AppendReversedHeader(Bytes& reversed, std::uint8_t tag) {
  const std::size_t length = reversed.size();
  std::uint8_t count = 0;
  for (std::size_t rest = length; rest > 0; rest >>= 8, ++count) {
    reversed.push_back(static_cast<std::uint8_t>(rest & 0xFF));
  }
  if (length >= 0x80) {
    reversed.push_back(static_cast<std::uint8_t>(0x80 | count));
  } else if (length == 0) {
    reversed.push_back(0);
  }
  reversed.push_back(tag);
}

Bytes NestedDefinite(std::uint8_t tag) {
  Bytes reversed;
  for (std::size_t i = 0; i < kLevels; ++i) AppendReversedHeader(reversed, tag);
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

Bytes NestedIndefinite(std::uint8_t tag) {
  Bytes nested;
  for (std::size_t i = 0; i < kLevels; ++i) nested.insert(nested.end(), {tag, 0x80});
  return nested;
}

template <class... Parts>
Bytes Joined(const Parts&... parts) {
  Bytes joined;
  (joined.insert(joined.end(), parts.begin(), parts.end()), ...);
  return joined;
}

template <class... Parts>
Bytes Element(std::uint8_t tag, const Parts&... parts) {
  Bytes reversed = Joined(parts...);
  std::reverse(reversed.begin(), reversed.end());
  AppendReversedHeader(reversed, tag);
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

// The most memory that this process had at one time.
std::size_t PeakKib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
  }
  return 0;
}

// Everything that reads a key's DER, and what ECDSA signatures are read with.
void CheckRefusedEverywhere(const Bytes& der) {
  const std::size_t before = PeakKib();
  CHECK_FALSE(PublicKey::FromSpki(der).ok());
  Bytes copy = der;
  CHECK_FALSE(PrivateKey::FromDer(Secret::TakeAndWipe(copy)).ok());
  CHECK_FALSE(PrivateKey::CheckEncryptedPkcs8(der).ok());
  static_cast<void>(ParsePrivateKeyDer(der).ok());  // what is inside is read later
  CHECK_FALSE(ParseEcPrivateKey(der).ok());
  CHECK_FALSE(ParseRsaPrivateKey(der).ok());
  const PublicKey key = PublicKey::FromPem(fixtures::kPublicP256).value();
  CHECK_FALSE(key.IsSignedBy(key.DefaultSchemes().front(), AsBytes("message"), der));
  CHECK(PeakKib() - before < 32768);
}

TEST_CASE("100,000 nested elements of DER cost nothing (A17)") {
  const std::uint8_t tag = GENERATE(std::uint8_t{0x30}, std::uint8_t{0x31}, std::uint8_t{0xA0},
                                    std::uint8_t{0x24}, std::uint8_t{0x04}, std::uint8_t{0x02});
  for (const Bytes& nested : {NestedDefinite(tag), NestedIndefinite(tag)}) {
    CheckRefusedEverywhere(nested);
    const Bytes algorithm = Element(kSequence, kEcPublicKey, nested);
    CheckRefusedEverywhere(Element(kSequence, algorithm, Element(kBits, kZero)));
    CheckRefusedEverywhere(Element(kSequence, kZero, algorithm, Element(kOctets, kZero)));
    CheckRefusedEverywhere(Element(kSequence, Element(kSequence, kEcPublicKey), nested));
    CheckRefusedEverywhere(Element(kSequence, kZero, nested));
    CheckRefusedEverywhere(Element(kSequence, kZero, nested, nested));
    CheckRefusedEverywhere(
        Element(kSequence, Element(kSequence, kPbes2, nested), Element(kOctets, kZero)));
  }
}

}  // namespace
}  // namespace hallmark::crypto
