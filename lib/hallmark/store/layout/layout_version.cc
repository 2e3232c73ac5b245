#include "hallmark/store/layout/internal/layout_version.h"

#include <string>
#include <string_view>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/store/layout/limits.h"

namespace hallmark::store {
namespace {

constexpr json::Limits kLimits{kMaxLayoutFileBytes, 8, 100};

bool IsVersionOne(std::string_view version) {
  constexpr std::string_view kPrefix = "1.0.";
  if (!version.starts_with(kPrefix) || version.size() == kPrefix.size()) return false;
  return version.find_first_not_of("0123456789", kPrefix.size()) == std::string_view::npos;
}

}  // namespace

Result<Done> CheckLayoutVersion(ByteView untrusted_bytes) {
  auto document = json::Parse(untrusted_bytes, kLimits);
  if (!document.ok()) return std::move(document).error().While("oci-layout");
  HALLMARK_ASSIGN(auto fields, json::Fields::Of(document.value(), "oci-layout"));
  HALLMARK_ASSIGN(const std::string version, fields.String("imageLayoutVersion"));
  if (IsVersionOne(version)) return Done{};
  return Error(ErrorCode::kConfig,
               "oci-layout: version " + Printable(version) + ", only 1.0.x is known");
}

}  // namespace hallmark::store
