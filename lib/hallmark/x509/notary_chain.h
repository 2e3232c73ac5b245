#ifndef HALLMARK_X509_NOTARY_CHAIN_H_
#define HALLMARK_X509_NOTARY_CHAIN_H_

#include <optional>
#include <span>

#include "hallmark/x509/path.h"

namespace hallmark::x509 {

// Notary Project signature-specification, "Certificate Requirements", for the ordered chain of an
// envelope (x5c, x5chain) or a timestamp's path: leaf first, each certificate signed by the next,
// self-signed root last and nowhere else; a single certificate is self-signed and meets the leaf's
// rules. All are current at `at`. `purpose` is kNotarySigning or kTimestamping. nullopt: all rules
// hold; nothing is said about trust. Only basic constraints, key usage and extended key usage are
// looked at; every other extension is ignored, critical or not, as the specification demands.
//
// Deviations, all as notation does it: a signer must not have the OCSP signing usage either; a
// timestamping leaf has the extended key usage of RFC 3161 (critical, alone), and its key usage,
// and those of the CAs above it, need not be critical. RSA leaves have 2048, 3072 or 4096 bits,
// for which alone the specification has an algorithm. At most kMaxPathCertificates.
std::optional<PathFault> CheckNotaryChain(std::span<const Certificate> chain, Purpose purpose,
                                          UnixTime at);

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_NOTARY_CHAIN_H_
