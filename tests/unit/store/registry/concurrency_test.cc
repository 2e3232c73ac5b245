// Fifty signers of one image at once, each with a store, a connection and threads of its own.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <iostream>
#include <set>
#include <thread>

#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

constexpr int kSigners = 50;

std::set<std::string> DigestsOf(const Listing& listing) {
  std::set<std::string> digests;
  for (const oci::Descriptor& entry : listing.entries) digests.insert(entry.digest.ToString());
  return digests;
}

// Signs with everyone at the same time; the digests that were promised to be listed.
std::set<std::string> SignAll(const oci::Repository& repository, const oci::Descriptor& subject,
                              const std::string& lock_folder) {
  std::vector<testing::Referrer> referrers;
  for (int i = 0; i < kSigners; ++i) {
    referrers.push_back(testing::MakeReferrer(subject, kType, "signer " + std::to_string(i)));
  }
  std::atomic<int> failed = 0;
  std::vector<std::string> errors(kSigners);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kSigners; ++i) {
      threads.emplace_back([&, i] {
        RegistryOptions options;
        options.lock_folder = lock_folder;
        Client client(std::move(options));
        const Context context = Within(std::chrono::seconds(100));
        const testing::Referrer& mine = referrers[static_cast<std::size_t>(i)];
        for (const oci::Content* blob : {&mine.config, &mine.layer}) {
          const auto pushed = client.store.PushBlob(context, repository, *blob);
          if (!pushed.ok()) errors[static_cast<std::size_t>(i)] = pushed.error().message();
        }
        const auto pushed = client.store.PushManifest(context, repository, mine.manifest);
        if (!pushed.ok()) errors[static_cast<std::size_t>(i)] = pushed.error().message();
        if (!pushed.ok()) ++failed;
      });
    }
  }
  for (const std::string& error : errors) CHECK(error == "");
  CHECK(failed == 0);
  std::set<std::string> digests;
  for (const testing::Referrer& referrer : referrers) {
    digests.insert(referrer.digest().ToString());
  }
  return digests;
}

void CheckNothingIsLost(const oci::Repository& repository, const oci::Descriptor& subject,
                        const std::string& lock_folder) {
  const auto start = std::chrono::steady_clock::now();
  const std::set<std::string> signed_ones = SignAll(repository, subject, lock_folder);
  const auto took = std::chrono::steady_clock::now() - start;
  Client reader;
  const Listing listing =
      reader.store.Referrers(testing::PatientContext(), repository, subject.digest, kType);
  CHECK_FALSE(listing.gap.has_value());
  CHECK(DigestsOf(listing) == signed_ones);
  std::cout << kSigners
            << " signers: " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count()
            << " ms\n";
}

// Debian's docker-registry over a folder, on a port of its own.
class DockerRegistry {
 public:
  static constexpr const char* kProgram = "/usr/bin/docker-registry";

  explicit DockerRegistry(const std::filesystem::path& folder) : port_(FreePort()) {
    const std::filesystem::path config = folder / "config.yml";
    testing::WriteFile(config,
                       "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
                       "storage: {filesystem: {rootdirectory: " +
                           (folder / "data").string() +
                           "}}\nhttp: {addr: 127.0.0.1:" + std::to_string(port_) + "}\n");
    const std::string file = config.string();
    std::string program = kProgram;
    std::string verb = "serve";
    std::string argument = file;
    char* const arguments[] = {program.data(), verb.data(), argument.data(), nullptr};
    char* const environment[] = {nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    REQUIRE(posix_spawn(&id_, kProgram, &actions, nullptr, arguments, environment) == 0);
    posix_spawn_file_actions_destroy(&actions);
  }
  ~DockerRegistry() {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

  void WaitUntilItAnswers() const {
    Client client;
    for (int i = 0; i < 400; ++i) {
      const auto abilities =
          client.store.Probe(testing::PatientContext(), testing::Repo(host() + "/app"));
      if (abilities.ok()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    FAIL("docker-registry does not answer");
  }

 private:
  static std::uint16_t FreePort() {
    const test::Registry borrowed;
    return borrowed.port();
  }
  std::uint16_t port_;
  pid_t id_ = 0;
};

}  // namespace

TEST_CASE("fifty signers at a registry without entity tags lose no signature") {
  test::RegistryOptions options;
  options.referrers_api = false;
  options.etags = test::ETagMode::kNone;
  const World world(options);
  CheckNothingIsLost(world.Repository(), world.image.manifest.descriptor(), "");
}

TEST_CASE("fifty signers at a registry that ignores conditions lose no signature") {
  test::RegistryOptions options;
  options.referrers_api = false;
  options.etags = test::ETagMode::kIgnored;
  const World world(options);
  CheckNothingIsLost(world.Repository(), world.image.manifest.descriptor(), "");
}

TEST_CASE("fifty signers at a registry that honours conditions lose no signature") {
  test::RegistryOptions options;
  options.referrers_api = false;
  options.etags = test::ETagMode::kHonoured;
  const World world(options);
  CheckNothingIsLost(world.Repository(), world.image.manifest.descriptor(), "");
}

TEST_CASE("fifty signers that share a lock folder lose no signature") {
  test::RegistryOptions options;
  options.referrers_api = false;
  const World world(options);
  const testing::TempFolder locks;
  CheckNothingIsLost(world.Repository(), world.image.manifest.descriptor(), locks.path().string());
}

TEST_CASE("fifty signers at Debian's docker-registry lose no signature") {
  if (access(DockerRegistry::kProgram, X_OK) != 0) {
    std::cout << "skipped: " << DockerRegistry::kProgram << " is not installed\n";
    return;
  }
  const testing::TempFolder folder;
  const DockerRegistry registry(folder.path());
  registry.WaitUntilItAnswers();
  const oci::Repository repository = testing::Repo(registry.host() + "/app");
  const testing::Image image = testing::MakeImage("app");
  Client client;
  testing::Put(client.store, repository, image, "1.4");
  CheckNothingIsLost(repository, image.manifest.descriptor(), "");
}

}  // namespace hallmark::store
