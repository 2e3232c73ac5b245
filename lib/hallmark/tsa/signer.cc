#include "hallmark/tsa/internal/signer.h"

#include <algorithm>

#include "hallmark/base/printable.h"
#include "hallmark/tsa/internal/token_parts.h"

namespace hallmark::tsa::internal {
namespace {

namespace der = encoding::der;
using x509::Certificate;

constexpr std::string_view kSubjectKeyIdentifier = "2.5.29.14";

Fault TimestampFault(std::string_view what) { return {"timestamp", std::string(what)}; }

bool HasKeyId(const Certificate& certificate, ByteView key_id) {
  const x509::Extension* extension = certificate.FindExtension(kSubjectKeyIdentifier);
  if (extension == nullptr) return false;
  der::Reader reader(extension->value);
  const ByteView own = reader.Take(der::kOctetString);
  return reader.Finished() && std::ranges::equal(own, key_id);
}

// What a name leaves out fits every certificate.
bool Fits(const CertificateName& name, const Certificate& certificate) {
  if (!name.issuer.empty() && (!std::ranges::equal(name.issuer, certificate.issuer().der()) ||
                               !std::ranges::equal(name.serial, certificate.serial()))) {
    return false;
  }
  return name.key_id.empty() || HasKeyId(certificate, name.key_id);
}

const Certificate* FindSigner(const CertificateId& id, std::span<const Certificate> certificates) {
  const auto found = std::ranges::find_if(certificates, [&](const Certificate& certificate) {
    return std::ranges::equal(crypto::Hash(id.hash, certificate.der()), id.digest);
  });
  return found == certificates.end() ? nullptr : &*found;
}

// RFC 3161 section 2.3.
std::optional<Fault> CheckUsage(const Certificate& certificate) {
  const auto& usage = certificate.extended_key_usage();
  if (usage && usage->critical && usage->purposes.size() == 1 &&
      usage->Has(x509::oid::kTimeStamping)) {
    return std::nullopt;
  }
  return Fault{"chain",
               "certificate of \"" + Printable(certificate.subject().text()) +
                   "\": its extended key usage is not timestamping alone, marked critical"};
}

std::optional<Fault> CheckSignature(const TokenParts& parts, const Certificate& certificate) {
  const SignerInfo& signer = parts.signer;
  if (!std::ranges::equal(crypto::Hash(signer.digest_hash, parts.content), signer.message_digest)) {
    return TimestampFault("what was signed is not what the token says");
  }
  const auto key = certificate.public_key();
  if (!key.ok()) return Fault{"algorithm", "timestamp authority: " + key.error().message()};
  const auto scheme = x509::SchemeFor(key.value(), signer.algorithm);
  if (!scheme || !key.value().IsSignedBy(*scheme, signer.signed_attributes, signer.signature)) {
    return TimestampFault("its signature is not by the certificate that it names");
  }
  return std::nullopt;
}

bool IsSameAttribute(const x509::NameAttribute& a, const x509::NameAttribute& b) {
  return a.type == b.type && (a.value == b.value || (a.text && a.text == b.text));
}

bool IsSameName(const x509::Name& a, const x509::Name& b) {
  return std::ranges::equal(a.relative_names(), b.relative_names(),
                            [](const auto& one, const auto& other) {
                              return std::ranges::equal(one, other, IsSameAttribute);
                            });
}

bool IsAlternativeName(const Certificate& certificate, ByteView general_name) {
  const x509::Extension* extension = certificate.FindExtension(x509::oid::kSubjectAltName);
  if (extension == nullptr) return false;
  der::Reader list = der::Reader(extension->value).Enter(der::kSequence);
  while (!list.AtEnd()) {
    if (std::ranges::equal(list.TakeWhole(), general_name)) return true;
  }
  return false;
}

}  // namespace

std::variant<Certificate, Fault> CheckSigner(const Token& token,
                                             std::span<const Certificate> others) {
  const TokenParts& parts = token.parts();
  const SignerInfo& signer = parts.signer;
  const Certificate* certificate = FindSigner(signer.certificate, parts.certificates);
  if (certificate == nullptr) certificate = FindSigner(signer.certificate, others);
  if (certificate == nullptr) {
    return TimestampFault(
        "the certificate that signed is neither in the token nor among the trusted");
  }
  if (!Fits(signer.name, *certificate) || !Fits(signer.certificate.name, *certificate)) {
    return TimestampFault("the token names its signer in two ways that differ");
  }
  if (auto fault = CheckUsage(*certificate)) return *std::move(fault);
  if (auto fault = CheckSignature(parts, *certificate)) return *std::move(fault);
  return *certificate;
}

bool IsNameOf(const Certificate& certificate, ByteView general_name) {
  der::Reader whole(general_name);
  if (whole.Sees(der::Explicit(4))) {
    der::Reader field = whole.Enter(der::Explicit(4));
    const auto name = x509::Name::FromDer(field.TakeWhole());
    if (field.Finished() && name.ok() && IsSameName(name.value(), certificate.subject())) {
      return true;
    }
  }
  return IsAlternativeName(certificate, general_name);
}

}  // namespace hallmark::tsa::internal
