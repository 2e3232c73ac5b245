#ifndef HALLMARK_POLICY_INTERNAL_IMAGE_USER_H_
#define HALLMARK_POLICY_INTERNAL_IMAGE_USER_H_

#include <string>
#include <string_view>

#include "hallmark/policy/image_rule.h"

namespace hallmark::policy {

// Why an image with that "User" (OCI image-spec v1.1 config.md: user, uid, user:group, ...) is not
// what is wanted; empty when it is.
std::string UserFault(std::string_view user, ImageRule::User wanted);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_IMAGE_USER_H_
