#ifndef HALLMARK_TSA_TST_INFO_H_
#define HALLMARK_TSA_TST_INFO_H_

#include <chrono>
#include <optional>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/hash.h"

namespace hallmark::tsa {

// What is stamped: not a message, but the hash of one.
struct Imprint {
  crypto::HashAlgorithm hash;
  Bytes digest;

  static Imprint Of(crypto::HashAlgorithm hash, ByteView message);
  friend bool operator==(const Imprint&, const Imprint&) = default;
};

// From the first to the last second, both included.
struct TimeRange {
  UnixTime earliest;
  UnixTime latest;

  bool IsWithin(const TimeRange& other) const {
    return earliest >= other.earliest && latest <= other.latest;
  }
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

// TSTInfo of RFC 3161 section 2.4.2, version 1: what an authority says. Whether it said so is
// another question: see VerifiedTime.
struct TstInfo {
  std::string policy;  // dotted
  Imprint imprint;
  Bytes serial;  // content of the INTEGER; some authorities write negative ones
  UnixTime second;
  std::chrono::nanoseconds fraction;  // of that second; below 1 s
  // As the Notary Project counts it (trust-store-trust-policy, "Validate Trusted Timestamp"): what
  // is written; else 1 s under the baseline policy of RFC 3628, which demands that; else 0.
  std::chrono::microseconds accuracy;
  bool ordering;
  std::optional<Bytes> nonce;  // content of the INTEGER
  Bytes authority;             // the whole GeneralName; empty when absent

  // The stamped time alone: one second, or two where it lies between them.
  TimeRange GenTime() const;
  // The stamped time less and more its accuracy, in whole seconds around it. Lies within
  // a certificate's validity, which is in whole seconds too, exactly when the unrounded does.
  TimeRange Range() const;
};

// Strict: DER in its one form (encoding/der.h), SHA-2 only, the time with seconds and "Z" and a
// fraction without closing zeros, thousandths and millionths from 1 to 999, FALSE never written.
// kUnsupported for other hashes and critical extensions (others are not read), kLimit beyond
// tsa/limits.h, else kMalformed; also for years before 1970, leap seconds, and more than nine
// digits of a fraction.
Result<TstInfo> ParseTstInfo(ByteView der);

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_TST_INFO_H_
