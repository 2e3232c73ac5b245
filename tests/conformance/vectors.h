#ifndef HALLMARK_TESTS_CONFORMANCE_VECTORS_H_
#define HALLMARK_TESTS_CONFORMANCE_VECTORS_H_

#include <filesystem>
#include <optional>
#include <string>

#include "hallmark/encoding/json.h"

// The public vectors, which live outside the project: folder "vectors" of HALLMARK_SHARED.
namespace hallmark::conformance {

// nullopt, and a line that says so, when the folder is not there: the test then ends.
std::optional<std::filesystem::path> FindVectors(const std::string& folder);

std::string ReadFile(const std::filesystem::path& path);

// The file as JSON; ends the test when it is none.
json::Value ReadJson(const std::filesystem::path& path);

// A string member; "" when absent.
std::string Text(const json::Value& object, std::string_view name);

// Sends a request of these members to the client and gives the answer.
json::Value Ask(std::vector<std::pair<std::string, json::Value>> request);

enum class Outcome : std::uint8_t { kYes = 1, kNo, kUnsupported };
Outcome OutcomeOf(const json::Value& answer);

}  // namespace hallmark::conformance

#endif  // HALLMARK_TESTS_CONFORMANCE_VECTORS_H_
