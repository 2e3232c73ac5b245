#include <algorithm>

#include "hallmark/base/check.h"
#include "hallmark/encoding/json.h"

namespace hallmark::json {
namespace {

constexpr std::uint64_t kMaxSafeInteger = (std::uint64_t{1} << 53) - 1;  // RFC 7493 section 2.2

bool AreDistinct(const std::vector<std::pair<std::string, Value>>& members) {
  std::vector<std::string_view> names;
  names.reserve(members.size());
  for (const auto& [name, value] : members) names.push_back(name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

}  // namespace

Value Value::Null() { return {}; }

Value Value::Bool(bool value) {
  Value made;
  made.data_ = value;
  return made;
}

Value Value::Integer(std::int64_t value) {
  Value made;
  made.data_ = Number{static_cast<double>(value), std::to_string(value)};
  return made;
}

Value Value::String(std::string value) {
  Value made;
  made.data_ = std::move(value);
  return made;
}

Value Value::Array(std::vector<Value> items) {
  Value made;
  made.data_ = std::move(items);
  return made;
}

Value Value::Object(std::vector<std::pair<std::string, Value>> members) {
  HALLMARK_CHECK(AreDistinct(members));
  std::vector<Member> list;
  list.reserve(members.size());
  for (std::pair<std::string, Value>& member : members) {
    list.push_back({std::move(member.first), {}, std::move(member.second)});
  }
  Value made;
  made.data_ = std::move(list);
  return made;
}

Kind Value::kind() const { return static_cast<Kind>(data_.index() + 1); }

const std::string* Value::string() const { return std::get_if<std::string>(&data_); }

const std::vector<Value>* Value::array() const { return std::get_if<std::vector<Value>>(&data_); }

const std::vector<Member>* Value::object() const {
  return std::get_if<std::vector<Member>>(&data_);
}

std::optional<bool> Value::boolean() const {
  const bool* value = std::get_if<bool>(&data_);
  if (value == nullptr) return std::nullopt;
  return *value;
}

std::optional<std::uint64_t> Value::unsigned_integer() const {
  const Number* number = std::get_if<Number>(&data_);
  // 2^53-1 has 16 digits; JSON itself forbids leading zeros.
  if (number == nullptr || number->digits.size() > 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : number->digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > kMaxSafeInteger) return std::nullopt;
  return value;
}

std::optional<double> Value::number() const {
  const Number* number = std::get_if<Number>(&data_);
  if (number == nullptr) return std::nullopt;
  return number->value;
}

const Value* Value::Find(std::string_view name) const {
  const std::vector<Member>* members = object();
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

}  // namespace hallmark::json
