#ifndef HALLMARK_POLICY_IMAGE_RULE_H_
#define HALLMARK_POLICY_IMAGE_RULE_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/oci/content.h"
#include "hallmark/oci/image_config.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/reference.h"
#include "hallmark/policy/image_pattern.h"
#include "hallmark/policy/tag_pattern.h"

// What a policy asks of an image itself, beside its signatures: told from the manifest and the
// config, so that no layer is fetched. All of it is the builder's word, as trustworthy as the
// signature over the manifest's digest. A condition that cannot be told (no config, no label, no
// date) is a fault, never met.
namespace hallmark::policy {

// The conditions, each absent when it is not asked for. At least one is there (ReadImageRule).
struct ImageRule {
  enum class User : std::uint8_t {
    // A name other than "root", or a number as below. What number a name has stands in a layer: an
    // image can call uid 0 anything.
    kNotRoot = 1,
    // A number from 1 to 2^31-1 in its plain spelling: what runAsNonRoot of Kubernetes demands.
    kNumericNotRoot,
  };
  enum class Tag : std::uint8_t {
    kNotLatest = 1,    // a digest, or a tag other than "latest"
    kPinned,           // a digest, whatever tag stands beside it
    kSemanticVersion,  // a tag that is one, whatever digest stands beside it
  };
  // What the manifest's annotations org.opencontainers.image.base.name and .digest must say; where
  // names and digests are given, both must hold. Labels of these names are not looked at.
  struct Base {
    std::vector<ImagePattern> images;
    std::vector<oci::Digest> digests;
  };
  // No environment variable that looks like a secret, by its name or by its value.
  struct NoSecrets {
    std::set<std::string> allowed;  // exact names
  };
  enum class MediaTypes : std::uint8_t { kKnown = 1, kAllowForeign };

  std::optional<User> user;
  std::optional<Tag> tag;
  std::vector<TagPattern> tag_patterns;    // any of them; empty: any tag or none
  std::optional<std::uint64_t> max_bytes;  // of all layers as they are transferred (compressed)
  std::optional<std::uint64_t> max_layers;
  std::map<std::string, std::optional<std::string>> labels;  // nullopt: any value but none
  std::vector<oci::Platform> platforms;  // any of them; without variant: any variant
  std::optional<Base> base;
  std::optional<std::chrono::seconds> max_age;
  std::optional<NoSecrets> no_secrets;
  std::optional<MediaTypes> media_types;

  // Whether a config has to be fetched to judge by this rule.
  bool NeedsConfig() const;
};

// One image for one platform. Of an index, the caller judges every manifest that may be run.
struct ImageFacts {
  const oci::Reference& asked;  // as it was typed; "latest" when it said neither tag nor digest
  const oci::ImageManifest& manifest;
  const oci::ImageConfig* config;  // null when the image has none or it is no image's
};

// Why an image is not as the rule wants it.
struct ImageFault {
  std::string_view reason;  // "image-root"; stable
  std::string detail;       // one line; never a value of the environment
};

// Holds an image against a rule; empty when every condition is met. Faults stand in the order of
// ImageRule's members: image-root, image-tag, image-size, image-layers, image-label (one for each
// label), image-architecture, image-base, image-age, image-secret, image-media-type.
std::vector<ImageFault> Judge(const ImageRule& rule, const ImageFacts& facts, UnixTime now);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_IMAGE_RULE_H_
