#ifndef HALLMARK_SIGNATURE_SIGN_PREDICATE_H_
#define HALLMARK_SIGNATURE_SIGN_PREDICATE_H_

#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/signature/signature.h"

// "hallmark", our addition to what cosign calls a signature, a member of the predicate of a
// bundle's statement and of "optional" in a simple-signing payload:
//   {"version":1, "repository":"registry.example/app", "tag":"1.4",
//    "signedAt":"2026-11-24T06:26:03Z", "expires":"2027-11-24T06:26:03Z"}
// repository, tag and expires may be absent.
namespace hallmark::signature {

// The member's name.
inline constexpr std::string_view kHallmarkMember = "hallmark";

// Fills the claim's name and times from the predicate of a signature; without a "hallmark" member
// they stay absent. kMalformed: a member we do not write, a repository, tag or time that is not
// in canonical spelling. kUnsupported: another version.
Result<Done> ParseSignPredicate(const json::Value& predicate, const std::string& where,
                                Claim& claim);

// The predicate for a claim. Empty when the claim says neither name nor time.
json::Value WriteSignPredicate(const Claim& claim);

// kConfig when the claim has text that JSON readers do not agree on.
Result<Done> CheckWritable(const Claim& claim);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_SIGN_PREDICATE_H_
