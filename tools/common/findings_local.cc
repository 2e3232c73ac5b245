#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/store/registry/docker_config.h"
#include "tools/common/config_places.h"
#include "tools/common/file_reading.h"
#include "tools/common/findings.h"
#include "tools/common/key_ref.h"
#include "tools/common/policy_lint.h"
#include "tools/common/policy_source.h"

namespace hallmark::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxConfigBytes = std::size_t{1024} * 1024;

// No Hallmark is older, and a clock that far ahead expires everything.
constexpr UnixTime kEarliest = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
constexpr UnixTime kLatest = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);

Finding Clock(UnixTime now) {
  const std::string text = encoding::ToRfc3339(now);
  if (now >= kEarliest && now < kLatest) return {Level::kFine, "clock", text, {}};
  return {Level::kProblem, "clock", text + " cannot be right", "set the clock, or start ntp"};
}

void AddLogins(const Session& session, std::vector<Finding>& findings) {
  const auto files = LoginFiles(session);
  if (!files.ok()) {
    findings.push_back({Level::kProblem, "logins", files.error().message(),
                        "name a file that exists, or unset the variable"});
    return;
  }
  if (files.value().empty()) {
    findings.push_back(
        {Level::kFine, "logins", "no login file: registries are asked anonymously", {}});
  }
  for (const fs::path& file : files.value()) {
    const std::string name = Printable(file.string());
    const Result<Bytes> text = ReadFile(file, kMaxConfigBytes);
    const Error* problem = text.ok() ? nullptr : &text.error();
    const auto parsed = text.ok() ? store::DockerConfig::Parse(text.value(), name)
                                  : Result<store::DockerConfig>(text.error());
    if (!parsed.ok()) problem = &parsed.error();
    findings.push_back(problem == nullptr
                           ? Finding{Level::kFine, "logins", name, {}}
                           : Finding{Level::kProblem, "logins", problem->message(),
                                     "mend the file, or log in again with docker or podman"});
  }
}

Finding Cache(const Environment& environment) {
  const fs::path file = MemoryFile(environment);
  if (file.empty()) {
    return {Level::kWarning, "cache", "HOME and XDG_CACHE_HOME are unset: nothing is remembered",
            "set HOME"};
  }
  fs::path folder = file.parent_path();
  std::error_code problem;
  while (!fs::exists(folder, problem) && folder.has_relative_path()) folder = folder.parent_path();
  if (::access(folder.c_str(), W_OK) == 0) {
    return {Level::kFine, "cache", Printable(file.string()), {}};
  }
  return {Level::kWarning, "cache", Printable(folder.string()) + " cannot be written to",
          "set XDG_CACHE_HOME to a folder of yours"};
}

std::set<std::string> KnownVariables(std::span<const Verb* const> verbs) {
  std::set<std::string> known = {"HALLMARK_PASSWORD", "HALLMARK_PASSWORD_FILE"};
  for (const Verb* verb : verbs) {
    for (const OptionGroup& group : verb->groups) {
      for (const Option& option : group.options) known.insert(TwinOf(option));
    }
  }
  for (const Option& option : GlobalOptions()) known.insert(TwinOf(option));
  return known;
}

void AddVariables(const Session& session, std::vector<Finding>& findings) {
  const std::set<std::string> known = KnownVariables(session.verbs);
  const auto is_ours = [](std::string_view name) { return name.starts_with("HALLMARK_"); };
  for (const std::string& entry : session.environment.Select(is_ours)) {
    const std::string name = entry.substr(0, entry.find('='));
    if (known.contains(name)) continue;
    findings.push_back({Level::kWarning, "environment",
                        "no flag has the variable " + Printable(name),
                        "see hallmark env for their names"});
  }
}

void AddTrust(const Session& session, std::vector<Finding>& findings) {
  if (const auto file = session.arguments.Value("policy")) {
    const Result<policy::TrustPolicy> policy = LoadPolicy(*file);
    if (!policy.ok()) {
      findings.push_back({Level::kProblem, "policy", policy.error().message(),
                          "mend the policy; hallmark policy schema describes it"});
    } else {
      findings.push_back({Level::kFine, "policy", Printable(*file), {}});
      for (const std::string& warning : Lint(policy.value(), session.clock.Now())) {
        findings.push_back({Level::kWarning, "policy", warning, "see that it is meant"});
      }
    }
  }
  for (const std::string& key_ref : session.arguments.Values("key")) {
    const Result<crypto::PublicKey> key = OpenTrustedKey(session.environment, key_ref);
    findings.push_back(
        key.ok()
            ? Finding{Level::kFine, "key", KeyName(key_ref) + " is key " + key.value().id(), {}}
            : Finding{Level::kProblem, "key", key.error().message(),
                      "name the public key file (.pub)"});
  }
}

}  // namespace

std::vector<Finding> LookAround(const Session& session) {
  std::vector<Finding> findings = {Clock(session.clock.Now())};
  AddLogins(session, findings);
  findings.push_back(Cache(session.environment));
  AddVariables(session, findings);
  AddTrust(session, findings);
  return findings;
}

}  // namespace hallmark::cli
