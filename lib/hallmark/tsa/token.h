#ifndef HALLMARK_TSA_TOKEN_H_
#define HALLMARK_TSA_TOKEN_H_

#include <memory>
#include <vector>

#include "hallmark/tsa/tst_info.h"
#include "hallmark/x509/certificate.h"

namespace hallmark::tsa {

namespace internal {
struct TokenParts;
}

// A TimeStampToken (RFC 3161 section 2.4.2, RFC 5816): CMS SignedData (RFC 5652) around a TSTInfo,
// parsed, and nothing about it proved. Immutable, cheap to copy.
class Token {
 public:
  ByteView der() const;
  const TstInfo& unverified_info() const;
  // Those that it carries and Certificate::FromDer reads, in their order. Nothing signs this list:
  // strangers may have added to it, and what is not read cannot matter.
  const std::vector<x509::Certificate>& certificates() const;

  const internal::TokenParts& parts() const { return *parts_; }  // for this module

 private:
  friend Result<Token> ParseToken(ByteView);
  explicit Token(std::shared_ptr<const internal::TokenParts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const internal::TokenParts> parts_;
};

// Strict: the whole token is DER in its one form with no byte left over, the signed attributes as
// the SET that was signed, and so is the TSTInfo inside. Exactly one signer. Each signed attribute
// stands once; content type, message digest and signing certificate (version 2) have one value of
// their type. Signing time and other attributes, attributes that are not signed, and revocation
// lists are not read. kUnsupported for other algorithms than those of crypto/public_key.h with
// SHA-2, for a signing certificate named by SHA-1 (version 1), and as ParseTstInfo; kLimit beyond
// tsa/limits.h, before anything is read; else kMalformed.
//
// Deviations: RFC 5652 allows BER outside of what is signed, and a signature over a SET that is
// sent in another order; no genuine token that we know needs either.
Result<Token> ParseToken(ByteView der);

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_TOKEN_H_
