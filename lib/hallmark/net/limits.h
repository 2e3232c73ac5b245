#ifndef HALLMARK_NET_LIMITS_H_
#define HALLMARK_NET_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::net {

// Registries send under 2 KiB in a dozen lines; proxies in front of them add as much again.
inline constexpr std::size_t kMaxHeaderBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kMaxHeaders = 256;
// Signed blob locations of object stores reach 4 KiB.
inline constexpr std::size_t kMaxUrlBytes = std::size_t{16} * 1024;
// One read of a socket. The smallest that a TLS record fits into: a larger one costs memory in
// every handle and gains nothing on documents of a few kilobytes.
inline constexpr long kTransferBufferBytes = 16L * 1024;
// Connections kept for the next request; one more in parallel is opened and closed again.
inline constexpr std::size_t kMaxIdleHandles = 16;
// A deadline further away than this counts as this: no exchange may wait for ever.
inline constexpr std::chrono::milliseconds kMaxWait = std::chrono::hours(24);
// CA, certificate and key files: the system's bundle of all public CAs has 220 KiB.
inline constexpr std::size_t kMaxPemFileBytes = std::size_t{4} * 1024 * 1024;

}  // namespace hallmark::net

#endif  // HALLMARK_NET_LIMITS_H_
