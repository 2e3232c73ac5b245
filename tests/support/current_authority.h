#ifndef HALLMARK_TESTS_SUPPORT_CURRENT_AUTHORITY_H_
#define HALLMARK_TESTS_SUPPORT_CURRENT_AUTHORITY_H_

#include "tests/support/timestamp_authority.h"

namespace hallmark::testing {

// An authority for a day around `now`, where programs that read the machine's clock ask it or stand
// in for it.
TimestampAuthority CurrentAuthority(UnixTime now, const TestKey& key = TestKey::Make("P-256"));

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_CURRENT_AUTHORITY_H_
