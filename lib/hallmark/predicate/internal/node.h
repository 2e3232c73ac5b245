#ifndef HALLMARK_PREDICATE_INTERNAL_NODE_H_
#define HALLMARK_PREDICATE_INTERNAL_NODE_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/encoding/json.h"

// Reads documents of which only some members are known: the known ones must be of their kind, the
// others are nobody's business. A member that is null counts as absent, because tools written in Go
// write empty lists so.
namespace hallmark::predicate {

// One value and the way to it, for messages: "12:7: /packages/3/name: want text". The way is kept
// as links to the nodes above, which must outlive this one.
class Node {
 public:
  explicit Node(const json::Value& root) : value_(&root) {}
  Node(const json::Value& value, const Node& above, std::string_view name)
      : value_(&value), above_(&above), name_(name) {}
  Node(const json::Value& value, const Node& above, std::size_t index)
      : value_(&value), above_(&above), index_(index) {}

  const json::Value& value() const { return *value_; }
  bool IsObject() const { return value_->object() != nullptr; }
  // The member, unless it is absent or null.
  const json::Value* Find(std::string_view name) const;

  // kMalformed when this is no object.
  Result<Done> WantObject() const;

  // Text that must be there and not be empty.
  Result<std::string> Name(std::string_view name) const;
  // Text; empty when absent.
  Result<std::string> Text(std::string_view name) const;
  Result<std::optional<bool>> Bool(std::string_view name) const;
  // RFC 3339; absent too when it is the zero time of Go, "0001-01-01T00:00:00Z".
  Result<std::optional<UnixTime>> Time(std::string_view name) const;
  // An object that must be there, or may be absent.
  Result<Node> Object(std::string_view name) const;
  Result<std::optional<Node>> OptionalObject(std::string_view name) const;
  // A list; null when absent. kLimit when it has more than `max` items.
  Result<const std::vector<json::Value>*> Items(std::string_view name, std::size_t max) const;
  // A list of texts; empty when absent.
  Result<std::vector<std::string>> Texts(std::string_view name, std::size_t max) const;
  // An object of texts, such as a set of digests; empty when absent.
  Result<std::map<std::string, std::string>> TextMap(std::string_view name, std::size_t max) const;

  // JSON pointer (RFC 6901) of this value; "" is the document.
  std::string Pointer() const;
  // An Error at the place of this value, or of its member `name`.
  Error Complain(ErrorCode code, std::string_view what) const;
  Error Complain(std::string_view name, std::string_view what) const;

 private:
  const json::Value* value_;
  const Node* above_ = nullptr;
  std::string_view name_;
  std::optional<std::size_t> index_;
};

// Calls visit(Node) for every item of the list; ends with the first Error.
template <class Visit>
Result<Done> ForEachItem(const Node& node, std::string_view name, std::size_t max,
                         const Visit& visit) {
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, node.Items(name, max));
  if (items == nullptr) return Done{};
  const Node list(*node.Find(name), node, name);
  for (std::size_t i = 0; i < items->size(); ++i) {
    HALLMARK_RETURN_IF_ERROR(visit(Node((*items)[i], list, i)));
  }
  return Done{};
}

// The list, each item read by `parse`; empty when absent.
template <class T>
Result<std::vector<T>> ListOf(const Node& node, std::string_view name, std::size_t max,
                              Result<T> (*parse)(const Node&)) {
  std::vector<T> list;
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, node.Items(name, max));
  if (items != nullptr) list.reserve(items->size());
  HALLMARK_RETURN_IF_ERROR(ForEachItem(node, name, max, [&](const Node& item) -> Result<Done> {
    HALLMARK_ASSIGN(T parsed, parse(item));
    list.push_back(std::move(parsed));
    return Done{};
  }));
  return list;
}

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_INTERNAL_NODE_H_
