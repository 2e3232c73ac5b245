#ifndef HALLMARK_PREDICATE_SLSA_H_
#define HALLMARK_PREDICATE_SLSA_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/encoding/json.h"

// SLSA provenance (slsa.dev/spec/v1.0/provenance and slsa.dev/provenance/v0.2): how an image was
// built, in the builder's words. Texts that are absent are empty.
namespace hallmark::predicate {

enum class SlsaVersion : std::uint8_t { kV02 = 1, kV1 };

// An input or a by-product of a build: a material of v0.2, a ResourceDescriptor of v1.
struct Artifact {
  std::string uri;
  std::string name;
  std::map<std::string, std::string> digests;  // "sha256", "gitCommit", ... to hexadecimal
};

// Where the build was told to take its instructions or its source from.
struct Source {
  std::string repository;  // the URI without "git+" in front and without its ref
  std::string ref;         // "refs/heads/main"
  std::string path;        // of the build's instructions in it
  std::map<std::string, std::string> digests;
};

struct Slsa {
  SlsaVersion version;
  std::string builder_id;  // never empty: who vouches for the rest
  std::string build_type;  // never empty
  // v0.2: invocation.configSource. v1: what the known build types call it in externalParameters:
  // workflow, source, configSource, buildConfigSource, sourceToBuild; as far as given there, the
  // digest of the dependency of the same repository and ref else. Several may be named, and a rule
  // about the source must hold for all.
  std::vector<Source> sources;
  // Every leaf of v0.2's invocation.parameters or v1's externalParameters by its JSON pointer
  // there: what the party that asked for the build had in its hands. Text as it is, other leaves
  // as JSON.
  std::map<std::string, std::string> parameters;
  std::vector<Artifact> materials;   // resolvedDependencies in v1
  std::vector<Artifact> byproducts;  // v1
  std::string invocation_id;
  std::optional<UnixTime> started;
  std::optional<UnixTime> finished;
  // v0.2: what the builder claims of itself. There is no word of a SLSA level in provenance: a
  // level is what one believes of a builder_id.
  std::optional<bool> complete_parameters;
  std::optional<bool> complete_environment;
  std::optional<bool> complete_materials;
  std::optional<bool> reproducible;
};

// kMalformed, with line, column and JSON pointer: a known member of another kind, no builder id or
// build type, no externalParameters (v1), a time that is none. kLimit: see limits.h.
Result<Slsa> ParseSlsa(const json::Value& predicate, SlsaVersion version);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_SLSA_H_
