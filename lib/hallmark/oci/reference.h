#ifndef HALLMARK_OCI_REFERENCE_H_
#define HALLMARK_OCI_REFERENCE_H_

#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/oci/digest.h"

namespace hallmark::oci {

// "registry/repository" in one canonical spelling (distribution/reference grammar): docker.io and
// library/ filled in, index.docker.io and registry-1.docker.io folded into docker.io, the
// registry's host lower-cased, port 443 dropped. A trailing dot, an empty label, upper case in the
// path, white space, NUL or non-ASCII are kMalformed, so no two spellings name one repository
// (A69, A73). Also holds "oci:/absolute/path" for an image layout that was given no logical name.
class Repository {
 public:
  static Result<Repository> Parse(std::string_view text);
  // `absolute_path` starts with '/', is normalised and holds no control character (kMalformed).
  static Result<Repository> ForLayout(std::string_view absolute_path);

  bool is_layout() const { return registry_ == kLayoutRegistry; }
  const std::string& registry() const { return registry_; }  // "docker.io", "host:5000", or "oci:"
  const std::string& path() const { return path_; }          // "library/nginx"
  std::string ToString() const;
  friend bool operator==(const Repository&, const Repository&) = default;
  friend std::strong_ordering operator<=>(const Repository&, const Repository&) = default;

 private:
  static constexpr std::string_view kLayoutRegistry = "oci:";
  Repository(std::string registry, std::string path)
      : registry_(std::move(registry)), path_(std::move(path)) {}
  std::string registry_;
  std::string path_;
};

// At most 128 characters of [A-Za-z0-9_.-], not starting with '.' or '-'.
bool IsTag(std::string_view text);

// What a person types: a tag, a digest, or both. It may name something else
// tomorrow, so nothing below store::Resolve takes one.
class Reference {
 public:
  // "repo", "repo:tag", "repo@digest", "repo:tag@digest". Without tag and digest the tag is
  // "latest", as Docker has it.
  static Result<Reference> Parse(std::string_view text);
  // The caller has checked `tag` with IsTag (HALLMARK_CHECK); at least one of the two is there.
  static Reference Of(Repository repository, std::optional<std::string> tag,
                      std::optional<Digest> digest);

  const Repository& repository() const { return repository_; }
  const std::optional<std::string>& tag() const { return tag_; }
  const std::optional<Digest>& digest() const { return digest_; }
  std::string ToString() const;

 private:
  Reference(Repository repository, std::optional<std::string> tag, std::optional<Digest> digest)
      : repository_(std::move(repository)), tag_(std::move(tag)), digest_(std::move(digest)) {}
  Repository repository_;
  std::optional<std::string> tag_;
  std::optional<Digest> digest_;
};

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_REFERENCE_H_
