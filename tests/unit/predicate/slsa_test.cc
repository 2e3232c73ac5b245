#include "hallmark/predicate/slsa.h"

#include "tests/unit/predicate/parse.h"

namespace hallmark::predicate {
namespace {

const std::string kV1 = R"({
 "buildDefinition": {
  "buildType": "https://actions.example/workflow/v1",
  "externalParameters": {"workflow": {"ref": "refs/heads/main", "repository": "https://git.example/org/app",
    "path": ".ci/release.yml"}, "inputs": {"fast": true, "jobs": 2, "list": ["a", null]}},
  "internalParameters": {"anything": [1]},
  "resolvedDependencies": [
   {"uri": "git+https://git.example/org/other@refs/heads/main", "digest": {"gitCommit": "beef"}},
   {"uri": "git+https://git.example/org/app@refs/heads/main", "digest": {"gitCommit": "c0de"}, "name": "src"}]},
 "runDetails": {
  "builder": {"id": "https://runner.example/hosted", "version": {"runner": "7"}},
  "metadata": {"invocationId": "run-42", "startedOn": "2026-06-01T12:00:00Z", "finishedOn": "2026-06-01T12:05:00.5+00:00"},
  "byproducts": [{"name": "log", "uri": "https://runner.example/log/42"}]},
 "extension": {"ignored": 1}})";

const std::string kV02 = R"({
 "builder": {"id": "https://runner.example/hosted"},
 "buildType": "https://cloud.example/build@v1",
 "invocation": {"configSource": {"uri": "git+https://git.example/org/app@refs/tags/v1.4",
    "digest": {"sha1": "c0de"}, "entryPoint": "build.yaml"},
    "parameters": {"substitutions": {"TAG": "1.4"}}, "environment": {"arch": "amd64"}},
 "metadata": {"buildInvocationId": "run-7", "buildStartedOn": "2026-06-01T12:00:00Z",
    "buildFinishedOn": "2026-06-01T12:05:00Z",
    "completeness": {"parameters": true, "environment": false, "materials": true}, "reproducible": false},
 "materials": [{"uri": "pkg:docker/debian@12", "digest": {"sha256": "aa"}}]})";

Result<Slsa> ParseV1(const json::Value& value) { return ParseSlsa(value, SlsaVersion::kV1); }
Result<Slsa> ParseV02(const json::Value& value) { return ParseSlsa(value, SlsaVersion::kV02); }

UnixTime At(std::int64_t value) { return UnixTime(std::chrono::seconds(value)); }

