#ifndef HALLMARK_X509_INTERNAL_CERTIFICATE_PARTS_H_
#define HALLMARK_X509_INTERNAL_CERTIFICATE_PARTS_H_

#include "hallmark/x509/certificate.h"

// Private to the module: what a certificate is made of, and its readers.
namespace hallmark::x509::internal {

// Views look into `der`, which never changes.
struct CertificateParts {
  Bytes der;
  ByteView signed_part;  // TBSCertificate, the whole element
  ByteView algorithm;    // signatureAlgorithm, the whole element
  ByteView signature;
  int version = 1;
  ByteView serial;
  std::optional<Name> issuer;  // set by whoever made it
  std::optional<Name> subject;
  UnixTime not_before;
  UnixTime not_after;
  ByteView spki;
  std::vector<Extension> extensions;
  std::optional<BasicConstraints> basic_constraints;
  std::optional<KeyUsage> key_usage;
  std::optional<ExtendedKeyUsage> extended_key_usage;
  std::vector<AlternativeName> alternative_names;
  std::size_t name_constraints = 0;  // subtrees, permitted and excluded
};

// Reads `list`, the content of Extensions, into `parts`.
Result<Done> ReadExtensions(ByteView list, CertificateParts& parts);

}  // namespace hallmark::x509::internal

#endif  // HALLMARK_X509_INTERNAL_CERTIFICATE_PARTS_H_
