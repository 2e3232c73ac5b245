#include <algorithm>
#include <array>

#include "hallmark/crypto/insecure_sha1.h"
#include "hallmark/revocation/internal/ocsp_parts.h"
#include "hallmark/x509/signature_algorithm.h"

namespace hallmark::revocation {
namespace {

namespace der = encoding::der;
using x509::Certificate;

constexpr std::string_view kSha1 = "1.3.14.3.2.26";
constexpr std::array<std::uint8_t, 5> kSha1Content{0x2B, 0x0E, 0x03, 0x02, 0x1A};

void PutElement(der::BackwardWriter& writer, std::uint8_t tag, ByteView content) {
  const std::size_t before = writer.mark();
  writer.Put(content);
  writer.Close(tag, before);
}

// Empty, which no hash is, for algorithms that name no certificate here.
Bytes HashBy(ByteView algorithm, ByteView content) {
  if (const auto hash = x509::ReadHashAlgorithm(algorithm)) return crypto::Hash(*hash, content);
  der::Reader whole(algorithm);
  der::Reader body = whole.Enter(der::kSequence);
  const bool is_sha1 = der::OidText(body.Take(der::kObjectId)) == kSha1;
  if (body.Sees(der::kNull)) body.Take(der::kNull);
  if (!is_sha1 || !body.Finished()) return {};
  return crypto::InsecureSha1(content);
}

bool IsHash(ByteView untrusted_hash, ByteView algorithm, ByteView content) {
  const Bytes hash = HashBy(algorithm, content);
  return !hash.empty() && std::ranges::equal(hash, untrusted_hash);
}

}  // namespace

namespace internal {

ByteView KeyBits(const Certificate& certificate) {
  der::Reader whole(certificate.spki());
  der::Reader body = whole.Enter(der::kSequence);
  body.TakeWhole();
  return body.TakeBits();
}

bool IsAbout(const CertId& id, const Issued& issued) {
  return std::ranges::equal(id.serial, issued.certificate().serial()) &&
         IsHash(id.name_hash, id.algorithm, issued.issuer().subject().der()) &&
         IsHash(id.key_hash, id.algorithm, KeyBits(issued.issuer()));
}

bool NamesResponder(const OcspParts& parts, const Certificate& certificate) {
  if (!parts.responder_name.empty()) {
    return std::ranges::equal(parts.responder_name, certificate.subject().der());
  }
  return std::ranges::equal(parts.responder_key, crypto::InsecureSha1(KeyBits(certificate)));
}

}  // namespace internal

// Section 4.1.1, written from its last element to its first. All that has a default is left out.
Bytes MakeOcspRequest(const Issued& issued) {
  std::array<std::uint8_t, 256> room{};
  der::BackwardWriter writer(room);
  PutElement(writer, der::kInteger, issued.certificate().serial());
  PutElement(writer, der::kOctetString, crypto::InsecureSha1(internal::KeyBits(issued.issuer())));
  PutElement(writer, der::kOctetString, crypto::InsecureSha1(issued.issuer().subject().der()));
  const std::size_t algorithm = writer.mark();
  PutElement(writer, der::kNull, {});
  PutElement(writer, der::kObjectId, kSha1Content);
  writer.Close(der::kSequence, algorithm);
  writer.Close(der::kSequence, 0);  // CertID
  writer.Close(der::kSequence, 0);  // Request
  writer.Close(der::kSequence, 0);  // requestList
  writer.Close(der::kSequence, 0);  // TBSRequest
  writer.Close(der::kSequence, 0);  // OCSPRequest
  const ByteView written = writer.written();
  return {written.begin(), written.end()};
}

}  // namespace hallmark::revocation
