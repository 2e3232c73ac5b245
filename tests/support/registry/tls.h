#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_TLS_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_TLS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace hallmark::test {

struct SslFree {
  void operator()(SSL* ssl) const;
  void operator()(SSL_CTX* context) const;
};

// A fresh P-256 key and a self-signed certificate for 127.0.0.1 and localhost.
class TlsIdentity {
 public:
  TlsIdentity();  // throws std::runtime_error when OpenSSL fails
  SSL_CTX* context() const { return context_.get(); }
  const std::string& certificate_pem() const { return pem_; }

 private:
  std::unique_ptr<SSL_CTX, SslFree> context_;
  std::string pem_;
};

// The server's end of TLS on a socket it does not own; shakes hands at the first read. The
// calling thread blocks SIGPIPE.
class TlsStream {
 public:
  TlsStream(SSL_CTX* context, int fd);
  ssize_t Read(char* into, std::size_t size);   // <= 0: ended
  ssize_t Write(std::string_view bytes) const;  // <= 0: ended

 private:
  std::unique_ptr<SSL, SslFree> ssl_;
};

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_TLS_H_
