#include <algorithm>
#include <limits>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/base/utf8.h"
#include "hallmark/encoding/cbor.h"

namespace hallmark::cbor {
namespace {

constexpr std::uint64_t kMaxInt64 = std::uint64_t{1} << 63;  // first argument that does not fit

bool IsKey(const Value& value) {
  return value.kind() == Kind::kInteger || value.kind() == Kind::kText ||
         value.kind() == Kind::kBytes;
}

bool AreDistinctKeys(const std::vector<Entry>& entries) {
  std::vector<Bytes> keys;
  keys.reserve(entries.size());
  for (const Entry& entry : entries) {
    if (!IsKey(entry.key)) return false;
    keys.push_back(Encode(entry.key));
  }
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
}

}  // namespace

Value Value::Integer(std::int64_t value) {
  Value made;
  made.data_ = value < 0 ? Number{true, static_cast<std::uint64_t>(-1 - value)}
                         : Number{false, static_cast<std::uint64_t>(value)};
  return made;
}

Value Value::ByteString(Bytes bytes) {
  Value made;
  made.data_ = std::move(bytes);
  return made;
}

Value Value::Text(std::string utf8) {
  HALLMARK_CHECK(IsUtf8(utf8));
  Value made;
  made.data_ = std::move(utf8);
  return made;
}

Value Value::Array(std::vector<Value> items) {
  Value made;
  made.data_ = std::move(items);
  return made;
}

Value Value::Map(std::vector<Entry> entries) {
  HALLMARK_CHECK(AreDistinctKeys(entries));
  Value made;
  made.data_ = std::move(entries);
  return made;
}

Value Value::Tagged(std::uint64_t tag, Value content) {
  Tag tagged{tag, {}};
  tagged.content.push_back(std::move(content));
  Value made;
  made.data_ = std::move(tagged);
  return made;
}

Value Value::Bool(bool value) {
  Value made;
  made.data_ = value;
  return made;
}

Value Value::Null() { return {}; }

Kind Value::kind() const {
  constexpr Kind kKinds[] = {Kind::kNull,    Kind::kUndefined, Kind::kBool, Kind::kFloat,
                             Kind::kInteger, Kind::kBytes,     Kind::kText, Kind::kArray,
                             Kind::kMap,     Kind::kTag};
  return kKinds[data_.index()];
}

std::optional<std::int64_t> Value::integer() const {
  const auto* number = std::get_if<Number>(&data_);
  if (number == nullptr || number->argument >= kMaxInt64) return std::nullopt;
  const auto argument = static_cast<std::int64_t>(number->argument);
  return number->is_negative ? -1 - argument : argument;
}

std::optional<std::uint64_t> Value::unsigned_integer() const {
  const auto* number = std::get_if<Number>(&data_);
  if (number == nullptr || number->is_negative) return std::nullopt;
  return number->argument;
}

const Bytes* Value::bytes() const { return std::get_if<Bytes>(&data_); }
const std::string* Value::text() const { return std::get_if<std::string>(&data_); }
const std::vector<Value>* Value::array() const { return std::get_if<std::vector<Value>>(&data_); }
const std::vector<Entry>* Value::map() const { return std::get_if<std::vector<Entry>>(&data_); }

std::optional<bool> Value::boolean() const {
  const auto* value = std::get_if<bool>(&data_);
  return value == nullptr ? std::nullopt : std::optional<bool>(*value);
}

std::optional<double> Value::floating() const {
  const auto* value = std::get_if<double>(&data_);
  return value == nullptr ? std::nullopt : std::optional<double>(*value);
}

const Value* Value::content_of_tag(std::uint64_t tag) const {
  const auto* tagged = std::get_if<Tag>(&data_);
  return tagged == nullptr || tagged->number != tag ? nullptr : &tagged->content.front();
}

const Value* Value::Find(std::int64_t key) const {
  if (map() == nullptr) return nullptr;
  const auto found = std::find_if(map()->begin(), map()->end(),
                                  [&](const Entry& entry) { return entry.key.integer() == key; });
  return found == map()->end() ? nullptr : &found->value;
}

const Value* Value::Find(std::string_view key) const {
  if (map() == nullptr) return nullptr;
  const auto found = std::find_if(map()->begin(), map()->end(), [&](const Entry& entry) {
    return entry.key.text() != nullptr && *entry.key.text() == key;
  });
  return found == map()->end() ? nullptr : &found->value;
}

}  // namespace hallmark::cbor
