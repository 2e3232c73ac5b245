#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_CHALLENGE_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_CHALLENGE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/net/http_client.h"

namespace hallmark::store::registry {

// One challenge of a WWW-Authenticate header (RFC 9110 section 11.3). Everything in it is the
// registry's word.
struct Challenge {
  std::string scheme;                         // lower case: "basic", "bearer"
  std::map<std::string, std::string> params;  // names in lower case; the first of a name counts
};

// All challenges of all WWW-Authenticate lines of an answer, several a line allowed. What does not
// parse ends its line; at most 16 challenges of 16 parameters are kept.
std::vector<Challenge> ParseChallenges(const net::Response& response);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_CHALLENGE_H_
