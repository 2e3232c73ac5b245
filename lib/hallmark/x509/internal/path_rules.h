#ifndef HALLMARK_X509_INTERNAL_PATH_RULES_H_
#define HALLMARK_X509_INTERNAL_PATH_RULES_H_

#include "hallmark/x509/internal/issuance.h"

// Private to the module: what is asked of a leaf, and of a whole path that the search found.
namespace hallmark::x509::internal {

// What the leaf alone shows: its key, basic constraints, key usage and extended key usage.
std::optional<PathFault> CheckLeaf(const Certificate& leaf, Purpose purpose);

// What needs no cryptography: times, usages that CAs pass on, critical extensions, and the work
// that name constraints would take.
std::optional<PathFault> CheckPath(std::span<const Certificate> path, Purpose purpose, UnixTime at);

// X509_verify_cert over exactly this path, its last certificate trusted; times left out. Costs
// path.size() - 1 signature checks.
std::optional<PathFault> JudgeByOpenSsl(std::span<const Certificate> path);

// Builds and judges paths for kCodeSigning and kTimestamping.
std::variant<std::vector<Certificate>, PathFault> SearchPath(
    const Certificate& leaf, std::span<const Certificate> intermediates,
    std::span<const Certificate> anchors, Purpose purpose, UnixTime at);

}  // namespace hallmark::x509::internal

#endif  // HALLMARK_X509_INTERNAL_PATH_RULES_H_
