#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <random>
#include <thread>

#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/layout/layout_test.h"

namespace hallmark::testing {
namespace {

// Runs `work` in a child process and gives its exit code.
pid_t Start(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  return child;
}

int Finish(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Referrer SignatureOf(const Image& image, int number) {
  return MakeReferrer(image.manifest.descriptor(), kType, "signer " + std::to_string(number));
}

// Names below the layout that a writer left behind.
std::size_t Strays(const std::filesystem::path& path) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.path().filename().native().find("tmp") != std::string::npos) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("what is not ours in index.json survives a rewrite") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image);
  const std::string foreign =
      EntryText(image.manifest.descriptor(), R"(,"x-number":1.50e1,"annotations":{"k":"v"})");
  WriteFile(layout.path / "index.json",
            R"({"x-first":[1,null,true],"schemaVersion":2,"manifests":[)" + foreign +
                R"(],"annotations":{"y":"z"},"x-last":{}})");
  const Referrer referrer = SignatureOf(image, 1);
  Put(*layout.store, layout.repository, referrer);
  const std::string index = layout.index();
  CHECK(index.starts_with(R"({"x-first":[1,null,true],"schemaVersion":2,"manifests":[)" + foreign +
                          ","));
  CHECK(index.ends_with(R"(],"annotations":{"y":"z"},"x-last":{}})"));
  Must(layout.store->Tag(PatientContext(), layout.repository, image.manifest, "1.4"));
  CHECK(layout.index().find(R"("annotations":{"k":"v",")" + std::string(kRefName) +
                            R"(":"1.4"})") != std::string::npos);
}

TEST_CASE("pushing again writes nothing") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  const Referrer referrer = SignatureOf(image, 1);
  Put(*layout.store, layout.repository, image, "1.4");
  Put(*layout.store, layout.repository, referrer);
  const auto time = std::filesystem::last_write_time(layout.path / "index.json");
  const auto blob = std::filesystem::last_write_time(layout.Blob(referrer.digest()));
  Put(*layout.store, layout.repository, image, "1.4");
  Put(*layout.store, layout.repository, referrer);
  CHECK(std::filesystem::last_write_time(layout.path / "index.json") == time);
  CHECK(std::filesystem::last_write_time(layout.Blob(referrer.digest())) == blob);
}

TEST_CASE("a manifest cannot tag itself by an annotation") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  const Referrer referrer = SignatureOf(image, 1);
  std::string text(AsText(referrer.manifest.bytes()));
  text.insert(text.size() - 1, NameText("1.5"));
  const auto named =
      oci::Content::Describe(referrer.manifest.descriptor().media_type, ToBytes(text));
  Must(layout.store->PushManifest(PatientContext(), layout.repository, named));
  CHECK(Lists(layout.Referrers(image.digest()), named.digest()));
  CHECK_FALSE(layout.store->FetchManifest(PatientContext(), TagRef(layout.repository, "1.5")).ok());
}

TEST_CASE("tags that are none, and manifests that are not there, are refused") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  const auto absent = layout.store->Tag(PatientContext(), layout.repository, image.manifest, "1.4");
  REQUIRE_FALSE(absent.ok());
  CHECK(absent.error().code() == ErrorCode::kNotFound);
  Put(*layout.store, layout.repository, image);
  const std::string tag = GENERATE(as<std::string>{}, "", "../x", "a b", "a:b", "-a");
  const auto refused = layout.store->Tag(PatientContext(), layout.repository, image.manifest, tag);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("the permissions of index.json are kept") {
  const OpenLayout layout;
  std::filesystem::permissions(layout.path / "index.json", std::filesystem::perms(0640));
  Put(*layout.store, layout.repository, MakeImage("a"), "1.4");
  CHECK(std::filesystem::status(layout.path / "index.json").permissions() ==
        std::filesystem::perms(0640));
}

TEST_CASE("twenty writers, threads and processes, lose nothing") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  std::vector<pid_t> children;
  for (int i = 0; i < 10; ++i) {
    children.push_back(Start([&] {
      const auto own = Must(store::LayoutStore::Open(layout.path));
      Put(*own, layout.repository, SignatureOf(image, i));
      return 0;
    }));
  }
  {
    std::vector<std::jthread> threads;
    for (int i = 10; i < 20; ++i) {
      threads.emplace_back(
          [&, i] { Put(*layout.store, layout.repository, SignatureOf(image, i)); });
    }
  }
  for (const pid_t child : children) CHECK(Finish(child) == 0);
  const auto listing = layout.Referrers(image.digest());
  CHECK_FALSE(listing.gap.has_value());
  CHECK(listing.entries.size() == 20);
  CHECK(Strays(layout.path) == 0);
}

