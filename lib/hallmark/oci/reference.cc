#include "hallmark/oci/reference.h"

#include <algorithm>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/oci/internal/host.h"

namespace hallmark::oci {
namespace {

constexpr std::string_view kHub = "docker.io";
constexpr std::string_view kOfficial = "library/";
constexpr std::string_view kDefaultTag = "latest";
constexpr std::size_t kMaxPath = 255;  // distribution/reference RepositoryNameTotalLengthMax
constexpr std::size_t kMaxTag = 128;
constexpr std::size_t kMaxLayoutPath = 4096;
constexpr std::string_view kAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kTagCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";

Error Malformed(std::string_view untrusted_text, const std::string& what) {
  return {ErrorCode::kMalformed, "reference \"" + Printable(untrusted_text) + "\": " + what};
}

// [._]|__|[-]+
bool IsSeparator(std::string_view text) {
  if (text == "." || text == "_" || text == "__") return true;
  return !text.empty() && text.find_first_not_of('-') == std::string_view::npos;
}

// alpha-numeric [separator alpha-numeric]*
bool IsPathComponent(std::string_view text) {
  while (true) {
    const std::size_t word = std::min(text.find_first_not_of(kAlphanumeric), text.size());
    if (word == 0) return false;
    text.remove_prefix(word);
    if (text.empty()) return true;
    const std::size_t gap = std::min(text.find_first_of(kAlphanumeric), text.size());
    if (!IsSeparator(text.substr(0, gap))) return false;
    text.remove_prefix(gap);
  }
}

bool IsPath(std::string_view text) {
  if (text.size() > kMaxPath) return false;
  while (true) {
    const std::size_t slash = text.find('/');
    if (!IsPathComponent(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

// 64 hexadecimal digits name an image id and nothing else (distribution/reference
// IdentifierRegexp).
bool IsImageId(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Docker Hub under any of its names.
std::string FoldHub(std::string registry) {
  if (registry == "index.docker.io" || registry == "registry-1.docker.io") return std::string(kHub);
  return registry;
}

struct Name {
  std::string registry;
  std::string path;
};

// Splits as distribution/reference splitDockerDomain does, but takes an upper-case first part for
// a mistyped path: read as a host it would lose its case and then name something on Docker Hub.
Result<Name> SplitName(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view first = text.substr(0, slash);
  if (slash == std::string_view::npos || !internal::LooksLikeDomain(first)) {
    return Name{std::string(kHub), std::string(text)};
  }
  std::optional<std::string> domain = internal::CanonicalDomain(first);
  if (!domain) return Malformed(text, "bad registry host or port");
  return Name{FoldHub(std::move(*domain)), std::string(text.substr(slash + 1))};
}

bool IsNormalised(std::string_view absolute_path) {
  if (absolute_path == "/") return true;
  if (!absolute_path.starts_with('/') || absolute_path.ends_with('/')) return false;
  const std::string closed = std::string(absolute_path) + "/";
  return closed.find("//") == std::string::npos && closed.find("/./") == std::string::npos &&
         closed.find("/../") == std::string::npos;
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

Result<Repository> Repository::Parse(std::string_view text) {
  if (IsImageId(text)) return Malformed(text, "64 hexadecimal digits are an image id, not a name");
  HALLMARK_ASSIGN(Name name, SplitName(text));
  if (name.registry == kHub && name.path.find('/') == std::string::npos) {
    name.path.insert(0, kOfficial);
  }
  if (!IsPath(name.path))
    return Malformed(text, "bad repository name (want lower-case a-z0-9._-/)");
  return Repository(std::move(name.registry), std::move(name.path));
}

Result<Repository> Repository::ForLayout(std::string_view absolute_path) {
  if (absolute_path.size() > kMaxLayoutPath) return Malformed(absolute_path, "path too long");
  if (HasControl(absolute_path)) return Malformed(absolute_path, "control character in the path");
  if (!IsNormalised(absolute_path))
    return Malformed(absolute_path, "want a normalised absolute path");
  return Repository(std::string(kLayoutRegistry), std::string(absolute_path));
}

std::string Repository::ToString() const {
  return is_layout() ? registry_ + path_ : registry_ + "/" + path_;
}

bool IsTag(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTag && text[0] != '.' && text[0] != '-' &&
         text.find_first_not_of(kTagCharacters) == std::string_view::npos;
}

Result<Reference> Reference::Parse(std::string_view text) {
  std::string_view rest = text;
  std::optional<Digest> digest;
  if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
    HALLMARK_ASSIGN(digest, Digest::Parse(rest.substr(at + 1)));
    rest = rest.substr(0, at);
  }
  std::optional<std::string> tag;
  const std::size_t colon = rest.rfind(':');
  const std::size_t slash = rest.rfind('/');
  if (colon != std::string_view::npos && (slash == std::string_view::npos || slash < colon)) {
    tag = rest.substr(colon + 1);
    if (!IsTag(*tag)) return Malformed(text, "bad tag");
    rest = rest.substr(0, colon);
  }
  HALLMARK_ASSIGN(Repository repository, Repository::Parse(rest));
  if (!tag && !digest) tag = kDefaultTag;
  return Reference(std::move(repository), std::move(tag), std::move(digest));
}

Reference Reference::Of(Repository repository, std::optional<std::string> tag,
                        std::optional<Digest> digest) {
  HALLMARK_CHECK(tag || digest);
  HALLMARK_CHECK(!tag || IsTag(*tag));
  return {std::move(repository), std::move(tag), std::move(digest)};
}

std::string Reference::ToString() const {
  std::string text = repository_.ToString();
  if (tag_) text += ":" + *tag_;
  if (digest_) text += "@" + digest_->ToString();
  return text;
}

}  // namespace hallmark::oci
