#include "hallmark/store/registry/credential_helper.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/process/child_process.h"
#include "hallmark/process/find_program.h"
#include "hallmark/store/registry/internal/helper_answer.h"

namespace hallmark::store {
namespace {

constexpr std::size_t kMaxAnswerBytes = std::size_t{64} * 1024;
constexpr std::size_t kMaxServerBytes = 512;  // host names end at 253
constexpr json::Limits kAnswerLimits{kMaxAnswerBytes, 4, 50};
constexpr char kPrefix[] = "docker-credential-";
constexpr std::string_view kNoLogin = "credentials not found in native keychain";

bool IsHelperName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<std::string> FindHelper(std::string_view path, const std::string& name) {
  if (!IsHelperName(name)) {
    return Error(ErrorCode::kConfig,
                 "credential helper \"" + Printable(name) + "\": want a name of a-z, 0-9 and -");
  }
  const std::string program = kPrefix + name;
  if (std::optional<std::string> file = process::FindProgram(path, program)) {
    return *std::move(file);
  }
  return Error(ErrorCode::kConfig, program + ": no such program in PATH");
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" \r\n\t"), text.size());
  text.remove_prefix(start);
  return text.substr(0, text.find_last_not_of(" \r\n\t") + 1);
}

// Standard output holds the reason then; a login is never shown, whatever the status.
Error Failure(const std::string& program, int status, std::string_view output) {
  std::string message = program + ": ";
  message += status < 0 ? "ended by a signal" : "exit status " + std::to_string(status);
  const std::string_view words = Trimmed(output);
  if (!words.empty() && words.find('{') == std::string_view::npos) {
    message += " (" + Printable(words) + ")";
  }
  return Error(ErrorCode::kDenied, std::move(message));
}

const std::string* MemberText(const json::Value& object, std::string_view name) {
  const json::Value* member = object.Find(name);
  return member == nullptr ? nullptr : member->string();
}

}  // namespace

Result<std::optional<Credential>> registry::ParseHelperAnswer(const std::string& program,
                                                              ByteView output) {
  const Result<json::Value> answer = json::Parse(output, kAnswerLimits);
  const std::string* username = answer.ok() ? MemberText(answer.value(), "Username") : nullptr;
  const std::string* secret = answer.ok() ? MemberText(answer.value(), "Secret") : nullptr;
  if (username == nullptr || secret == nullptr) {
    return Error(ErrorCode::kDenied, program + ": its answer is no login");
  }
  Bytes copy = ToBytes(*secret);
  return std::optional<Credential>(
      Credential{*username, Secret::TakeAndWipe(copy), *username == "<token>"});
}

Result<std::optional<Credential>> AskCredentialHelper(const Context& context,
                                                      const HelperWorld& world,
                                                      const std::string& name,
                                                      std::string_view server) {
  HALLMARK_ASSIGN(std::string file, FindHelper(world.path, name));
  if (server.size() > kMaxServerBytes) return Error(ErrorCode::kConfig, "server name too long");
  const std::string program = kPrefix + name;
  Result<process::Finished> ran = process::Run(
      context,
      {std::move(file), {"get"}, world.environment, std::string(server), kMaxAnswerBytes, 0});
  if (!ran.ok()) {
    const bool late = ran.error().code() == ErrorCode::kTimeout;
    return Error(late ? ErrorCode::kTimeout : ErrorCode::kDenied,
                 program + ": " + ran.error().message());
  }
  const ByteView output = ran.value().output.ExposeSecret();
  if (ran.value().exit_status == 0) return registry::ParseHelperAnswer(program, output);
  if (Trimmed(AsText(output)) == kNoLogin) return std::optional<Credential>();
  return Failure(program, ran.value().exit_status, AsText(output));
}

Result<Done> CheckCredentialHelper(const HelperWorld& world, const std::string& name) {
  HALLMARK_RETURN_IF_ERROR(FindHelper(world.path, name));
  return Done{};
}

}  // namespace hallmark::store
