#include "hallmark/base/check.h"
#include "hallmark/policy/image_pattern.h"

// A pattern and its canonical spelling mean the same, and a pattern of literals matches its name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using policy::ImagePattern;
  const std::string_view text = AsText({data, size});
  const auto pattern = ImagePattern::Parse(text);
  if (!pattern.ok()) return 0;
  const std::string canonical = pattern.value().Canonical();
  const auto again = ImagePattern::Parse(canonical);
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().Canonical() == canonical);
  HALLMARK_CHECK(again.value().Overlaps(pattern.value()));
  HALLMARK_CHECK(std::is_eq(again.value().CompareSpecificity(pattern.value())));
  if (canonical.find('*') != std::string::npos) return 0;
  const auto repository = oci::Repository::Parse(canonical);
  if (repository.ok()) HALLMARK_CHECK(pattern.value().Matches(repository.value()));
  return 0;
}
