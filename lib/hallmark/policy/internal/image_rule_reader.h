#ifndef HALLMARK_POLICY_INTERNAL_IMAGE_RULE_READER_H_
#define HALLMARK_POLICY_INTERNAL_IMAGE_RULE_READER_H_

#include <string>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/policy/image_rule.h"

namespace hallmark::policy {

// `image` of a rule: at least one condition, each of its kind; none that nothing could meet, none
// that belongs beside another which is not there, nothing twice in a list. Errors are as all of a
// policy's ("line:column: path: ...").
Result<ImageRule> ReadImageRule(const json::Value& image, const std::string& where);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_IMAGE_RULE_READER_H_
