#include "hallmark/predicate/slsa.h"

#include <array>
#include <string_view>
#include <utility>

#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/limits.h"

namespace hallmark::predicate {
namespace {

// What the build types of GitHub Actions, BuildKit, Tekton and Google Cloud Build call the places
// that a build was told to start from.
constexpr std::array<std::string_view, 5> kSourceNames{"workflow", "source", "configSource",
                                                       "buildConfigSource", "sourceToBuild"};

// Splits "git+https://host/repo@refs/heads/main" and "https://host/repo.git#refs/heads/main". An
// "@" before the path belongs to a login.
void SetUri(std::string_view uri, Source& source) {
  if (uri.starts_with("git+")) uri.remove_prefix(4);
  const std::size_t scheme = uri.find("://");
  const std::size_t path = uri.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  const std::size_t mark = path == std::string_view::npos ? path : uri.find_first_of("@#", path);
  source.repository = uri.substr(0, mark);
  if (mark != std::string_view::npos && source.ref.empty()) source.ref = uri.substr(mark + 1);
}

Result<Source> ParseSource(const Node& node) {
  Source source;
  HALLMARK_ASSIGN(source.ref, node.Text("ref"));
  HALLMARK_ASSIGN(source.path, node.Text("path"));
  HALLMARK_ASSIGN(std::string uri, node.Text("uri"));
  HALLMARK_ASSIGN(const std::string repository, node.Text("repository"));
  HALLMARK_ASSIGN(source.digests, node.TextMap("digest", kMaxDigests));
  if (uri.empty()) uri = repository;
  SetUri(uri, source);
  return source;
}

Result<Artifact> ParseArtifact(const Node& node) {
  Artifact artifact;
  HALLMARK_ASSIGN(artifact.uri, node.Text("uri"));
  HALLMARK_ASSIGN(artifact.name, node.Text("name"));
  HALLMARK_ASSIGN(artifact.digests, node.TextMap("digest", kMaxDigests));
  return artifact;
}

Result<Done> Flatten(const Node& node, std::size_t prefix,
                     std::map<std::string, std::string>& leaves) {
  if (const auto* members = node.value().object()) {
    for (const json::Member& member : *members) {
      HALLMARK_RETURN_IF_ERROR(Flatten(Node(member.value, node, member.name), prefix, leaves));
    }
    return Done{};
  }
  if (const auto* items = node.value().array()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      HALLMARK_RETURN_IF_ERROR(Flatten(Node((*items)[i], node, i), prefix, leaves));
    }
    return Done{};
  }
  if (leaves.size() == kMaxParameters) {
    return node.Complain(ErrorCode::kLimit,
                         "more than " + std::to_string(kMaxParameters) + " parameters");
  }
  const std::string* text = node.value().string();
  leaves[node.Pointer().substr(prefix)] = text != nullptr ? *text : json::ToText(node.value());
  return Done{};
}

Result<std::map<std::string, std::string>> LeavesOf(const Node& node) {
  std::map<std::string, std::string> leaves;
  HALLMARK_RETURN_IF_ERROR(Flatten(node, node.Pointer().size(), leaves));
  return leaves;
}

// Gives a source without a digest that of the material it stands for.
void AddDigest(const std::vector<Artifact>& materials, Source& source) {
  for (const Artifact& material : materials) {
    Source same;
    SetUri(material.uri, same);
    if (same.repository != source.repository || same.ref != source.ref) continue;
    source.digests = material.digests;
    return;
  }
}

Result<std::vector<Source>> ParseSources(const Node& external) {
  std::vector<Source> sources;
  for (const std::string_view name : kSourceNames) {
    const json::Value* member = external.Find(name);
    if (member == nullptr) continue;
    Source source;
    if (member->string() != nullptr) {
      SetUri(*member->string(), source);
    } else if (member->object() != nullptr) {
      HALLMARK_ASSIGN(source, ParseSource(Node(*member, external, name)));
    }
    if (!source.repository.empty()) sources.push_back(std::move(source));
  }
  return sources;
}

Result<Done> ParseInvocation02(const Node& invocation, Slsa& slsa) {
  HALLMARK_ASSIGN(const std::optional<Node> source, invocation.OptionalObject("configSource"));
  if (source) {
    HALLMARK_ASSIGN(Source parsed, ParseSource(*source));
    HALLMARK_ASSIGN(parsed.path, source->Text("entryPoint"));
    if (!parsed.repository.empty()) slsa.sources.push_back(std::move(parsed));
  }
  if (const json::Value* parameters = invocation.Find("parameters")) {
    HALLMARK_ASSIGN(slsa.parameters, LeavesOf(Node(*parameters, invocation, "parameters")));
  }
  return Done{};
}

Result<Done> ParseMetadata02(const Node& metadata, Slsa& slsa) {
  HALLMARK_ASSIGN(slsa.invocation_id, metadata.Text("buildInvocationId"));
  if (slsa.invocation_id.empty()) {
    HALLMARK_ASSIGN(slsa.invocation_id, metadata.Text("buildInvocationID"));
  }
  HALLMARK_ASSIGN(slsa.started, metadata.Time("buildStartedOn"));
  HALLMARK_ASSIGN(slsa.finished, metadata.Time("buildFinishedOn"));
  HALLMARK_ASSIGN(slsa.reproducible, metadata.Bool("reproducible"));
  HALLMARK_ASSIGN(const std::optional<Node> complete, metadata.OptionalObject("completeness"));
  if (!complete) return Done{};
  HALLMARK_ASSIGN(slsa.complete_parameters, complete->Bool("parameters"));
  HALLMARK_ASSIGN(slsa.complete_environment, complete->Bool("environment"));
  HALLMARK_ASSIGN(slsa.complete_materials, complete->Bool("materials"));
  return Done{};
}

Result<Slsa> Parse02(const Node& node) {
  Slsa slsa{};
  slsa.version = SlsaVersion::kV02;
  HALLMARK_ASSIGN(const Node builder, node.Object("builder"));
  HALLMARK_ASSIGN(slsa.builder_id, builder.Name("id"));
  HALLMARK_ASSIGN(slsa.build_type, node.Name("buildType"));
  HALLMARK_ASSIGN(slsa.materials,
                  ListOf<Artifact>(node, "materials", kMaxMaterials, ParseArtifact));
  HALLMARK_ASSIGN(const std::optional<Node> invocation, node.OptionalObject("invocation"));
  if (invocation) HALLMARK_RETURN_IF_ERROR(ParseInvocation02(*invocation, slsa));
  HALLMARK_ASSIGN(const std::optional<Node> metadata, node.OptionalObject("metadata"));
  if (metadata) HALLMARK_RETURN_IF_ERROR(ParseMetadata02(*metadata, slsa));
  return slsa;
}

Result<Done> ParseRun(const Node& run, Slsa& slsa) {
  HALLMARK_ASSIGN(const Node builder, run.Object("builder"));
  HALLMARK_ASSIGN(slsa.builder_id, builder.Name("id"));
  HALLMARK_ASSIGN(slsa.byproducts,
                  ListOf<Artifact>(run, "byproducts", kMaxMaterials, ParseArtifact));
  HALLMARK_ASSIGN(const std::optional<Node> metadata, run.OptionalObject("metadata"));
  if (!metadata) return Done{};
  // The specification's own name and the one that in-toto's library writes.
  HALLMARK_ASSIGN(slsa.invocation_id, metadata->Text("invocationId"));
  if (slsa.invocation_id.empty()) {
    HALLMARK_ASSIGN(slsa.invocation_id, metadata->Text("invocationID"));
  }
  HALLMARK_ASSIGN(slsa.started, metadata->Time("startedOn"));
  HALLMARK_ASSIGN(slsa.finished, metadata->Time("finishedOn"));
  return Done{};
}

Result<Slsa> Parse1(const Node& node) {
  Slsa slsa{};
  slsa.version = SlsaVersion::kV1;
  HALLMARK_ASSIGN(const Node build, node.Object("buildDefinition"));
  HALLMARK_ASSIGN(slsa.build_type, build.Name("buildType"));
  HALLMARK_ASSIGN(const Node external, build.Object("externalParameters"));
  HALLMARK_ASSIGN(slsa.parameters, LeavesOf(external));
  HALLMARK_ASSIGN(slsa.materials,
                  ListOf<Artifact>(build, "resolvedDependencies", kMaxMaterials, ParseArtifact));
  HALLMARK_ASSIGN(slsa.sources, ParseSources(external));
  for (Source& source : slsa.sources) {
    if (source.digests.empty()) AddDigest(slsa.materials, source);
  }
  HALLMARK_ASSIGN(const Node run, node.Object("runDetails"));
  HALLMARK_RETURN_IF_ERROR(ParseRun(run, slsa));
  return slsa;
}

}  // namespace

Result<Slsa> ParseSlsa(const json::Value& predicate, SlsaVersion version) {
  const Node node(predicate);
  return version == SlsaVersion::kV02 ? Parse02(node) : Parse1(node);
}

}  // namespace hallmark::predicate
