#include "tests/support/registry/documents.h"

#include <nlohmann/json.hpp>

namespace hallmark::test {
namespace {

using Json = nlohmann::ordered_json;

std::string Text(const Json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

void AddDigests(const Json& object, const char* name, std::vector<std::string>& digests) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_array()) return;
  for (const Json& item : *member) {
    const bool elsewhere = item.is_object() && item.contains("urls");
    if (item.is_object() && !elsewhere) digests.push_back(Text(item, "digest"));
  }
}

std::string Dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<ManifestFacts> ReadManifest(std::string_view bytes) {
  const Json root = Json::parse(bytes, nullptr, false);
  if (!root.is_object()) return std::nullopt;
  ManifestFacts facts;
  facts.media_type = Text(root, "mediaType");
  facts.artifact_type = Text(root, "artifactType");
  if (const auto config = root.find("config"); config != root.end() && config->is_object()) {
    facts.blobs.push_back(Text(*config, "digest"));
    if (facts.artifact_type.empty()) facts.artifact_type = Text(*config, "mediaType");
  }
  AddDigests(root, "layers", facts.blobs);
  AddDigests(root, "manifests", facts.manifests);
  if (const auto subject = root.find("subject"); subject != root.end()) {
    if (!subject->is_object()) return std::nullopt;
    facts.subject = Text(*subject, "digest");
  }
  if (const auto notes = root.find("annotations"); notes != root.end() && notes->is_object()) {
    facts.annotations = Dump(*notes);
  }
  return facts;
}

std::string ReferrersIndex(const std::vector<ListedManifest>& manifests) {
  Json list = Json::array();
  for (const ListedManifest& manifest : manifests) {
    Json entry = {
        {"mediaType", manifest.media_type}, {"digest", manifest.digest}, {"size", manifest.size}};
    if (!manifest.facts.artifact_type.empty()) {
      entry["artifactType"] = manifest.facts.artifact_type;
    }
    if (!manifest.facts.annotations.empty()) {
      entry["annotations"] = Json::parse(manifest.facts.annotations);
    }
    list.push_back(std::move(entry));
  }
  return Dump({{"schemaVersion", 2},
               {"mediaType", "application/vnd.oci.image.index.v1+json"},
               {"manifests", std::move(list)}});
}

std::string NameList(std::string_view member, const std::vector<std::string>& names,
                     std::string_view repository) {
  Json body = Json::object();
  if (!repository.empty()) body["name"] = repository;
  body[std::string(member)] = names;
  return Dump(body);
}

std::string ErrorBody(std::string_view code, std::string_view message) {
  return Dump({{"errors", Json::array({Json{{"code", code}, {"message", message}}})}});
}

std::string TokenBody(std::string_view token) {
  return Dump({{"token", token}, {"access_token", token}, {"expires_in", 300}});
}

std::string LogLine(const RequestRecord& record) {
  return Dump({{"method", record.method},
               {"path", record.path},
               {"query", record.query},
               {"status", record.status},
               {"authorization", record.Header("Authorization") != nullptr},
               {"accept", record.HeaderAll("Accept")},
               {"userAgent", record.HeaderAll("User-Agent")},
               {"bodySize", record.body_size},
               {"connection", record.connection}});
}

}  // namespace hallmark::test
