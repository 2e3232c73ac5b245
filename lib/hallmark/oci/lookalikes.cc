#include "hallmark/oci/internal/lookalikes.h"

#include <string>

namespace hallmark::oci::internal {
namespace {

// As Go's encoding/json folds names: ASCII letters without their case, U+017F as s, U+212A as k.
std::string Folded(std::string_view name) {
  std::string folded;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (name.substr(i).starts_with("\xC5\xBF")) {
      folded += 's';
      i += 1;
    } else if (name.substr(i).starts_with("\xE2\x84\xAA")) {
      folded += 'k';
      i += 2;
    } else {
      folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return folded;
}

}  // namespace

Result<Done> RefuseLookalikes(const json::Value& object, const json::Fields& fields,
                              std::span<const std::string_view> known) {
  for (const json::Member& member : *object.object()) {
    const std::string folded = Folded(member.name);
    for (const std::string_view name : known) {
      if (member.name != name && folded == Folded(name)) {
        return fields.Complain(member.name, "reads as \"" + std::string(name) + "\" elsewhere");
      }
    }
  }
  return Done();
}

}  // namespace hallmark::oci::internal
