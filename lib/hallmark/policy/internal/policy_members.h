#ifndef HALLMARK_POLICY_INTERNAL_POLICY_MEMBERS_H_
#define HALLMARK_POLICY_INTERNAL_POLICY_MEMBERS_H_

#include <array>
#include <string_view>

// Every member name of a policy file, by the object that may have it. The loaders refuse all
// others; a test holds docs/policy.schema.json against these lists.
namespace hallmark::policy::members {

inline constexpr std::string_view kSchema = "hallmark.policy/v1";

inline constexpr std::array<std::string_view, 5> kPolicy = {"schema", "comment", "keySets", "rules",
                                                            "default"};
inline constexpr std::array<std::string_view, 2> kKeySet = {"comment", "keys"};
inline constexpr std::array<std::string_view, 7> kKey = {
    "file", "pem", "name", "validFrom", "validUntil", "scheme", "comment"};
inline constexpr std::array<std::string_view, 8> kRule = {
    "name", "comment", "images", "require", "signedName", "annotations", "attestation", "mode"};
inline constexpr std::array<std::string_view, 4> kDefault = {"require", "signedName", "annotations",
                                                             "mode"};
inline constexpr std::array<std::string_view, 4> kRequire = {"signedBy", "count", "allOf", "anyOf"};

}  // namespace hallmark::policy::members

#endif  // HALLMARK_POLICY_INTERNAL_POLICY_MEMBERS_H_
