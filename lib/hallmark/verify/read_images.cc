#include "hallmark/verify/internal/read_images.h"

#include <utility>
#include <variant>
#include <vector>

#include "hallmark/oci/limits.h"
#include "hallmark/signature/format.h"
#include "hallmark/signature/index_children.h"
#include "hallmark/verify/internal/parallel.h"

namespace hallmark::verify {
namespace {

using policy::ImageRead;

// The config, none where it is of no use, or why it could not be had.
Result<std::optional<oci::ImageConfig>> ReadConfig(const Context& context, store::Reader& reader,
                                                   const oci::Repository& repository,
                                                   const oci::ImageManifest& manifest) {
  if (!manifest.config || manifest.config->size > oci::kMaxConfigBytes) {
    return std::optional<oci::ImageConfig>();
  }
  Result<oci::Content> content = reader.Fetch(context, repository, *manifest.config);
  if (!content.ok()) {
    if (signature::IsVerdict(content.error().code())) return std::optional<oci::ImageConfig>();
    return std::move(content).error().While("read the image's config");
  }
  Result<oci::ImageConfig> config = oci::ParseImageConfig(content.value());
  if (!config.ok()) return std::optional<oci::ImageConfig>();
  return std::optional<oci::ImageConfig>(std::move(config).value());
}

Result<ImageRead> ReadImage(const Context& context, store::Reader& reader, const policy::Rule& rule,
                            const store::Subject& subject) {
  const auto* manifest = std::get_if<oci::ImageManifest>(&subject.document());
  if (manifest == nullptr) {
    return Error(ErrorCode::kUnsupported, "an index within an index: its images were not read");
  }
  ImageRead image{subject.digest(), *manifest, std::nullopt};
  if (!rule.NeedsConfig()) return image;
  HALLMARK_ASSIGN(image.config,
                  ReadConfig(context, reader, subject.asked().repository(), *manifest));
  return image;
}

Result<ImageRead> ReadChild(const Context& context, store::Reader& reader, const policy::Rule& rule,
                            const store::Subject& index, const oci::Descriptor& child) {
  Result<store::Subject> subject = store::ResolveChild(context, reader, index, child);
  if (!subject.ok()) return std::move(subject).error().While("read image of the index");
  return ReadImage(context, reader, rule, subject.value());
}

}  // namespace

void ReadImages(const Context& context, store::Reader& reader, const policy::Rule& rule,
                const store::Subject& subject, const Options& options, policy::Evidence& evidence) {
  std::vector<oci::Descriptor> children;
  const auto* index = std::get_if<oci::ImageIndex>(&subject.document());
  if (index != nullptr) children = signature::ImageChildren(*index);
  if (children.size() > kMaxImagesRead) {
    evidence.gaps.emplace_back(ErrorCode::kLimit,
                               "the index has " + std::to_string(children.size()) +
                                   " images; the rule reads " + std::to_string(kMaxImagesRead));
    return;
  }
  const std::size_t count = index == nullptr ? 1 : children.size();
  std::vector<std::optional<Result<ImageRead>>> read(count);
  ForEach(count, options.max_parallel, [&](std::size_t i) {
    read[i].emplace(index == nullptr ? ReadImage(context, reader, rule, subject)
                                     : ReadChild(context, reader, rule, subject, children[i]));
  });
  for (std::optional<Result<ImageRead>>& one : read) {
    if (one->ok()) {
      evidence.images.push_back(std::move(*one).value());
    } else {
      evidence.gaps.push_back(one->error());
    }
  }
}

}  // namespace hallmark::verify
