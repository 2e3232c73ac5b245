#include <cstdlib>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "tools/common/findings.h"
#include "tools/common/opened.h"
#include "tools/common/request_log.h"

namespace hallmark::cli {
namespace {

constexpr std::chrono::seconds kClockTolerance{60};

std::string FixFor(const Error& error) {
  switch (error.code()) {
    case ErrorCode::kDenied:
      return "log in with docker or podman, or give --username and --password-stdin";
    case ErrorCode::kTimeout:
      return "check the network and HTTPS_PROXY, or give a longer --timeout";
    case ErrorCode::kUnavailable:
      return "check the name, the network, HTTPS_PROXY and --ca-file";
    case ErrorCode::kThrottled:
      return "wait, or log in: registries allow more to those they know";
    case ErrorCode::kConfig:
      return "mend what the message names";
    default:
      return "look at the requests with -v";
  }
}

Finding Problem(std::string topic, const Error& error) {
  const bool is_config = error.code() == ErrorCode::kConfig;
  return {is_config ? Level::kProblem : Level::kUnreachable, std::move(topic), error.message(),
          FixFor(error)};
}

void AddLogin(World& world, const std::string& registry, std::vector<Finding>& findings) {
  const auto login = world.credentials()(world.Start(nullptr), registry);
  if (!login.ok()) {
    findings.push_back(Problem("login", login.error()));
  } else if (login.value()) {
    findings.push_back(
        {Level::kFine, "login", registry + " as " + Printable(login.value()->username), {}});
  } else {
    findings.push_back({Level::kFine, "login", registry + ": none, so anonymously", {}});
  }
}

void AddClock(const World& world, UnixTime now, std::vector<Finding>& findings) {
  const std::optional<UnixTime> theirs = world.RegistryTime();
  if (!theirs) return;
  const auto apart = std::chrono::abs(now - *theirs);
  if (apart <= kClockTolerance) {
    findings.push_back({Level::kFine, "clock", "agrees with the registry's", {}});
    return;
  }
  findings.push_back({Level::kProblem, "clock",
                      std::to_string(apart.count()) + " s away from the registry's " +
                          encoding::ToRfc3339(*theirs),
                      "set the clock, or start ntp"});
}

void AddRegistry(const Session& session, World& world, const Place& place,
                 std::vector<Finding>& findings) {
  const oci::Repository& repository = place.reference.repository();
  AddLogin(world, repository.registry(), findings);
  RequestLog log(session.arguments.Has("verbose") ? &session.console : nullptr);
  const auto abilities = place.registry->Probe(world.Start(&log), repository);
  if (!abilities.ok()) {
    findings.push_back(Problem("registry", abilities.error()));
    return;
  }
  std::string text = repository.registry() + " answers";
  if (abilities.value().needs_auth) text += ", wants a login";
  findings.push_back({Level::kFine, "registry", text, {}});
  const std::optional<bool>& api = abilities.value().referrers_api;
  findings.push_back(
      {Level::kFine,
       "referrers",
       !api ? "the registry does not say whether it has the API"
            : (*api ? "the registry has the API" : "no API: signatures go to the fallback tag"),
       {}});
  AddClock(world, session.clock.Now(), findings);
}

}  // namespace

std::vector<Finding> LookAt(const Session& session, const std::string& ref) {
  std::vector<Finding> findings;
  Result<Target> target = ParseTarget(ref, session.arguments.Value("logical-name"));
  if (!target.ok()) return {{Level::kProblem, "ref", target.error().message(), "name an image"}};
  Result<Opened> opened = Open(session, std::move(target).value());
  if (!opened.ok()) {
    const bool is_config = opened.error().code() == ErrorCode::kConfig;
    return {Problem(is_config ? "config" : "store", opened.error())};
  }
  const auto& [found, world, place] = opened.value();
  if (place.registry != nullptr) {
    AddRegistry(session, *world, place, findings);
    return findings;
  }
  const Result<store::Subject> subject =
      store::Resolve(world->Start(nullptr), *place.reader, place.reference);
  findings.push_back(subject.ok() ? Finding{Level::kFine, "store", found.text, {}}
                                  : Problem("store", subject.error()));
  return findings;
}

}  // namespace hallmark::cli
