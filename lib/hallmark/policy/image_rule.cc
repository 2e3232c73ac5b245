#include "hallmark/policy/image_rule.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/duration.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/image_media_types.h"
#include "hallmark/policy/internal/image_user.h"
#include "hallmark/policy/internal/secret_look.h"
#include "hallmark/policy/limits.h"

namespace hallmark::policy {
namespace {

constexpr std::string_view kBaseName = "org.opencontainers.image.base.name";
constexpr std::string_view kBaseDigest = "org.opencontainers.image.base.digest";
constexpr std::string_view kNoConfig = "the image has no config that could be read";
// How many names one line lists.
constexpr std::size_t kMaxListed = 5;

std::string Quoted(std::string_view untrusted_text) {
  return "\"" + Printable(untrusted_text) + "\"";
}

// Collects faults: one call for each condition, in the order that Judge promises.
class Judging {
 public:
  Judging(const ImageRule& rule, const ImageFacts& facts, UnixTime now)
      : rule_(rule), facts_(facts), now_(now) {}

  void JudgeUser();
  void JudgeTag();
  void JudgeSize();
  void JudgeLayers();
  void JudgeLabels();
  void JudgePlatform();
  void JudgeBase();
  void JudgeAge();
  void JudgeSecrets();
  void JudgeMediaTypes();

  std::vector<ImageFault> faults;

 private:
  void Complain(std::string_view reason, std::string detail) {
    faults.push_back({reason, std::move(detail)});
  }
  std::string TagFault(ImageRule::Tag wanted) const;
  std::string BaseFault() const;

