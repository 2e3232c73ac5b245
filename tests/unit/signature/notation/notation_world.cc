#include "tests/unit/signature/notation/notation_world.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/signature/notation/internal/algorithms.h"

namespace hallmark::testing {
namespace {

using namespace hallmark::signature::notation;
using crypto::PrivateKey;

// A throw-away key made with OpenSSL 3.0: there is no generating P-521 here.
constexpr std::string_view kP521 = R"(-----BEGIN PRIVATE KEY-----
MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIB/GArbgxzoBKOjEBk
CvIw2mDCRdZ6LWVfhn9wdQfapL4HQDD2ymKhS9PgPpwDBumCytTgBGobVdu/bZPW
oo+KjhmhgYkDgYYABAH66lXzbO7T01zZMyhT4F7QYcCTx5CV9aPbMQBPJ7+SpkQt
BNs+MLJ6BPE0wv0v0gsDqcidWDuy4I1M7KCWc/XKuwGLhY3ZYER0XVj9K4GiGZsf
Rw90Rf2Z3n/cnXqaaoSdblB7cbhSIOhCybrHQ+Wi1RjO9wduLPX33z0L7L0VdU74
8A==
-----END PRIVATE KEY-----
)";

cbor::Value Text(std::string_view text) { return cbor::Value::Text(std::string(text)); }

crypto::Scheme SchemeOf(const PrivateKey& key) {
  const Algorithm* algorithm = AlgorithmOf(key.public_key());
  return algorithm != nullptr ? algorithm->scheme : key.public_key().DefaultSchemes().front();
}

// Places inside of the certificates, which are most of an envelope and not signed by it.
std::vector<bool> CertificatePlaces(const Envelope& envelope, const Bytes& bytes) {
  std::vector<bool> places(bytes.size(), false);
  for (const Bytes& der : envelope.certificates) {
    const Bytes spelt =
        envelope.type == EnvelopeType::kJws ? ToBytes(encoding::ToBase64(der)) : der;
    const auto found = std::search(bytes.begin(), bytes.end(), spelt.begin(), spelt.end());
    if (found == bytes.end()) continue;
    std::fill_n(places.begin() + (found - bytes.begin()), spelt.size(), true);
  }
  return places;
}

}  // namespace

const PrivateKey& SignersKey() {
  static const PrivateKey kKey = MakeKey();
  return kKey;
}

const PrivateKey& StrangersKey() {
  static const PrivateKey kKey = MakeKey();
  return kKey;
}

const PrivateKey& P384Key() {
  static const PrivateKey kKey = MakeKey(PrivateKey::Kind::kEcdsaP384);
  return kKey;
}

const PrivateKey& P521Key() {
  static const PrivateKey kKey = KeyFromPem(kP521);
  return kKey;
}

PrivateKey KeyFromPem(std::string_view pem) {
  Bytes text = ToBytes(pem);
  return Must(PrivateKey::FromDer(Must(encoding::ParseSecretPem(Secret::TakeAndWipe(text))).bytes));
}

std::string Names(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '@') {
      out += "io.cncf.notary.";
    } else {
      out += letter;
    }
  }
  return out;
}

std::string GoodHeader() {
  return Names(
      R"({"alg":"ES256","crit":["@signingScheme"],"cty":"application/vnd.cncf.notary.payload.v1+json",)"
      R"("@signingScheme":"notary.x509","@signingTime":"2026-06-01T12:00:00Z"})");
}

std::string GoodPayload() {
  return R"({"targetArtifact":{"digest":"sha256:)" + std::string(64, 'a') +
         R"(","mediaType":"application/vnd.oci.image.manifest.v1+json","size":401}})";
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("no " + std::string(from) + " in " + text);
  return text.replace(at, from.size(), to);
}

Bytes RawSignature(const PrivateKey& key, ByteView bytes) {
  const Bytes signature = Must(key.Sign(SchemeOf(key), bytes));
  switch (key.public_key().type()) {
    case crypto::KeyType::kEcdsaP256:
    case crypto::KeyType::kEcdsaP384:
    case crypto::KeyType::kEcdsaP521:
      return Must(crypto::EcdsaRawFromDer(key.public_key().type(), signature));
    default:
      return signature;
  }
}

std::string MakeJws(const JwsParts& parts) {
  const std::string header = encoding::ToBase64Url(AsBytes(parts.protected_header));
  const std::string payload = encoding::ToBase64Url(AsBytes(parts.payload));
  const Bytes signature = RawSignature(*parts.key, AsBytes(header + "." + payload));
  return R"({"payload":")" + payload + R"(","protected":")" + header + R"(","header":)" +
         parts.header + R"(,"signature":")" + encoding::ToBase64Url(signature) + R"("})";
}

