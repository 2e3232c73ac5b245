#ifndef HALLMARK_VERIFY_INTERNAL_LOOK_UP_H_
#define HALLMARK_VERIFY_INTERNAL_LOOK_UP_H_

#include <string>
#include <vector>

#include "hallmark/revocation/checker.h"
#include "hallmark/signature/assessment.h"

namespace hallmark::verify {

// Looks up whether the certificates of a verified signature are revoked, all at once, and settles
// its finding: failed "revoked" where one is and that counts against the signature, else unknown
// "revocation" where of one nobody says, else passed. Returns the places asked. Without questions
// nothing is done.
std::vector<std::string> LookUpRevocation(const Context&, revocation::Checker&,
                                          signature::Assessment&, UnixTime now);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_LOOK_UP_H_
