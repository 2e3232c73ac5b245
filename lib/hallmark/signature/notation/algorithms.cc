#include "hallmark/signature/notation/internal/algorithms.h"

#include <algorithm>
#include <array>

namespace hallmark::signature::notation {
namespace {

using crypto::KeyType;
using crypto::Scheme;

constexpr std::array kAlgorithms{
    Algorithm{KeyType::kRsa, 2048, Scheme::kRsaPssSha256, "PS256", -37},
    Algorithm{KeyType::kRsa, 3072, Scheme::kRsaPssSha384, "PS384", -38},
    Algorithm{KeyType::kRsa, 4096, Scheme::kRsaPssSha512, "PS512", -39},
    Algorithm{KeyType::kEcdsaP256, 256, Scheme::kEcdsaP256Sha256, "ES256", -7},
    Algorithm{KeyType::kEcdsaP384, 384, Scheme::kEcdsaP384Sha384, "ES384", -35},
    Algorithm{KeyType::kEcdsaP521, 521, Scheme::kEcdsaP521Sha512, "ES512", -36},
};

template <class Matches>
const Algorithm* Find(Matches matches) {
  const auto* found = std::find_if(kAlgorithms.begin(), kAlgorithms.end(), matches);
  return found == kAlgorithms.end() ? nullptr : found;
}

}  // namespace

const Algorithm* AlgorithmOf(const crypto::PublicKey& key) {
  return Find([&](const Algorithm& algorithm) {
    return algorithm.key_type == key.type() && algorithm.key_bits == key.bits();
  });
}

const Algorithm* AlgorithmNamed(std::string_view name) {
  return Find([&](const Algorithm& algorithm) { return algorithm.name == name; });
}

std::string NameOfCoseAlgorithm(std::int64_t number) {
  const Algorithm* found =
      Find([&](const Algorithm& algorithm) { return algorithm.cose == number; });
  return found == nullptr ? std::to_string(number) : std::string(found->name);
}

}  // namespace hallmark::signature::notation
