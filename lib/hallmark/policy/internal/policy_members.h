#ifndef HALLMARK_POLICY_INTERNAL_POLICY_MEMBERS_H_
#define HALLMARK_POLICY_INTERNAL_POLICY_MEMBERS_H_

#include <array>
#include <string_view>

// Every member name of a policy file, by the object that may have it. The loaders refuse all
// others; a test holds docs/policy.schema.json against these lists.
namespace hallmark::policy::members {

inline constexpr std::string_view kSchema = "hallmark.policy/v1";

inline constexpr std::array<std::string_view, 8> kPolicy = {
    "schema", "comment", "keySets", "identities", "rules", "deny", "exceptions", "default"};
inline constexpr std::array<std::string_view, 5> kIdentity = {"comment", "trustStores", "subjects",
                                                              "anySubject", "timestamp"};
inline constexpr std::array<std::string_view, 2> kKeySet = {"comment", "keys"};
inline constexpr std::array<std::string_view, 7> kKey = {
    "file", "pem", "name", "validFrom", "validUntil", "scheme", "comment"};
inline constexpr std::array<std::string_view, 10> kRule = {
    "name",        "comment",     "images", "require", "signedName",
    "annotations", "attestation", "maxAge", "mode",    "onUnknown"};
inline constexpr std::array<std::string_view, 6> kDefault = {"require", "signedName", "annotations",
                                                             "maxAge",  "mode",       "onUnknown"};
inline constexpr std::array<std::string_view, 10> kRequire = {
    "signedBy", "identity", "image", "count",   "attestation",
    "maxAge",   "allOf",    "anyOf", "atLeast", "of"};
inline constexpr std::array<std::string_view, 4> kDeny = {"comment", "digests", "keys",
                                                          "certificates"};
inline constexpr std::array<std::string_view, 6> kException = {"name",    "comment", "images",
                                                               "digests", "until",   "reason"};
inline constexpr std::array<std::string_view, 13> kImage = {
    "comment",   "user", "tag",    "tagPatterns", "maxBytes",       "maxLayers", "labels",
    "platforms", "base", "maxAge", "secrets",     "allowVariables", "mediaTypes"};
inline constexpr std::array<std::string_view, 2> kImageBase = {"images", "digests"};

}  // namespace hallmark::policy::members

#endif  // HALLMARK_POLICY_INTERNAL_POLICY_MEMBERS_H_
