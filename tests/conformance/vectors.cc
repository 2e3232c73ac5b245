#include "tests/conformance/vectors.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/conformance/client.h"
#include "tests/support/catch.h"

namespace hallmark::conformance {
namespace {

constexpr json::Limits kLimits{std::size_t{64} * 1024 * 1024, 64, 10'000'000};

}  // namespace

std::optional<std::filesystem::path> FindVectors(const std::string& folder) {
  const char* shared = std::getenv("HALLMARK_SHARED");
  const std::filesystem::path root = shared != nullptr ? shared : HALLMARK_SHARED_DEFAULT;
  const std::filesystem::path path = root / "vectors" / folder;
  if (std::filesystem::is_directory(path)) return path;
  std::cerr << "skipped: no " << folder << " vectors (set HALLMARK_SHARED)\n";
  return std::nullopt;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

json::Value ReadJson(const std::filesystem::path& path) {
  auto parsed = json::Parse(AsBytes(ReadFile(path)), kLimits);
  INFO(path.string());
  REQUIRE(parsed.ok());
  return std::move(parsed).value();
}

std::string Text(const json::Value& object, std::string_view name) {
  const json::Value* member = object.Find(name);
  return member == nullptr || member->string() == nullptr ? "" : *member->string();
}

json::Value Ask(std::vector<std::pair<std::string, json::Value>> request) {
  const std::string line = AnswerLine(json::ToText(json::Value::Object(std::move(request))));
  auto answer = json::Parse(AsBytes(line), kLimits);
  INFO(line);
  REQUIRE(answer.ok());
  return std::move(answer).value();
}

Outcome OutcomeOf(const json::Value& answer) {
  if (answer.Find("unsupported") != nullptr) return Outcome::kUnsupported;
  const json::Value* ok = answer.Find("ok");
  REQUIRE(ok != nullptr);
  return ok->boolean() == true ? Outcome::kYes : Outcome::kNo;
}

}  // namespace hallmark::conformance
