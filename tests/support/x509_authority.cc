#include "tests/support/x509_authority.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <map>
#include <stdexcept>

#include "hallmark/base/secret.h"

namespace hallmark::testing {
namespace {

template <auto kFree>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Cert = std::unique_ptr<X509, Deleter<X509_free>>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

void Want(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("test certificate: " + what);
}

EVP_PKEY* Generate(const std::string& kind) {
  if (kind.starts_with("RSA-")) {
    return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{std::stoul(kind.substr(4))});
  }
  if (kind == "Ed25519") return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", kind.c_str());
}

void SetName(X509_NAME* name, const TextPairs& subject) {
  for (const auto& [type, value] : subject) {
    Want(X509_NAME_add_entry_by_txt(name, type.c_str(), MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1,
         "subject " + type);
  }
}

void AddExtensions(X509* cert, X509* issuer, const TextPairs& extensions) {
  X509V3_CTX ctx;
  X509V3_set_ctx(&ctx, issuer, cert, nullptr, nullptr, 0);
  CONF* const conf = NCONF_new(nullptr);
  X509V3_set_nconf(&ctx, conf);
  for (const auto& [type, value] : extensions) {
    X509_EXTENSION* extension = X509V3_EXT_nconf(conf, &ctx, type.c_str(), value.c_str());
    Want(extension != nullptr && X509_add_ext(cert, extension, -1) == 1, "extension " + type);
    X509_EXTENSION_free(extension);
  }
  NCONF_free(conf);
}

void SignIt(X509* cert, EVP_PKEY* key, const CertificateSpec& spec) {
  const bool hashes = EVP_PKEY_is_a(key, "ED25519") == 0;
  const EVP_MD* md = hashes ? EVP_get_digestbyname(spec.hash.c_str()) : nullptr;
  Want(!hashes || md != nullptr, "hash " + spec.hash);
  const MdCtx ctx(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_ctx = nullptr;
  Want(EVP_DigestSignInit(ctx.get(), &key_ctx, md, nullptr, key) == 1, "signing");
  if (spec.pss) {
    Want(EVP_PKEY_CTX_set_rsa_padding(key_ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(key_ctx, RSA_PSS_SALTLEN_DIGEST) == 1,
         "PSS");
  }
  Want(X509_sign_ctx(cert, ctx.get()) > 0, "signing");
}

}  // namespace

struct TestKey::Impl {
  std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>> key;
};

TestKey TestKey::Make(const std::string& kind, int number) {
  static std::map<std::pair<std::string, int>, std::shared_ptr<const Impl>> made;
  const auto make = [&] {
    auto impl = std::make_shared<Impl>();
    impl->key.reset(Generate(kind));
    Want(impl->key != nullptr, "key " + kind);
    return impl;
  };
  if (!kind.starts_with("RSA-")) return TestKey(make());
  auto& entry = made[{kind, number}];
  if (entry == nullptr) entry = make();
  return TestKey(entry);
}

crypto::PrivateKey TestKey::private_key() const {
  unsigned char* der = nullptr;
  PKCS8_PRIV_KEY_INFO* info = EVP_PKEY2PKCS8(impl_->key.get());
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
  PKCS8_PRIV_KEY_INFO_free(info);
  Want(size > 0, "PKCS#8");
  auto key = crypto::PrivateKey::FromDer(
      Secret::TakeAndWipe(std::span<std::uint8_t>(der, static_cast<std::size_t>(size))));
  OPENSSL_free(der);
  Want(key.ok(), key.ok() ? "" : key.error().message());
  return std::move(key).value();
}

std::string TestKey::ToPem() const {
  const Memory memory(BIO_new(BIO_s_mem()));
  Want(PEM_write_bio_PKCS8PrivateKey(memory.get(), impl_->key.get(), nullptr, nullptr, 0, nullptr,
                                     nullptr) == 1,
       "PEM");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

CertificateSpec CertificateSpec::With(const std::string& type, const std::string& value) const {
  CertificateSpec changed = *this;
  std::erase_if(changed.extensions, [&](const auto& pair) { return pair.first == type; });
  if (!value.empty()) changed.extensions.emplace_back(type, value);
  return changed;
}

namespace {

CertificateSpec Spec(const std::string& name, TextPairs extensions) {
  CertificateSpec spec;
  spec.subject = {{"C", "US"}, {"ST", "WA"}, {"O", "Hallmark Test"}, {"CN", name}};
  spec.extensions = std::move(extensions);
  spec.extensions.emplace_back("subjectKeyIdentifier", "hash");
  spec.extensions.emplace_back("authorityKeyIdentifier", "keyid");
  return spec;
}

Bytes Make(const CertificateSpec& spec, const TestKey& key, const Identity* issuer) {
  const Cert cert(X509_new());
  Cert parent;
  if (issuer != nullptr) {
    const unsigned char* in = issuer->der.data();
    parent.reset(d2i_X509(nullptr, &in, static_cast<long>(issuer->der.size())));
    Want(parent != nullptr, "issuer");
  }
  X509* const above = parent == nullptr ? cert.get() : parent.get();
  X509_set_version(cert.get(), spec.version - 1);
  ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), spec.serial);
  ASN1_TIME_set(X509_getm_notBefore(cert.get()), spec.not_before.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(cert.get()), spec.not_after.time_since_epoch().count());
  SetName(X509_get_subject_name(cert.get()), spec.subject);
  X509_set_issuer_name(cert.get(), X509_get_subject_name(above));
  X509_set_pubkey(cert.get(), key.impl().key.get());
  AddExtensions(cert.get(), above, spec.extensions);
  const TestKey& signer = issuer == nullptr ? key : issuer->key;
  SignIt(cert.get(), signer.impl().key.get(), spec);
  unsigned char* der = nullptr;
  const int size = i2d_X509(cert.get(), &der);
  Want(size > 0, "encoding");
  Bytes bytes(der, der + size);
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

CertificateSpec RootSpec(const std::string& name) {
  return Spec(name, {{"basicConstraints", "critical,CA:TRUE"},
                     {"keyUsage", "critical,keyCertSign,cRLSign"}});
}

CertificateSpec IntermediateSpec(const std::string& name) { return RootSpec(name); }

CertificateSpec SignerSpec(const std::string& name) {
  return Spec(name, {{"basicConstraints", "critical,CA:FALSE"},
                     {"keyUsage", "critical,digitalSignature"},
                     {"extendedKeyUsage", "codeSigning"}});
}

CertificateSpec TimestamperSpec(const std::string& name) {
  return SignerSpec(name).With("extendedKeyUsage", "critical,timeStamping");
}

x509::Certificate Identity::certificate() const {
  auto certificate = x509::Certificate::FromDer(der);
  Want(certificate.ok(), certificate.ok() ? "" : certificate.error().message());
  return std::move(certificate).value();
}

Identity SelfSigned(const CertificateSpec& spec, const TestKey& key) {
  return {Make(spec, key, nullptr), key};
}

Identity Issue(const CertificateSpec& spec, const Identity& issuer, const TestKey& key) {
  return {Make(spec, key, &issuer), key};
}

}  // namespace hallmark::testing
