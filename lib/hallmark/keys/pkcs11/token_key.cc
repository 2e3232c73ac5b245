#include "hallmark/keys/pkcs11/internal/token_key.h"

#include <algorithm>
#include <utility>

#include "hallmark/encoding/der.h"
#include "hallmark/keys/pkcs11/limits.h"
#include "hallmark/x509/certificate.h"

namespace hallmark::keys {
namespace {

namespace attribute = cryptoki::attribute;
namespace der = encoding::der;
namespace key_type = cryptoki::key_type;
namespace object_class = cryptoki::object_class;
using crypto::PublicKey;
using cryptoki::Ulong;

constexpr std::uint8_t kOidEcPublicKey[] = {0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01};
constexpr std::uint8_t kOidRsa[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01};
constexpr std::uint8_t kOidEd25519[] = {0x2B, 0x65, 0x70};
constexpr std::size_t kEd25519Bytes = 32;
constexpr std::size_t kSpkiOverhead = 64;

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) from its algorithm, the parameters as a whole
// element, and the key's bits.
Bytes EncodeSpki(ByteView algorithm, ByteView parameters, ByteView key) {
  Bytes room(key.size() + parameters.size() + algorithm.size() + kSpkiOverhead);
  der::BackwardWriter out(room);
  out.Put(key);
  out.PutByte(0);
  out.Close(der::kBitString, 0);
  const std::size_t identifier = out.mark();
  out.Put(parameters);
  const std::size_t oid = out.mark();
  out.Put(algorithm);
  out.Close(der::kObjectId, oid);
  out.Close(der::kSequence, identifier);
  out.Close(der::kSequence, 0);
  return {out.written().begin(), out.written().end()};
}

Bytes EncodeRsaSpki(ByteView modulus, ByteView exponent) {
  Bytes room(modulus.size() + exponent.size() + kSpkiOverhead);
  der::BackwardWriter out(room);
  out.PutUnsigned(exponent);
  out.PutUnsigned(modulus);
  out.Close(der::kSequence, 0);
  constexpr std::uint8_t kNull[] = {der::kNull, 0};
  return EncodeSpki(kOidRsa, kNull, out.written());
}

// CKA_EC_POINT is an OCTET STRING in DER; some modules give the point itself, and version 3.0 a BIT
// STRING for Edwards curves. A bare point is told by its length, which no wrapped one has.
ByteView BarePoint(ByteView point) {
  constexpr std::size_t kBare[] = {kEd25519Bytes, 65, 97, 133};
  if (std::ranges::find(kBare, point.size()) != std::end(kBare)) return point;
  der::Reader reader(point);
  const ByteView inside =
      reader.Sees(der::kBitString) ? reader.TakeBits() : reader.Take(der::kOctetString);
  return reader.Finished() ? inside : ByteView();
}

Result<std::optional<PublicKey>> Parsed(ByteView spki) {
  HALLMARK_ASSIGN(PublicKey key, PublicKey::FromSpki(spki));
  return std::optional<PublicKey>(std::move(key));
}

Result<std::optional<PublicKey>> FromRsa(Session& session, Ulong object) {
  HALLMARK_ASSIGN(const auto modulus, session.Read(object, attribute::kModulus));
  HALLMARK_ASSIGN(const auto exponent, session.Read(object, attribute::kPublicExponent));
  if (!modulus || !exponent || modulus->empty() || exponent->empty()) {
    return std::optional<PublicKey>();
  }
  return Parsed(EncodeRsaSpki(*modulus, *exponent));
}

Result<std::optional<PublicKey>> FromPoint(Session& session, Ulong object, bool is_edwards) {
  HALLMARK_ASSIGN(const auto parameters, session.Read(object, attribute::kEcParams));
  HALLMARK_ASSIGN(const auto point, session.Read(object, attribute::kEcPoint));
  if (!point || point->empty()) return std::optional<PublicKey>();
  const ByteView bare = BarePoint(*point);
  if (!is_edwards) {
    if (!parameters || parameters->empty()) return std::optional<PublicKey>();
    return Parsed(EncodeSpki(kOidEcPublicKey, *parameters, bare));
  }
  if (bare.size() != kEd25519Bytes) {
    return Error(ErrorCode::kUnsupported, "an Edwards curve other than Ed25519");
  }
  return Parsed(EncodeSpki(kOidEd25519, {}, bare));
}

// What a key object, public or private, tells about the public half; nullopt: nothing.
Result<std::optional<PublicKey>> FromKeyObject(Session& session, Ulong object) {
  HALLMARK_ASSIGN(const auto type, session.ReadNumber(object, attribute::kKeyType));
  if (!type) return std::optional<PublicKey>();
  if (*type != key_type::kRsa && *type != key_type::kEc && *type != key_type::kEdwards) {
    return Error(ErrorCode::kUnsupported, "a key of a type other than RSA, EC and Edwards");
  }
  HALLMARK_ASSIGN(std::optional<PublicKey> key,
                  *type == key_type::kRsa
                      ? FromRsa(session, object)
                      : FromPoint(session, object, *type == key_type::kEdwards));
  if (key) return key;
  HALLMARK_ASSIGN(const auto info, session.Read(object, attribute::kPublicKeyInfo));
  if (!info || info->empty()) return std::optional<PublicKey>();
  return Parsed(*info);
}

Result<std::optional<PublicKey>> FromCertificate(Session& session, Ulong object) {
  HALLMARK_ASSIGN(const auto value, session.Read(object, attribute::kValue));
  if (!value || value->empty()) return std::optional<PublicKey>();
  HALLMARK_ASSIGN(const x509::Certificate certificate, x509::Certificate::FromDer(*value));
  HALLMARK_ASSIGN(PublicKey key, certificate.public_key());
  return std::optional<PublicKey>(std::move(key));
}

struct Selector {
  Ulong object_class;
  Pkcs11Uri::Text label;
  std::optional<Bytes> id;
};

// The one key that all objects of the selection hold.
Result<std::optional<PublicKey>> OneKeyOf(Session& session, const Selector& selector) {
  HALLMARK_ASSIGN(const std::vector<Ulong> objects,
                  session.Find(selector.object_class, selector.label, selector.id));
  std::optional<PublicKey> one;
  for (const Ulong object : objects) {
    Result<std::optional<PublicKey>> key = selector.object_class == object_class::kCertificate
                                               ? FromCertificate(session, object)
                                               : FromKeyObject(session, object);
    if (!key.ok()) return std::move(key).error().While(session.Describe(object));
    if (!key.value()) continue;
    if (one && one->fingerprint() != key.value()->fingerprint()) {
      return Config("two different public keys match, say which with object and id: " +
                    session.Describe(objects.front()) + ", " + session.Describe(object));
    }
    one = key.value();
  }
  return one;
}

Result<std::optional<PublicKey>> KeyOrCertificate(Session& session, Selector selector) {
  selector.object_class = object_class::kPublicKey;
  HALLMARK_ASSIGN(std::optional<PublicKey> key, OneKeyOf(session, selector));
  if (key) return key;
  selector.object_class = object_class::kCertificate;
  return OneKeyOf(session, selector);
}

}  // namespace

