#include <algorithm>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"

namespace hallmark::json {
namespace {

Error At(Position position, const std::string& message) {
  if (position.line == 0) return {ErrorCode::kMalformed, message};
  return {ErrorCode::kMalformed,
          std::to_string(position.line) + ":" + std::to_string(position.column) + ": " + message};
}

const Member* FindMember(const Value& object, std::string_view name) {
  for (const Member& member : *object.object()) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

}  // namespace

Result<Fields> Fields::Of(const Value& value, std::string where) {
  if (value.object() == nullptr) {
    return At(value.position(), (where.empty() ? "" : where + ": ") + "want an object");
  }
  return Fields(value, std::move(where));
}

const Value* Fields::Take(std::string_view name) {
  asked_.emplace_back(name);
  return value_->Find(name);
}

Result<const Value*> Fields::Need(std::string_view name) {
  const Value* value = Take(name);
  if (value == nullptr) return Complain(name, "missing");
  return value;
}

Result<std::string> Fields::String(std::string_view name) {
  HALLMARK_ASSIGN(const Value* value, Need(name));
  if (value->string() == nullptr) return Complain(name, "want a string");
  return *value->string();
}

Result<std::optional<std::string>> Fields::OptionalString(std::string_view name) {
  const Value* value = Take(name);
  if (value == nullptr) return std::optional<std::string>();
  if (value->string() == nullptr) return Complain(name, "want a string");
  return std::optional<std::string>(*value->string());
}

Result<std::uint64_t> Fields::Unsigned(std::string_view name, std::uint64_t max) {
  HALLMARK_RETURN_IF_ERROR(Need(name));
  HALLMARK_ASSIGN(const std::optional<std::uint64_t> number, OptionalUnsigned(name, max));
  return *number;
}

Result<std::optional<std::uint64_t>> Fields::OptionalUnsigned(std::string_view name,
                                                              std::uint64_t max) {
  const Value* value = Take(name);
  if (value == nullptr) return std::optional<std::uint64_t>();
  const std::optional<std::uint64_t> number = value->unsigned_integer();
  if (!number || *number > max) {
    constexpr std::uint64_t kSafe = (std::uint64_t{1} << 53) - 1;
    return Complain(name, "want an integer from 0 to " + std::to_string(std::min(max, kSafe)));
  }
  return number;
}

Result<const std::vector<Value>*> Fields::Array(std::string_view name) {
  HALLMARK_RETURN_IF_ERROR(Need(name));
  return OptionalArray(name);
}

Result<const std::vector<Value>*> Fields::OptionalArray(std::string_view name) {
  const Value* value = Take(name);
  if (value == nullptr) return static_cast<const std::vector<Value>*>(nullptr);
  if (value->array() == nullptr) return Complain(name, "want an array");
  return value->array();
}

Result<const Value*> Fields::Object(std::string_view name) {
  HALLMARK_RETURN_IF_ERROR(Need(name));
  return OptionalObject(name);
}

Result<const Value*> Fields::OptionalObject(std::string_view name) {
  const Value* value = Take(name);
  if (value != nullptr && value->object() == nullptr) return Complain(name, "want an object");
  return value;
}

const Value* Fields::OptionalAny(std::string_view name) { return Take(name); }

Result<Done> Fields::NothingElse() const {
  for (const Member& member : *value_->object()) {
    if (std::find(asked_.begin(), asked_.end(), member.name) == asked_.end()) {
      return Complain(member.name, "unknown member");
    }
  }
  return Done();
}

Error Fields::Complain(std::string_view name, std::string_view what) const {
  const Member* member = FindMember(*value_, name);
  const std::string path = where_.empty() ? "" : where_ + ".";
  return At(member == nullptr ? value_->position() : member->position,
            path + Printable(name) + ": " + std::string(what));
}

}  // namespace hallmark::json
