#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_REFERRERS_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_REFERRERS_H_

#include <string_view>

#include "hallmark/oci/digest.h"
#include "hallmark/store/registry/internal/session.h"
#include "hallmark/store/store.h"

namespace hallmark::store::registry {

// See store::Reader::Referrers and docs/formats/referrers.md.
Listing ListReferrers(const Context&, Session&, const oci::Repository&, const oci::Digest& subject,
                      std::string_view artifact_type);

// What an answer of the referrers API means before any entry is read. kWebPage: the status of a
// registry without the API in somebody else's words, which is no proof that it has none.
enum class ApiAnswer : std::uint8_t { kListing = 1, kNoApi, kWebPage, kUnclear };
ApiAnswer JudgeApiAnswer(const net::Response& response);

// Whether a 200 carries what a listing must be: an image index by its Content-Type, not empty.
bool IsListing(const net::Response& response);

// Remembers, and tells the options' listener when it is news.
void LearnReferrersApi(Session&, Host&, bool has_api);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_REFERRERS_H_
