#include "hallmark/oci/digest.h"

#include <algorithm>
#include <optional>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/encoding/hex.h"

namespace hallmark::oci {
namespace {

using Algorithm = Digest::Algorithm;

constexpr std::array kAlgorithms{Algorithm::kSha256, Algorithm::kSha384, Algorithm::kSha512};

std::string_view Name(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kSha256:
      return "sha256";
    case Algorithm::kSha384:
      return "sha384";
    case Algorithm::kSha512:
      return "sha512";
  }
  ::hallmark::internal::CheckFailed("a known digest algorithm", __FILE__, __LINE__);
}

std::optional<Algorithm> AlgorithmFromName(std::string_view name) {
  for (const Algorithm algorithm : kAlgorithms) {
    if (Name(algorithm) == name) return algorithm;
  }
  return std::nullopt;
}

Error Malformed(std::string_view untrusted_text, const char* what) {
  return {ErrorCode::kMalformed, "digest \"" + Printable(untrusted_text) + "\": " + what};
}

}  // namespace

Digest::Digest(Algorithm algorithm, ByteView bytes) : algorithm_(algorithm) {
  HALLMARK_CHECK(bytes.size() == crypto::HashSize(algorithm));
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

Result<Digest> Digest::Parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return Malformed(text, "want algorithm:hex");
  const std::optional<Algorithm> algorithm = AlgorithmFromName(text.substr(0, colon));
  if (!algorithm) return Malformed(text, "the algorithm is not sha256, sha384 or sha512");
  const std::string_view hex = text.substr(colon + 1);
  if (hex.size() != 2 * crypto::HashSize(*algorithm)) return Malformed(text, "wrong length");
  const Result<Bytes> bytes = encoding::FromHex(hex);
  if (!bytes.ok()) return Malformed(text, "want lower-case hexadecimal");
  return Digest(*algorithm, bytes.value());
}

Digest Digest::Of(Algorithm algorithm, ByteView content) {
  return Digest(algorithm, crypto::Hash(algorithm, content));
}

std::string_view Digest::algorithm_name() const { return Name(algorithm_); }

ByteView Digest::bytes() const { return ByteView(bytes_).first(crypto::HashSize(algorithm_)); }

std::string Digest::hex() const { return encoding::ToHex(bytes()); }

std::string Digest::ToString() const { return std::string(algorithm_name()) + ":" + hex(); }

}  // namespace hallmark::oci
