#include "tests/support/registry/tls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <climits>
#include <stdexcept>

namespace hallmark::test {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

constexpr long kTwoDays = 2L * 24 * 3600;

void Need(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("tls: ") + what);
}

void Extend(X509* certificate, int nid, const char* value) {
  const std::unique_ptr<X509_EXTENSION, Free> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  Need(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

Certificate SelfSigned(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  Need(certificate != nullptr, "certificate");
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kTwoDays);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kTwoDays);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const std::string text = "hallmark test registry";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  Extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  Extend(certificate.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  Need(X509_sign(certificate.get(), key, EVP_sha256()) > 0, "sign");
  return certificate;
}

std::string ToPem(X509* certificate) {
  const std::unique_ptr<BIO, Free> memory(BIO_new(BIO_s_mem()));
  Need(memory != nullptr && PEM_write_bio_X509(memory.get(), certificate) == 1, "pem");
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

void SslFree::operator()(SSL* ssl) const { SSL_free(ssl); }
void SslFree::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

TlsIdentity::TlsIdentity() : context_(SSL_CTX_new(TLS_server_method())) {
  const Key key(EVP_EC_gen("P-256"));
  Need(context_ != nullptr && key != nullptr, "key");
  const Certificate certificate = SelfSigned(key.get());
  Need(SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1 &&
           SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1,
       "context");
  pem_ = ToPem(certificate.get());
}

TlsStream::TlsStream(SSL_CTX* context, int fd) : ssl_(SSL_new(context)) {
  Need(ssl_ != nullptr && SSL_set_fd(ssl_.get(), fd) == 1, "stream");
  SSL_set_accept_state(ssl_.get());
}

ssize_t TlsStream::Read(char* into, std::size_t size) {
  ERR_clear_error();
  return SSL_read(ssl_.get(), into, static_cast<int>(std::min<std::size_t>(size, INT_MAX)));
}

ssize_t TlsStream::Write(std::string_view bytes) const {
  ERR_clear_error();
  return SSL_write(ssl_.get(), bytes.data(),
                   static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX)));
}

}  // namespace hallmark::test
