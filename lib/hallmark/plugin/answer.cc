#include "hallmark/plugin/answer.h"

#include "hallmark/encoding/base64.h"
#include "hallmark/plugin/limits.h"

namespace hallmark::plugin {

using json::Value;

Members RequestOf(const Settings& config) {
  Members members = {{"contractVersion", Value::String(std::string(kContract))}};
  if (config.empty()) return members;
  Members values;
  for (const auto& [name, value] : config) values.emplace_back(name, Value::String(value));
  members.emplace_back("pluginConfig", Value::Object(std::move(values)));
  return members;
}

Error NoAnswer(std::string why) { return {ErrorCode::kProtocol, std::move(why)}; }

Result<Value> ParseAnswer(ByteView answer) {
  Result<Value> value = json::Parse(answer, {kMaxAnswerBytes, kMaxAnswerDepth, kMaxAnswerValues});
  if (!value.ok()) return NoAnswer("its answer is no JSON: " + value.error().message());
  if (value.value().object() == nullptr) return NoAnswer("its answer is no JSON object");
  return value;
}

Result<std::string> TextOf(const Value& answer, const std::string& name) {
  const Value* member = answer.Find(name);
  const std::string* text = member == nullptr ? nullptr : member->string();
  if (text == nullptr) return NoAnswer("its answer has no text \"" + name + "\"");
  return *text;
}

Result<std::vector<std::string>> TextsOf(const Value& answer, const std::string& name) {
  const Value* member = answer.Find(name);
  const std::vector<Value>* items = member == nullptr ? nullptr : member->array();
  if (items == nullptr) return NoAnswer("its answer has no list \"" + name + "\"");
  std::vector<std::string> texts;
  for (const Value& item : *items) {
    if (item.string() == nullptr) return NoAnswer("\"" + name + "\" holds more than texts");
    texts.push_back(*item.string());
  }
  return texts;
}

Result<Bytes> BytesOf(const std::string& base64, const std::string& what) {
  Result<Bytes> bytes = encoding::FromBase64(base64);
  if (bytes.ok() && !bytes.value().empty()) return bytes;
  return NoAnswer(what + " is no base64");
}

}  // namespace hallmark::plugin
