#ifndef HALLMARK_X509_INTERNAL_ISSUANCE_H_
#define HALLMARK_X509_INTERNAL_ISSUANCE_H_

#include <optional>
#include <span>

#include "hallmark/x509/path.h"

// Private to the module: what one certificate says about the next, and how faults are worded.
namespace hallmark::x509::internal {

PathFault Fault(std::string_view reason, const Certificate& about, std::string_view what);

enum class Issuance : std::uint8_t { kHolds = 1, kBadSignature, kAlgorithm };

// Whether `issuer`'s key signed `certificate`, by an algorithm that Hallmark uses. Costs one
// signature check unless the answer is kAlgorithm. Names are not looked at.
Issuance CheckIssuance(const Certificate& certificate, const Certificate& issuer);

// "expired" or "not-yet-current" about the first certificate that is not current.
std::optional<PathFault> CheckTimes(std::span<const Certificate> chain, UnixTime at);

}  // namespace hallmark::x509::internal

#endif  // HALLMARK_X509_INTERNAL_ISSUANCE_H_
