#include "hallmark/base/check.h"
#include "hallmark/base/utf8.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/json_outline.h"

// What parses is UTF-8, has an outline whose part parses alike, prints to text that parses alike,
// and has a stable canonical form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  constexpr json::Limits kLimits{1 << 20, 64, 10'000};
  const auto parsed = json::Parse({data, size}, kLimits);
  const auto outline = json::ParseOutline({data, size}, kLimits, "a", kLimits.max_values);
  if (!parsed.ok()) {
    // Values are counted apart: a document may be over the one limit and under the two.
    HALLMARK_CHECK(!outline.ok() || parsed.error().code() == ErrorCode::kLimit);
    return 0;
  }
  HALLMARK_CHECK(outline.ok());
  const json::Value* member = parsed.value().Find("a");
  HALLMARK_CHECK((member != nullptr) == outline.value().part.has_value());
  if (member != nullptr) {
    const auto part = json::Parse(outline.value().part->text, kLimits);
    HALLMARK_CHECK(part.ok() && json::ToText(part.value()) == json::ToText(*member));
  }
  HALLMARK_CHECK(IsUtf8(AsText({data, size})));
  const std::string text = json::ToText(parsed.value());
  const auto again = json::Parse(AsBytes(text), kLimits);
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(json::ToText(again.value()) == text);
  const auto indented =
      json::Parse(AsBytes(json::ToIndentedText(parsed.value())), {1 << 24, 64, 10'000});
  HALLMARK_CHECK(indented.ok() && json::ToText(indented.value()) == text);
  const Bytes canonical = json::Canonical(parsed.value());
  const auto reread = json::Parse(canonical, {1 << 24, 64, 10'000});
  HALLMARK_CHECK(reread.ok() && json::Canonical(reread.value()) == canonical);
  (void)json::CanonicalOlpc(parsed.value()).ok();
  return 0;
}
