#include "hallmark/x509/twin.h"

#include <algorithm>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/der.h"
#include "hallmark/x509/internal/certificate_parts.h"

namespace hallmark::x509 {
namespace {

namespace der = encoding::der;

// The twin is at most a few bytes longer, with all headers around it.
constexpr std::size_t kMaxGrowth = 64;

}  // namespace

std::optional<crypto::Fingerprint> TwinFingerprint(const Certificate& certificate,
                                                   const crypto::PublicKey& issuer) {
  const internal::CertificateParts& parts = certificate.parts();
  const Result<Bytes> twin = crypto::EcdsaTwin(issuer.type(), parts.signature);
  if (!twin.ok()) return std::nullopt;
  Bytes room(parts.der.size() + kMaxGrowth);
  der::BackwardWriter writer(room);
  writer.Put(twin.value());
  writer.PutByte(0);  // no unused bits
  writer.Close(der::kBitString, 0);
  writer.Put(parts.algorithm);
  writer.Put(parts.signed_part);
  writer.Close(der::kSequence, 0);
  const Bytes hash = crypto::Hash(crypto::HashAlgorithm::kSha256, writer.written());
  crypto::Fingerprint fingerprint{};
  std::copy(hash.begin(), hash.end(), fingerprint.begin());
  return fingerprint;
}

}  // namespace hallmark::x509
