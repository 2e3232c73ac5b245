#ifndef HALLMARK_X509_TIME_H_
#define HALLMARK_X509_TIME_H_

#include <optional>

#include "hallmark/base/bytes.h"
#include "hallmark/base/time.h"

namespace hallmark::x509 {

// UTCTime or GeneralizedTime in the form of RFC 5280 section 4.1.2.5, which certificates, CRLs and
// OCSP share: seconds, "Z", no fraction. `element` is the whole element; nullopt for anything else.
std::optional<UnixTime> ReadTime(ByteView element);

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_TIME_H_
