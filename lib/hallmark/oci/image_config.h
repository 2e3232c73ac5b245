#ifndef HALLMARK_OCI_IMAGE_CONFIG_H_
#define HALLMARK_OCI_IMAGE_CONFIG_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/oci/content.h"

namespace hallmark::oci {

// One entry of "Env", cut at its first '='; an entry without one has no value.
struct EnvironmentVariable {
  std::string name;
  std::string value;
  friend bool operator==(const EnvironmentVariable&, const EnvironmentVariable&) = default;
};

// What an image says about itself and how it wants to be run: OCI image-spec v1.1 config.md, or
// Docker's image JSON v1.2. All of it is the builder's word.
struct ImageConfig {
  Platform platform;                // os and architecture may be empty, as ko and cosign write them
  std::optional<UnixTime> created;  // nullopt when absent or Go's zero time
  std::string user;                 // config.User; empty when absent
  std::vector<EnvironmentVariable> environment;  // in its order, names may repeat
  std::map<std::string, std::string> labels;
  std::size_t layers = 0;   // rootfs.diff_ids
  std::size_t history = 0;  // entries, those without a layer too
};

// Reads an image config strictly. kUnsupported when the content's media type is none (an artifact's
// config). kMalformed with place and reason for: a duplicate member, a member of another kind than
// the specification gives it, a member whose name other readers take for one of those read here
// (A15: Go's take "user" for "User"), no architecture, os or rootfs, a rootfs that is no "layers",
// a diff ID that is no digest, a "created" that is no RFC 3339 time from 1970 on. A null stands for
// an absent optional member, as the specification has it; members that are not read here are
// ignored. kLimit: over 4 MiB, deeper than 32, more than 100,000 values.
Result<ImageConfig> ParseImageConfig(const Content& content);

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_IMAGE_CONFIG_H_