Result<Ulong> ChooseObject(Session& session, Ulong object_class, const Pkcs11Uri::Object& wanted) {
  HALLMARK_ASSIGN(const std::vector<Ulong> found,
                  session.Find(object_class, wanted.label, wanted.id));
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return Config("no private key of token " + session.token().name() + " matches");
  }
  std::string list;
  for (std::size_t i = 0; i < std::min(found.size(), kMaxListed); ++i) {
    list += (i == 0 ? "" : ", ") + session.Describe(found[i]);
  }
  return Config(std::to_string(found.size()) + " private keys of token " + session.token().name() +
                " match, say which with object and id: " + list +
                (found.size() > kMaxListed ? ", ..." : ""));
}

Result<PublicKey> PublicHalfOf(Session& session, Ulong private_key) {
  HALLMARK_ASSIGN(std::optional<PublicKey> key, FromKeyObject(session, private_key));
  if (key) return std::move(*key);
  HALLMARK_ASSIGN(std::optional<Bytes> id, session.Read(private_key, attribute::kId));
  Selector selector{object_class::kPublicKey, std::nullopt, std::move(id)};
  if (!selector.id || selector.id->empty()) {
    HALLMARK_ASSIGN(const auto label, session.Read(private_key, attribute::kLabel));
    selector = {object_class::kPublicKey, std::string(AsText(label.value_or(Bytes()))), {}};
  }
  HALLMARK_ASSIGN(key, KeyOrCertificate(session, selector));
  if (key) return std::move(*key);
  return Config("token " + session.token().name() +
                " has neither a public key nor a certificate beside the private key");
}

Result<std::optional<PublicKey>> FindPublicKey(Session& session, const Pkcs11Uri::Object& wanted) {
  const Selector selector{object_class::kPublicKey, wanted.label, wanted.id};
  if (wanted.type == Pkcs11Uri::Type::kPublic) return OneKeyOf(session, selector);
  if (wanted.type == Pkcs11Uri::Type::kCertificate) {
    return OneKeyOf(session, {object_class::kCertificate, wanted.label, wanted.id});
  }
  return KeyOrCertificate(session, selector);
}

}  // namespace hallmark::keys
