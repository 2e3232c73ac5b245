#ifndef HALLMARK_X509_LIMITS_H_
#define HALLMARK_X509_LIMITS_H_

#include <cstddef>

namespace hallmark::x509 {

// Certificates of signers take 1 to 4 kB.
inline constexpr std::size_t kMaxCertificateBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kMaxExtensions = 64;
inline constexpr std::size_t kMaxAlternativeNames = 1024;
inline constexpr std::size_t kMaxNameConstraints = 1024;
inline constexpr std::size_t kMaxExtendedKeyUsages = 64;
// A subject has 3 to 8 attributes.
inline constexpr std::size_t kMaxNameAttributes = 128;

// A PEM file of certificates: the roots of a whole operating system are about 150 in 230 kB.
inline constexpr std::size_t kMaxPemBytes = std::size_t{4} * 1024 * 1024;
inline constexpr std::size_t kMaxPemCertificates = 2048;

// From the signer to the root, both counted: public hierarchies have 3 or 4.
inline constexpr std::size_t kMaxPathCertificates = 10;
// What a message may offer for building a path: timestamp tokens carry up to 5.
inline constexpr std::size_t kMaxIntermediates = 64;
// Work for one verdict about one signer (A37): rustls-webpki allows as many signatures.
inline constexpr std::size_t kMaxSignatureChecks = 100;
inline constexpr std::size_t kMaxSearchSteps = 2'000;
// Names times constraints along one path: some milliseconds.
inline constexpr std::size_t kMaxConstraintComparisons = 100'000;

// A trusted identity is one line that a person typed.
inline constexpr std::size_t kMaxIdentityBytes = 4096;
inline constexpr std::size_t kMaxIdentityAttributes = 32;

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_LIMITS_H_
