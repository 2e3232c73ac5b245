#ifndef HALLMARK_TSA_INTERNAL_TOKEN_PARTS_H_
#define HALLMARK_TSA_INTERNAL_TOKEN_PARTS_H_

#include <optional>
#include <vector>

#include "hallmark/encoding/der.h"
#include "hallmark/tsa/token.h"
#include "hallmark/x509/signature_algorithm.h"

// Private to the module: what a token is made of, and its readers. Views look into the token.
namespace hallmark::tsa::internal {

inline constexpr std::string_view kTstInfoType = "1.2.840.113549.1.9.16.1.4";

// Which certificate an issuer and a serial number, or a subject key identifier, stand for. What is
// empty says nothing.
struct CertificateName {
  ByteView issuer;  // the whole Name
  ByteView serial;  // content of the INTEGER
  ByteView key_id;
};

// ESSCertIDv2 of RFC 5035 section 4.
struct CertificateId {
  crypto::HashAlgorithm hash;
  ByteView digest;
  CertificateName name;
};

struct SignerInfo {
  CertificateName name;
  crypto::HashAlgorithm digest_hash;
  Bytes signed_attributes;  // as they are signed: tagged as a SET
  ByteView message_digest;
  CertificateId certificate;
  x509::SignatureAlgorithm algorithm;
  ByteView signature;
};

struct TokenParts {
  Bytes der;
  ByteView content;             // the TSTInfo's bytes
  std::optional<TstInfo> info;  // set by whoever made it
  std::vector<x509::Certificate> certificates;
  SignerInfo signer;
};

// SignerInfo of RFC 5652 section 5.3, content only.
Result<SignerInfo> ReadSignerInfo(encoding::der::Reader body);

// Reads the signed attributes into `signer`.
Result<Done> ReadAttributes(encoding::der::Reader list, SignerInfo& signer);

}  // namespace hallmark::tsa::internal

#endif  // HALLMARK_TSA_INTERNAL_TOKEN_PARTS_H_