std::vector<cbor::Entry> CoseHeader(std::vector<cbor::Entry> changes,
                                    const std::vector<cbor::Value>& without) {
  using cbor::Value;
  std::vector<cbor::Entry> entries{
      {Value::Integer(1), Value::Integer(-7)},
      {Value::Integer(2), Value::Array({Text(Names("@signingScheme"))})},
      {Value::Integer(3), Text(kPayloadType)},
      {Text(Names("@signingScheme")), Text("notary.x509")},
      {Text(Names("@signingTime")),
       Value::Tagged(1, Value::Integer(kNow.time_since_epoch().count()))}};
  const auto drop = [&](const Value& key) {
    const Bytes encoded = cbor::Encode(key);
    std::erase_if(entries,
                  [&](const cbor::Entry& entry) { return cbor::Encode(entry.key) == encoded; });
  };
  for (const Value& key : without) drop(key);
  for (cbor::Entry& change : changes) {
    drop(change.key);
    entries.push_back(std::move(change));
  }
  return entries;
}

std::vector<cbor::Value> CoseArray(const CoseParts& parts) {
  using cbor::Value;
  const Bytes header = cbor::Encode(parts.protected_header);
  const Bytes to_sign = cbor::Encode(
      Value::Array({Text("Signature1"), Value::ByteString(header), Value::ByteString({}),
                    Value::ByteString(ToBytes(parts.payload))}));
  return {Value::ByteString(header), parts.unprotected, Value::ByteString(ToBytes(parts.payload)),
          Value::ByteString(RawSignature(*parts.key, to_sign))};
}

Bytes TaggedCose(std::vector<cbor::Value> parts) {
  return cbor::Encode(cbor::Value::Tagged(18, cbor::Value::Array(std::move(parts))));
}

Bytes MakeCose(const CoseParts& parts) { return TaggedCose(CoseArray(parts)); }

std::string WordOf(EnvelopeType type, ByteView bytes, const crypto::PublicKey& key) {
  const Result<Envelope> envelope = ParseEnvelope(type, bytes);
  if (!envelope.ok()) return std::string(ToWord(envelope.error().code()));
  const auto opened = OpenEnvelope(envelope.value(), key);
  const auto* refusal = std::get_if<Refusal>(&opened);
  return refusal == nullptr ? "opened" : refusal->reason;
}

std::string JwsWord(const JwsParts& parts) {
  return WordOf(EnvelopeType::kJws, AsBytes(MakeJws(parts)), parts.key->public_key());
}

std::string CoseWord(const CoseParts& parts) {
  return WordOf(EnvelopeType::kCose, MakeCose(parts), parts.key->public_key());
}

Opened Open(EnvelopeType type, ByteView bytes, const crypto::PublicKey& key) {
  const Envelope envelope = Must(ParseEnvelope(type, bytes));
  auto opened = OpenEnvelope(envelope, key);
  if (const auto* refusal = std::get_if<Refusal>(&opened)) {
    throw std::runtime_error(refusal->reason + ": " + refusal->detail);
  }
  return std::get<Opened>(std::move(opened));
}

Statement MakeStatement() {
  Statement statement{{"application/vnd.oci.image.manifest.v1+json",
                       oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("image")),
                       401,
                       "",
                       {{"env", "prod"}, {"io.hallmark.n", "1"}},
                       std::nullopt},
                      SigningScheme::kX509,
                      kNow,
                      std::nullopt,
                      {{0x30, 0x00}, {0x30, 0x01, 0x00}},
                      "hallmark/0.1.0"};
  return statement;
}

std::vector<std::string> Sweep(EnvelopeType type, ByteView envelope, const crypto::PublicKey& key) {
  const Bytes good(envelope.begin(), envelope.end());
  const Envelope original = Must(ParseEnvelope(type, good));
  std::vector<std::string> slipped;
  const auto check = [&](const char* what, std::size_t at, const Bytes& changed) {
    const Result<Envelope> read = ParseEnvelope(type, changed);
    if (!read.ok()) return;
    // What is beside the signature may change; the signature and all that it is over may not.
    if (read.value().signed_bytes == original.signed_bytes &&
        read.value().signature == original.signature) {
      return;
    }
    if (std::holds_alternative<Refusal>(OpenEnvelope(read.value(), key))) return;
    slipped.push_back(std::string(what) + " at byte " + std::to_string(at));
  };
  constexpr std::size_t kCertificateStep = 32;
  const std::vector<bool> is_certificate = CertificatePlaces(original, good);
  for (std::size_t at = 0; at < good.size(); ++at) {
    if (is_certificate[at] && at % kCertificateStep != 0) continue;
    Bytes flipped = good;
    flipped[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    check("flip", at, flipped);
    Bytes dropped = good;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(at));
    check("drop", at, dropped);
    if (at + 1 == good.size() || good[at] == good[at + 1]) continue;
    Bytes swapped = good;
    std::swap(swapped[at], swapped[at + 1]);
    check("swap", at, swapped);
  }
  return slipped;
}

}  // namespace hallmark::testing
