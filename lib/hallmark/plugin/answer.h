#ifndef HALLMARK_PLUGIN_ANSWER_H_
#define HALLMARK_PLUGIN_ANSWER_H_

#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/plugin/plugin.h"

// Parts that requests and answers of the contract are made of. Answers are read strictly, but for
// members that are not asked about, which a later minor version may add; kProtocol for what is no
// answer.
namespace hallmark::plugin {

using Members = std::vector<std::pair<std::string, json::Value>>;

// The members that every request has: the contract's version, the configuration where there is one.
Members RequestOf(const Settings& config);

Error NoAnswer(std::string why);

// A JSON object.
Result<json::Value> ParseAnswer(ByteView answer);

// Members that must be there.
Result<std::string> TextOf(const json::Value& answer, const std::string& name);
Result<std::vector<std::string>> TextsOf(const json::Value& answer, const std::string& name);
// Bytes in base64, at least one; `what` for messages.
Result<Bytes> BytesOf(const std::string& base64, const std::string& what);

}  // namespace hallmark::plugin

#endif  // HALLMARK_PLUGIN_ANSWER_H_
