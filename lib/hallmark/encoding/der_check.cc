#include <algorithm>
#include <vector>

#include "hallmark/encoding/der.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/internal/der_extent.h"

namespace hallmark::encoding::der {
namespace {

constexpr std::uint8_t kConstructed = 0x20;
constexpr std::uint8_t kExternal = 0x28;
constexpr std::uint8_t kEmbeddedPdv = 0x2B;
constexpr std::uint8_t kEnumerated = 0x0A;

bool IsBitString(ByteView content) {
  if (content.empty() || content[0] > 7) return false;
  if (content.size() == 1) return content[0] == 0;
  return (content.back() & ((1u << content[0]) - 1)) == 0;
}

// X.690 section 8.3.2: the first nine bits are not all alike.
bool IsInteger(ByteView content) {
  if (content.empty()) return false;
  if (content.size() == 1) return true;
  return !(content[0] == 0x00 && content[1] < 0x80) && !(content[0] == 0xFF && content[1] >= 0x80);
}

// X.690 section 8.19.2: every arc ends, and none starts with padding.
bool IsOid(ByteView content) {
  bool at_start = true;
  for (const std::uint8_t byte : content) {
    if (at_start && byte == 0x80) return false;
    at_start = byte < 0x80;
  }
  return !content.empty() && at_start;
}

bool IsPrimitiveForm(std::uint8_t tag, ByteView content) {
  switch (tag) {
    case kBoolean:
      return content.size() == 1 && (content[0] == 0x00 || content[0] == 0xFF);
    case kInteger:
    case kEnumerated:
      return IsInteger(content);
    case kBitString:
      return IsBitString(content);
    case kNull:
      return content.empty();
    case kObjectId:
      return IsOid(content);
    default:
      return true;
  }
}

// Universal types are constructed exactly when they hold others; X.690 section 10.2 has strings
// primitive. Number 0 would be the end of an indefinite length.
bool IsFormOfItsType(std::uint8_t tag) {
  if ((tag & 0xC0) != 0) return true;
  if (tag == kSequence || tag == kSet || tag == kExternal || tag == kEmbeddedPdv) return true;
  return (tag & kConstructed) == 0 && tag != 0 && (tag | kConstructed) != kSequence &&
         (tag | kConstructed) != kSet;
}

struct Level {
  ByteView rest;
  bool is_set = false;
  ByteView previous;
};

Error Malformed(const char* what) { return {ErrorCode::kMalformed, std::string("der: ") + what}; }

// Takes the next element of the deepest level, which has one; what it holds becomes a new level.
Result<Done> Step(std::vector<Level>& levels) {
  Level& level = levels.back();
  const auto extent = ReadExtent(level.rest);
  if (!extent || extent->content > level.rest.size() - extent->header) {
    return Malformed("an element is cut, or its length is not minimal");
  }
  const ByteView element = level.rest.first(extent->header + extent->content);
  const ByteView content = element.subspan(extent->header);
  const std::uint8_t tag = element[0];
  if (!IsFormOfItsType(tag)) return Malformed("a universal type in the wrong form");
  if (level.is_set && std::ranges::lexicographical_compare(element, level.previous)) {
    return Malformed("a SET is not in order");
  }
  level.rest = level.rest.subspan(element.size());
  level.previous = element;
  if ((tag & kConstructed) == 0) {
    if (!IsPrimitiveForm(tag, content)) return Malformed("a value is not in its one form");
    return Done();
  }
  if (levels.size() > kMaxDepth) return Error(ErrorCode::kLimit, "der: nested too deeply");
  levels.push_back({content, tag == kSet, {}});
  return Done();
}

}  // namespace

Result<Done> CheckDer(ByteView der) {
  const auto extent = ReadExtent(der);
  if (!extent || extent->header + extent->content != der.size()) {
    return Malformed("not exactly one element");
  }
  std::vector<Level> levels{{der, false, {}}};
  while (!levels.empty()) {
    if (levels.back().rest.empty()) {
      levels.pop_back();
      continue;
    }
    HALLMARK_RETURN_IF_ERROR(Step(levels));
  }
  return Done();
}

std::string OidText(ByteView content) {
  std::string text;
  std::uint64_t arc = 0;
  for (const std::uint8_t byte : content) {
    if (arc >> 56 != 0) return "#" + ToHex(content);
    arc = (arc << 7) | (byte & 0x7Fu);
    if (byte >= 0x80) continue;
    if (text.empty()) {  // X.690 section 8.19.4: the first two arcs share a number
      const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
      text = std::to_string(first) + "." + std::to_string(arc - 40 * first);
    } else {
      text += "." + std::to_string(arc);
    }
    arc = 0;
  }
  return text;
}

}  // namespace hallmark::encoding::der
