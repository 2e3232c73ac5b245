#include "hallmark/predicate/internal/node.h"

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"

namespace hallmark::predicate {
namespace {

constexpr std::size_t kMaxNameShown = 60;
constexpr std::string_view kZeroTime = "0001-01-01T00:00:00Z";

std::string Escaped(std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return Printable(escaped, kMaxNameShown);
}

Error At(ErrorCode code, const json::Value& value, const std::string& pointer,
         std::string_view what) {
  std::string message;
  if (value.position().line != 0) {
    message = std::to_string(value.position().line) + ":" +
              std::to_string(value.position().column) + ": ";
  }
  message += (pointer.empty() ? "the document" : pointer) + ": " + std::string(what);
  return {code, std::move(message)};
}

}  // namespace

const json::Value* Node::Find(std::string_view name) const {
  const json::Value* found = value_->Find(name);
  return found == nullptr || found->kind() == json::Kind::kNull ? nullptr : found;
}

std::string Node::Pointer() const {
  if (above_ == nullptr) return "";
  return above_->Pointer() + "/" + (index_ ? std::to_string(*index_) : Escaped(name_));
}

Error Node::Complain(ErrorCode code, std::string_view what) const {
  return At(code, *value_, Pointer(), what);
}

Error Node::Complain(std::string_view name, std::string_view what) const {
  const json::Value* member = value_->Find(name);
  return At(ErrorCode::kMalformed, member == nullptr ? *value_ : *member,
            Pointer() + "/" + Escaped(name), what);
}

Result<Done> Node::WantObject() const {
  if (IsObject()) return Done{};
  return Complain(ErrorCode::kMalformed, "want an object");
}

Result<std::string> Node::Name(std::string_view name) const {
  HALLMARK_ASSIGN(std::string text, Text(name));
  if (text.empty()) return Complain(name, Find(name) == nullptr ? "missing" : "is empty");
  return text;
}

Result<std::string> Node::Text(std::string_view name) const {
  HALLMARK_RETURN_IF_ERROR(WantObject());
  const json::Value* member = Find(name);
  if (member == nullptr) return std::string();
  if (member->string() == nullptr) return Complain(name, "want text");
  return *member->string();
}

Result<std::optional<bool>> Node::Bool(std::string_view name) const {
  HALLMARK_RETURN_IF_ERROR(WantObject());
  const json::Value* member = Find(name);
  if (member == nullptr) return std::optional<bool>();
  const std::optional<bool> value = member->boolean();
  if (!value) return Complain(name, "want true or false");
  return value;
}

Result<std::optional<UnixTime>> Node::Time(std::string_view name) const {
  HALLMARK_ASSIGN(const std::string text, Text(name));
  if (text.empty() || text == kZeroTime) return std::optional<UnixTime>();
  const Result<UnixTime> time = encoding::FromRfc3339(text);
  if (!time.ok()) return Complain(name, "want a time such as 2026-11-24T06:26:03Z");
  return std::optional<UnixTime>(time.value());
}

Result<std::optional<Node>> Node::OptionalObject(std::string_view name) const {
  HALLMARK_RETURN_IF_ERROR(WantObject());
  const json::Value* member = Find(name);
  if (member == nullptr) return std::optional<Node>();
  if (member->object() == nullptr) return Complain(name, "want an object");
  return std::optional<Node>(Node(*member, *this, name));
}

Result<Node> Node::Object(std::string_view name) const {
  HALLMARK_ASSIGN(const std::optional<Node> member, OptionalObject(name));
  if (!member) return Complain(name, "missing");
  return *member;
}

Result<const std::vector<json::Value>*> Node::Items(std::string_view name, std::size_t max) const {
  HALLMARK_RETURN_IF_ERROR(WantObject());
  const json::Value* member = Find(name);
  if (member == nullptr) return static_cast<const std::vector<json::Value>*>(nullptr);
  if (member->array() == nullptr) return Complain(name, "want a list");
  if (member->array()->size() > max) {
    return Node(*member, *this, name)
        .Complain(ErrorCode::kLimit, "more than " + std::to_string(max) + " items");
  }
  return member->array();
}

Result<std::vector<std::string>> Node::Texts(std::string_view name, std::size_t max) const {
  return ListOf<std::string>(*this, name, max, [](const Node& item) -> Result<std::string> {
    if (item.value().string() == nullptr) return item.Complain(ErrorCode::kMalformed, "want text");
    return *item.value().string();
  });
}

Result<std::map<std::string, std::string>> Node::TextMap(std::string_view name,
                                                         std::size_t max) const {
  std::map<std::string, std::string> map;
  HALLMARK_ASSIGN(const std::optional<Node> object, OptionalObject(name));
  if (!object) return map;
  if (object->value().object()->size() > max) {
    return object->Complain(ErrorCode::kLimit, "more than " + std::to_string(max) + " members");
  }
  for (const json::Member& member : *object->value().object()) {
    HALLMARK_ASSIGN(map[member.name], object->Text(member.name));
  }
  return map;
}

}  // namespace hallmark::predicate
