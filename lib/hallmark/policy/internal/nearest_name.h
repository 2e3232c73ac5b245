#ifndef HALLMARK_POLICY_INTERNAL_NEAREST_NAME_H_
#define HALLMARK_POLICY_INTERNAL_NEAREST_NAME_H_

#include <string>
#include <string_view>
#include <vector>

namespace hallmark::policy {

// "; did you mean \"mode\"?" when one of `known` is a likely meaning of `misspelt` (ignoring case,
// at most a third of its letters inserted, dropped, replaced or swapped); else empty.
std::string DidYouMean(std::string_view misspelt, const std::vector<std::string_view>& known);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_NEAREST_NAME_H_
