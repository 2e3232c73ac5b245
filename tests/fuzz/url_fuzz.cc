#include "hallmark/base/bytes.h"
#include "hallmark/base/check.h"
#include "hallmark/store/registry/internal/url.h"

// A URL prints to one that parses the same, and a relative reference that names no host stays at
// its base's origin.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::store::registry;
  const std::string_view text = AsText({data, size});
  if (const auto url = ParseUrl(text); url.ok()) {
    const auto again = ParseUrl(url.value().ToString());
    HALLMARK_CHECK(again.ok() && again.value().ToString() == url.value().ToString());
    HALLMARK_CHECK(SameOrigin(again.value(), url.value()));
  }
  const Url base = ParseUrl("https://registry.example/v2/app/tags/list").value();
  const auto resolved = ResolveUrl(base, text);
  const bool has_host = text.find("//") != std::string_view::npos;
  if (resolved.ok() && !has_host && text.find(':') == std::string_view::npos) {
    HALLMARK_CHECK(SameOrigin(resolved.value(), base));
  }
  return 0;
}
