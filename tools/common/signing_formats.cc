#include "tools/common/signing_formats.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"

namespace hallmark::cli {
namespace {

using FormatPointer = std::unique_ptr<const signature::SigningFormat>;

template <class Format>
FormatPointer Make() {
  return std::make_unique<const Format>();
}

struct Row {
  std::string_view name;
  FormatPointer (*make)();
};

// All that are written, the default first.
constexpr std::array<Row, 2> kRows = {{
    {"bundle", Make<signature::BundleFormat>},
    {"cosign", Make<signature::CosignFormat>},
}};

std::string Names() {
  std::string names;
  for (const Row& row : kRows) names += (names.empty() ? "" : ", ") + std::string(row.name);
  return names;
}

Result<Done> Add(std::string_view name, SigningFormats& formats) {
  const auto* row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& each) { return each.name == name; });
  if (row == kRows.end()) {
    return Error(ErrorCode::kConfig, "--format: \"" + Printable(name) +
                                         "\" is not written; want some of " + Names() +
                                         ", with commas between");
  }
  FormatPointer made = row->make();
  const bool is_there = std::any_of(formats.begin(), formats.end(),
                                    [&](const auto& format) { return format->id() == made->id(); });
  if (!is_there) formats.push_back(std::move(made));
  return Done{};
}

}  // namespace

Result<SigningFormats> MakeSigningFormats(std::string_view list) {
  SigningFormats formats;
  while (true) {
    const std::size_t comma = std::min(list.find(','), list.size());
    HALLMARK_RETURN_IF_ERROR(Add(list.substr(0, comma), formats));
    if (comma == list.size()) return formats;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace hallmark::cli