TEST_CASE("provenance v1 says who built what of which source") {
  const Slsa slsa = ParseV1(Json(kV1)).value();
  CHECK(slsa.version == SlsaVersion::kV1);
  CHECK(slsa.builder_id == "https://runner.example/hosted");
  CHECK(slsa.build_type == "https://actions.example/workflow/v1");
  REQUIRE(slsa.sources.size() == 1);
  CHECK(slsa.sources[0].repository == "https://git.example/org/app");
  CHECK(slsa.sources[0].ref == "refs/heads/main");
  CHECK(slsa.sources[0].path == ".ci/release.yml");
  CHECK(slsa.sources[0].digests.at("gitCommit") == "c0de");
  CHECK(slsa.materials.size() == 2);
  CHECK(slsa.materials[1].name == "src");
  CHECK(slsa.byproducts.at(0).uri == "https://runner.example/log/42");
  CHECK(slsa.invocation_id == "run-42");
  CHECK(slsa.started == At(1'780'315'200));
  CHECK(slsa.finished == At(1'780'315'500));
  CHECK_FALSE(slsa.reproducible);
}

TEST_CASE("the parameters of a build are its leaves by JSON pointer") {
  const auto parameters = ParseV1(Json(kV1)).value().parameters;
  CHECK(parameters.at("/workflow/ref") == "refs/heads/main");
  CHECK(parameters.at("/inputs/fast") == "true");
  CHECK(parameters.at("/inputs/jobs") == "2");
  CHECK(parameters.at("/inputs/list/0") == "a");
  CHECK(parameters.at("/inputs/list/1") == "null");
  CHECK(parameters.size() == 7);
}

TEST_CASE("provenance v0.2 reads into the same value") {
  const Slsa slsa = ParseV02(Json(kV02)).value();
  CHECK(slsa.version == SlsaVersion::kV02);
  CHECK(slsa.builder_id == "https://runner.example/hosted");
  REQUIRE(slsa.sources.size() == 1);
  CHECK(slsa.sources[0].repository == "https://git.example/org/app");
  CHECK(slsa.sources[0].ref == "refs/tags/v1.4");
  CHECK(slsa.sources[0].path == "build.yaml");
  CHECK(slsa.sources[0].digests.at("sha1") == "c0de");
  CHECK(slsa.parameters.at("/substitutions/TAG") == "1.4");
  CHECK(slsa.materials.at(0).digests.at("sha256") == "aa");
  CHECK(slsa.invocation_id == "run-7");
  CHECK(slsa.complete_parameters == true);
  CHECK(slsa.complete_environment == false);
  CHECK(slsa.complete_materials == true);
  CHECK(slsa.reproducible == false);
}

TEST_CASE("a source is a repository and its ref, however the URI is put together") {
  const auto source = [](const std::string& uri) {
    return ParseV1(
               Json(With(kV1,
                         R"({"ref": "refs/heads/main", "repository": "https://git.example/org/app",
    "path": ".ci/release.yml"})",
                         "\"" + uri + "\"")))
        .value()
        .sources.at(0);
  };
  CHECK(source("git+ssh://git@git.example/org/app@refs/heads/x").repository ==
        "ssh://git@git.example/org/app");
  CHECK(source("git+ssh://git@git.example/org/app@refs/heads/x").ref == "refs/heads/x");
  CHECK(source("https://git.example/org/app.git#main").repository ==
        "https://git.example/org/app.git");
  CHECK(source("https://git.example/org/app.git#main").ref == "main");
  CHECK(source("https://git.example").repository == "https://git.example");
}

TEST_CASE("every source that the parameters name is kept") {
  const auto sources =
      ParseV1(Json(With(kV1, R"("inputs": {)",
                        R"("source": {"uri": "git+https://git.example/evil@main"}, "inputs": {)")))
          .value()
          .sources;
  REQUIRE(sources.size() == 2);
  CHECK(sources[1].repository == "https://git.example/evil");
  CHECK(sources[1].digests.empty());
}

TEST_CASE("Go's zero time and empty lists count as absent") {
  const Slsa slsa = ParseV02(Json(R"({"builder": {"id": "b"}, "buildType": "t", "materials": null,
    "invocation": {"parameters": null, "configSource": {}},
    "metadata": {"buildStartedOn": "0001-01-01T00:00:00Z"}})"))
                        .value();
  CHECK_FALSE(slsa.started);
  CHECK(slsa.materials.empty());
  CHECK(slsa.sources.empty());
}

TEST_CASE("provenance that a rule would be fooled by is refused, with its place") {
  const auto v1 = [](std::string_view what, std::string_view instead, std::string_view says) {
    CheckRefused(ParseV1, With(kV1, what, instead), ErrorCode::kMalformed, says);
  };
  v1(R"("id": "https://runner.example/hosted")", R"("id": 7)", "/runDetails/builder/id: want text");
  v1(R"("id": "https://runner.example/hosted")", R"("id": "")", "/runDetails/builder/id: is empty");
  v1(R"("id": "https://runner.example/hosted", )", "", "/runDetails/builder/id: missing");
  v1(R"("runDetails")", R"("rundetails")", "/runDetails: missing");
  v1(R"("buildType": "https://actions.example/workflow/v1",)", "",
     "/buildDefinition/buildType: missing");
  v1(R"("externalParameters": {)", R"("externalParameters": null, "x": {)",
     "/buildDefinition/externalParameters: missing");
  v1(R"("2026-06-01T12:00:00Z")", R"("yesterday")", "/runDetails/metadata/startedOn: want a time");
  v1(R"({"gitCommit": "beef"})", R"({"gitCommit": 1})",
     "/buildDefinition/resolvedDependencies/0/digest/gitCommit: want text");
  v1(R"("resolvedDependencies": [)", R"("resolvedDependencies": "x", "y": [)",
     "/buildDefinition/resolvedDependencies: want a list");
  v1(R"({"name": "log")", R"(["log"], {"name": "log")", "/runDetails/byproducts/0: want an object");
  CheckRefused(ParseV02, kV1, ErrorCode::kMalformed, "/builder: missing");
  CheckRefused(ParseV1, kV02, ErrorCode::kMalformed, "/buildDefinition: missing");
  CheckRefused(ParseV02, With(kV02, "\"reproducible\": false", "\"reproducible\": \"no\""),
               ErrorCode::kMalformed, "/metadata/reproducible: want true or false");
  CheckRefused(ParseV02, "[]", ErrorCode::kMalformed, "1:1: the document: want an object");
}

TEST_CASE("a place is said by line, column and JSON pointer") {
  const auto parsed = ParseV02(Json("{\"builder\":\n  {\"id\": []}}"));
  CHECK(parsed.error().message() == "2:10: /builder/id: want text");
  const auto escaped =
      ParseV1(Json(With(kV1, R"("inputs": {)", R"("a/b~c": {"source": 1}, "inputs": {)")));
  CHECK(escaped.value().parameters.at("/a~1b~0c/source") == "1");
}

TEST_CASE("the parameters of a build are bounded") {
  std::string many = "[0";
  for (std::size_t i = 0; i < kMaxParameters; ++i) many += ",0";
  CheckRefused(ParseV1, With(kV1, R"("list": [)", R"("many": )" + many + R"(], "list": [)"),
               ErrorCode::kLimit, "more than 10000 parameters");
}

}  // namespace
}  // namespace hallmark::predicate
