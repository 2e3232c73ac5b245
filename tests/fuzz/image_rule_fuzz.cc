#include <algorithm>

#include "hallmark/base/check.h"
#include "hallmark/policy/internal/image_rule_reader.h"
#include "hallmark/policy/limits.h"

// The input is a rule and, after a line break, an image config. A rule asks for something; every
// fault says which condition it is about, in one line; the same image is judged the same twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::policy;
  const ByteView input(data, size);
  const std::size_t cut = std::min(AsText(input).find('\n'), size);
  const auto document = json::Parse(input.first(cut), {kMaxPolicyBytes, kMaxPolicyDepth, 10'000});
  if (!document.ok()) return 0;
  const auto rule = ReadImageRule(document.value(), "image");
  if (!rule.ok()) {
    HALLMARK_CHECK(rule.error().message().find("image") != std::string::npos);
    return 0;
  }
  static const oci::Reference kAsked = oci::Reference::Parse("registry.example/app:1.2.3").value();
  const oci::ImageManifest manifest;
  const ByteView rest = input.subspan(std::min(cut + 1, size));
  const auto config = oci::ParseImageConfig(oci::Content::Describe(
      "application/vnd.oci.image.config.v1+json", Bytes(rest.begin(), rest.end())));
  const ImageFacts facts{kAsked, manifest, config.ok() ? &config.value() : nullptr};
  const UnixTime now(std::chrono::seconds(1'800'000'000));
  const auto faults = Judge(rule.value(), facts, now);
  const auto again = Judge(rule.value(), facts, now);
  HALLMARK_CHECK(faults.size() == again.size());
  for (std::size_t i = 0; i < faults.size(); ++i) {
    HALLMARK_CHECK(faults[i].reason == again[i].reason && faults[i].detail == again[i].detail);
    HALLMARK_CHECK(faults[i].reason.starts_with("image-") && !faults[i].detail.empty());
    HALLMARK_CHECK(std::none_of(faults[i].detail.begin(), faults[i].detail.end(),
                                [](char c) { return c >= 0 && c < ' '; }));
  }
  return 0;
}
