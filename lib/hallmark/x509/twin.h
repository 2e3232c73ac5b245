#ifndef HALLMARK_X509_TWIN_H_
#define HALLMARK_X509_TWIN_H_

#include <optional>

#include "hallmark/crypto/public_key.h"
#include "hallmark/x509/certificate.h"

namespace hallmark::x509 {

// SHA-256 of the other DER that is the same certificate under the same issuer: with the twin of its
// ECDSA signature, which anybody can make (A29). Who lists a certificate by its SHA-256 means both.
// nullopt where there is none: issuers with other keys, and signatures that are not strict.
std::optional<crypto::Fingerprint> TwinFingerprint(const Certificate& certificate,
                                                   const crypto::PublicKey& issuer);

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_TWIN_H_