  const ImageRule& rule_;
  const ImageFacts& facts_;
  UnixTime now_;
};

void Judging::JudgeUser() {
  if (!rule_.user) return;
  if (facts_.config == nullptr) return Complain("image-root", std::string(kNoConfig));
  // As runtimes read it, whatever its case.
  std::string os = facts_.config->platform.os;
  std::transform(os.begin(), os.end(), os.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (os == "windows") {
    return Complain("image-root", "which users of Windows administer it cannot be told");
  }
  std::string fault = UserFault(facts_.config->user, *rule_.user);
  if (!fault.empty()) Complain("image-root", std::move(fault));
}

std::string Judging::TagFault(ImageRule::Tag wanted) const {
  const std::optional<std::string>& tag = facts_.asked.tag();
  switch (wanted) {
    case ImageRule::Tag::kNotLatest:
      return facts_.asked.digest() || (tag && *tag != "latest")
                 ? ""
                 : "asked for by tag latest, which is whatever was pushed last";
    case ImageRule::Tag::kPinned:
      return facts_.asked.digest() ? "" : "asked for without a digest";
    case ImageRule::Tag::kSemanticVersion:
      if (!tag) return "asked for without a tag, which should be a semantic version";
      return IsSemanticVersion(*tag) ? "" : "tag " + *tag + " is no semantic version";
    default:
      return "the rule about tags is not known";
  }
}

void Judging::JudgeTag() {
  std::string fault = rule_.tag ? TagFault(*rule_.tag) : "";
  if (!fault.empty()) Complain("image-tag", std::move(fault));
  if (rule_.tag_patterns.empty()) return;
  const std::optional<std::string>& tag = facts_.asked.tag();
  if (!tag) return Complain("image-tag", "asked for without a tag, which should follow a pattern");
  const bool matches = std::any_of(rule_.tag_patterns.begin(), rule_.tag_patterns.end(),
                                   [&](const TagPattern& each) { return each.Matches(*tag); });
  if (!matches) Complain("image-tag", "tag " + *tag + " follows none of the rule's patterns");
}

// The greatest number where the sum would be beyond it.
std::uint64_t SizeOf(const std::vector<oci::Descriptor>& layers) {
  std::uint64_t sum = 0;
  for (const oci::Descriptor& layer : layers) {
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - sum;
    sum += std::min(layer.size, room);
  }
  return sum;
}

void Judging::JudgeSize() {
  if (!rule_.max_bytes) return;
  const std::uint64_t size = SizeOf(facts_.manifest.layers);
  if (size <= *rule_.max_bytes) return;
  Complain("image-size", "the layers have " + std::to_string(size) + " bytes, more than " +
                             std::to_string(*rule_.max_bytes));
}

void Judging::JudgeLayers() {
  if (!rule_.max_layers) return;
  const std::size_t count = facts_.manifest.layers.size();
  if (facts_.config != nullptr && facts_.config->layers != count) {
    Complain("image-layers", "the manifest has " + std::to_string(count) + " layers, the config " +
                                 std::to_string(facts_.config->layers));
  }
  if (count <= *rule_.max_layers) return;
  Complain("image-layers",
           std::to_string(count) + " layers, more than " + std::to_string(*rule_.max_layers));
}

void Judging::JudgeLabels() {
  if (rule_.labels.empty()) return;
  if (facts_.config == nullptr) return Complain("image-label", std::string(kNoConfig));
  for (const auto& [name, value] : rule_.labels) {
    const auto found = facts_.config->labels.find(name);
    const std::string label = "label " + Quoted(name);
    if (found == facts_.config->labels.end()) {
      Complain("image-label", label + " is missing");
    } else if (value && found->second != *value) {
      Complain("image-label", label + " is " + Quoted(found->second) + ", not " + Quoted(*value));
    } else if (!value && found->second.empty()) {
      Complain("image-label", label + " is empty");
    }
  }
}

// What a platform without a variant has (containerd's normalisation).
std::string_view VariantOf(const oci::Platform& platform) {
  if (platform.variant.empty() && platform.architecture == "arm64") return "v8";
  return platform.variant;
}

bool Covers(const oci::Platform& wanted, const oci::Platform& actual) {
  return wanted.os == actual.os && wanted.architecture == actual.architecture &&
         (wanted.variant.empty() || wanted.variant == VariantOf(actual));
}

void Judging::JudgePlatform() {
  if (rule_.platforms.empty()) return;
  if (facts_.config == nullptr) return Complain("image-architecture", std::string(kNoConfig));
  const oci::Platform& actual = facts_.config->platform;
  const bool covered = std::any_of(rule_.platforms.begin(), rule_.platforms.end(),
                                   [&](const oci::Platform& each) { return Covers(each, actual); });
  if (covered) return;
  Complain("image-architecture",
           "made for " + Quoted(actual.ToString()) + ", which is none of the rule's platforms");
}

// Null when the manifest has no such annotation. Labels of the config that are called so do not
// count: an image inherits those of its base, and with them its base's base.
const std::string* Annotation(const ImageFacts& facts, std::string_view name) {
  const auto found = facts.manifest.annotations.find(std::string(name));
  return found == facts.manifest.annotations.end() ? nullptr : &found->second;
}

std::string BaseNameFault(const std::string* text, const std::vector<ImagePattern>& images) {
  if (text == nullptr) return "the manifest has no annotation " + std::string(kBaseName);
  const Result<oci::Reference> name = oci::Reference::Parse(*text);
  if (!name.ok()) return "base image " + Quoted(*text) + " is no name of an image";
  const bool matches = std::any_of(images.begin(), images.end(), [&](const ImagePattern& pattern) {
    return pattern.Matches(name.value().repository());
  });
  return matches ? "" : "base image " + Quoted(*text) + " is none of those allowed";
}

std::string BaseDigestFault(const std::string* text, const std::vector<oci::Digest>& digests) {
  if (text == nullptr) return "the manifest has no annotation " + std::string(kBaseDigest);
  const Result<oci::Digest> digest = oci::Digest::Parse(*text);
  if (!digest.ok()) return "the base image's digest " + Quoted(*text) + " is none";
  const bool found = std::find(digests.begin(), digests.end(), digest.value()) != digests.end();
  return found ? "" : "base image " + digest.value().ToString() + " is none of those allowed";
}

std::string Judging::BaseFault() const {
  const ImageRule::Base& base = *rule_.base;
  if (base.images.empty() && base.digests.empty()) return "the rule allows no base image";
  if (!base.images.empty()) {
    std::string fault = BaseNameFault(Annotation(facts_, kBaseName), base.images);
    if (!fault.empty()) return fault;
  }
  return base.digests.empty() ? "" : BaseDigestFault(Annotation(facts_, kBaseDigest), base.digests);
}

void Judging::JudgeBase() {
  if (!rule_.base) return;
  std::string fault = BaseFault();
  if (!fault.empty()) Complain("image-base", std::move(fault));
}

void Judging::JudgeAge() {
  if (!rule_.max_age) return;
  if (facts_.config == nullptr) return Complain("image-age", std::string(kNoConfig));
  if (!facts_.config->created) return Complain("image-age", "the config says no time of creation");
  const UnixTime created = *facts_.config->created;
  const std::string when = "created at " + encoding::ToRfc3339(created);
  if (created > now_ + kMaxClockSkew) return Complain("image-age", when + ", in the future");
  if (now_ - created <= *rule_.max_age) return;
  Complain("image-age", when + ", longer ago than " + encoding::DurationText(*rule_.max_age));
}

void Judging::JudgeSecrets() {
  if (!rule_.no_secrets) return;
  if (facts_.config == nullptr) return Complain("image-secret", std::string(kNoConfig));
  std::set<std::string> names;
  for (const oci::EnvironmentVariable& variable : facts_.config->environment) {
    if (rule_.no_secrets->allowed.count(variable.name) > 0) continue;
    if (LooksSecret(variable)) names.insert(variable.name);
  }
  if (names.empty()) return;
  std::string list;
  std::size_t listed = 0;
  for (const std::string& name : names) {
    if (listed == kMaxListed) break;
    list += (listed++ == 0 ? "" : ", ") + Printable(name, 64);
  }
  if (names.size() > listed) list += " and " + std::to_string(names.size() - listed) + " more";
  Complain("image-secret", "environment variables that look like secrets: " + list);
}

bool IsAllowed(std::string_view layer_type, ImageRule::MediaTypes wanted) {
  return oci::IsLayerType(layer_type) ||
         (wanted == ImageRule::MediaTypes::kAllowForeign && oci::IsForeignLayerType(layer_type));
}

void Judging::JudgeMediaTypes() {
  if (!rule_.media_types) return;
  const std::optional<oci::Descriptor>& config = facts_.manifest.config;
  if (!config) return Complain("image-media-type", "the manifest names no config");
  if (!oci::IsImageConfigType(config->media_type)) {
    return Complain("image-media-type",
                    "config of type " + Quoted(config->media_type) + ": no container image");
  }
  const std::vector<oci::Descriptor>& layers = facts_.manifest.layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string& type = layers[i].media_type;
    if (IsAllowed(type, *rule_.media_types)) continue;
    const bool foreign = oci::IsForeignLayerType(type);
    return Complain("image-media-type", "layer " + std::to_string(i + 1) + " of type " +
                                            Quoted(type) +
                                            (foreign ? ": foreign, held elsewhere" : ""));
  }
}

}  // namespace

bool ImageRule::NeedsConfig() const {
  return user || max_layers || !labels.empty() || !platforms.empty() || max_age || no_secrets;
}

std::vector<ImageFault> Judge(const ImageRule& rule, const ImageFacts& facts, UnixTime now) {
  Judging judging(rule, facts, now);
  judging.JudgeUser();
  judging.JudgeTag();
  judging.JudgeSize();
  judging.JudgeLayers();
  judging.JudgeLabels();
  judging.JudgePlatform();
  judging.JudgeBase();
  judging.JudgeAge();
  judging.JudgeSecrets();
  judging.JudgeMediaTypes();
  return std::move(judging.faults);
}

}  // namespace hallmark::policy