TEST_CASE("a writer that is killed leaves the old or the new index") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  std::mt19937 random(20260601);
  std::uniform_int_distribution<int> pause(0, 8000);
  std::size_t known = 0;
  for (int round = 0; round < 40; ++round) {
    const pid_t child = Start([&] {
      for (int i = 0; i < 1000; ++i) {
        Put(*layout.store, layout.repository, SignatureOf(image, round * 1000 + i));
      }
      return 0;
    });
    std::this_thread::sleep_for(std::chrono::microseconds(pause(random)));
    ::kill(child, SIGKILL);
    Finish(child);
    const auto listing = layout.Referrers(image.digest());
    REQUIRE_FALSE(listing.gap.has_value());
    REQUIRE(listing.entries.size() >= known);
    known = listing.entries.size();
    for (const oci::Descriptor& entry : listing.entries) {
      REQUIRE(layout.store->Fetch(PatientContext(), layout.repository, entry).ok());
    }
  }
  // What the killed ones left is cleared away, and their locks are gone.
  Put(*layout.store, layout.repository, SignatureOf(image, -1));
  CHECK(layout.Referrers(image.digest()).entries.size() == known + 1);
  CHECK(Strays(layout.path) == 0);
}

TEST_CASE("a full disk leaves nothing half written") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  const std::string before = layout.index();
  const Referrer referrer = SignatureOf(image, 1);
  // The limit on the size of files stands for the disk: write fails in the middle of a file.
  const int code = Finish(Start([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{64, 64};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto pushed =
        layout.store->PushManifest(PatientContext(), layout.repository, referrer.manifest);
    if (pushed.ok()) return 1;
    return pushed.error().code() == ErrorCode::kStorage ? 0 : 2;
  }));
  CHECK(code == 0);
  CHECK(layout.index() == before);
  CHECK_FALSE(std::filesystem::exists(layout.Blob(referrer.digest())));
  CHECK(Strays(layout.path) == 0);
}

TEST_CASE("without permission nothing is written, and the message says where") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  const std::string before = layout.index();
  for (const char* name : {"blobs/sha256", "."}) {
    std::filesystem::permissions(layout.path / name, std::filesystem::perms(0555));
  }
  const int code = Finish(Start([&] {
    // The administrator may write anywhere, so nobody does it.
    if (::geteuid() == 0 && ::setuid(65534) != 0) return 3;
    const auto pushed = layout.store->PushManifest(PatientContext(), layout.repository,
                                                   SignatureOf(image, 1).manifest);
    if (pushed.ok()) return 1;
    const bool says = pushed.error().message().find("Permission denied") != std::string::npos &&
                      pushed.error().message().find("blobs/sha256") != std::string::npos;
    return pushed.error().code() == ErrorCode::kStorage && says ? 0 : 2;
  }));
  for (const char* name : {".", "blobs/sha256"}) {
    std::filesystem::permissions(layout.path / name, std::filesystem::perms(0755));
  }
  CHECK(code == 0);
  CHECK(layout.index() == before);
  CHECK(Strays(layout.path) == 0);
}

TEST_CASE("a manifest that the disk does not give may be a referrer: a gap") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  const Referrer referrer = SignatureOf(image, 1);
  Put(*layout.store, layout.repository, image, "1.4");
  Put(*layout.store, layout.repository, referrer);
  std::filesystem::permissions(layout.Blob(referrer.digest()), std::filesystem::perms::none);
  const int code = Finish(Start([&] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) return 3;
    const auto listing = layout.Referrers(image.digest());
    if (!listing.entries.empty() || !listing.gap) return 1;
    return listing.gap->code() == ErrorCode::kStorage ? 0 : 2;
  }));
  CHECK(code == 0);
}

TEST_CASE("a lock that another writer holds ends with the deadline") {
  const OpenLayout layout;
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = Start([&] {
    const int folder = ::open(layout.path.c_str(), O_RDONLY | O_DIRECTORY);
    if (::flock(folder, LOCK_EX) != 0 || ::write(ready[1], "x", 1) != 1) return 1;
    ::pause();
    return 0;
  });
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  const Context brief{
      std::chrono::steady_clock::now() + std::chrono::milliseconds(50), {}, nullptr};
  const auto pushed = layout.store->PushBlob(brief, layout.repository, MakeImage("a").config);
  ::kill(child, SIGKILL);
  Finish(child);
  ::close(ready[0]);
  ::close(ready[1]);
  REQUIRE_FALSE(pushed.ok());
  CHECK(pushed.error().code() == ErrorCode::kTimeout);
}

}  // namespace hallmark::testing
