// The parts of tools/common that are pure: arguments and their twins, durations, exit codes, REFs,
// Kubernetes lists, dates, what is remembered about registries.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include "hallmark/base/check.h"
#include "hallmark/encoding/json.h"
#include "tests/cli/printed.h"
#include "tests/support/catch.h"
#include "tools/common/arguments.h"
#include "tools/common/date_watch.h"
#include "tools/common/exit_code.h"
#include "tools/common/in_order.h"
#include "tools/common/last_words.h"
#include "tools/common/registry_memory.h"
#include "tools/common/target.h"
#include "tools/common/verdict_output.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "key", .arity = Arity::kMany, .argument = "K"},
    {.name = "policy", .letter = 'p', .arity = Arity::kOne, .argument = "F"},
    {.name = "how",
     .arity = Arity::kOne,
     .argument = "H",
     .hint = Hint::kChoice,
     .choices = "one|two"},
    {.name = "insecure-thing"},
};
constexpr OptionGroup kGroups[] = {{"Test", kOptions}};
constexpr Verb kVerb = {"test", "", "", "", "", kGroups, Hint::kNothing, nullptr};

Result<Arguments> Parse(std::vector<const char*> words, std::vector<const char*> variables = {}) {
  variables.push_back(nullptr);
  const Environment environment(variables.data());
  return Arguments::Parse(kVerb, words, environment);
}

TEST_CASE("words and flags in any order") {
  const Result<Arguments> arguments =
      Parse({"one", "--key", "a", "-p", "f", "two", "--key=b,c", "--", "--three", "-"});
  REQUIRE(arguments.ok());
  CHECK(arguments.value().words() == std::vector<std::string>{"one", "two", "--three", "-"});
  CHECK(arguments.value().Values("key") == std::vector<std::string>{"a", "b,c"});
  CHECK(arguments.value().Value("policy") == "f");
  CHECK_FALSE(arguments.value().Has("insecure-thing"));
}

TEST_CASE("command lines that are refused") {
  CHECK_FALSE(Parse({"--unknown"}).ok());
  CHECK_FALSE(Parse({"--policy"}).ok());
  CHECK_FALSE(Parse({"--policy="}).ok());
  CHECK_FALSE(Parse({"--policy", "a", "-p", "b"}).ok());
  CHECK_FALSE(Parse({"--how", "three"}).ok());
  CHECK_FALSE(Parse({"--how", ""}).ok());
  CHECK_FALSE(Parse({"--insecure-thing=perhaps"}).ok());
  CHECK(Parse({"--unknown"}).error().code() == ErrorCode::kConfig);
}

// A75: off is off, however it is spelt, as a flag and as a variable.
TEST_CASE("switches are on only when they are on") {
  for (const char* value : {"", "0", "false", "no", "off", "False", "OFF"}) {
    const std::string variable = "HALLMARK_INSECURE_THING=" + std::string(value);
    const Result<Arguments> twin = Parse({}, {variable.c_str()});
    REQUIRE(twin.ok());
    CHECK_FALSE(twin.value().Has("insecure-thing"));
  }
  for (const char* value : {"1", "true", "yes", "on"}) {
    const std::string variable = "HALLMARK_INSECURE_THING=" + std::string(value);
    CHECK(Parse({}, {variable.c_str()}).value().Has("insecure-thing"));
  }
  CHECK_FALSE(Parse({}).value().Has("insecure-thing"));
  CHECK_FALSE(Parse({}, {"HALLMARK_INSECURE_THING=perhaps"}).ok());
  CHECK_FALSE(Parse({"--insecure-thing=false"}).value().Has("insecure-thing"));
  CHECK(Parse({"--insecure-thing"}).value().Has("insecure-thing"));
}

TEST_CASE("the command line wins over variables") {
  const std::vector<const char*> variables = {"HALLMARK_KEY=x\ny", "HALLMARK_POLICY=v",
                                              "HALLMARK_HOW="};
  CHECK(Parse({}, variables).value().Values("key") == std::vector<std::string>{"x", "y"});
  CHECK(Parse({"--key", "a"}, variables).value().Values("key") == std::vector<std::string>{"a"});
  CHECK(Parse({"-p", "f"}, variables).value().Value("policy") == "f");
  CHECK_FALSE(Parse({}, variables).value().Value("how"));
}

TEST_CASE("a switch that the command line sets off stays off") {
  const std::vector<const char*> variables = {"HALLMARK_INSECURE_THING=1"};
  CHECK(Parse({}, variables).value().Has("insecure-thing"));
  for (const char* off : {"--insecure-thing=false", "--insecure-thing=0"}) {
    CHECK_FALSE(Parse({off}, variables).value().Has("insecure-thing"));
    CHECK_FALSE(Parse({off}, variables).value().Value("insecure-thing"));
    CHECK_FALSE(Parse({"--insecure-thing", off}).value().Has("insecure-thing"));
    CHECK(Parse({off, "--insecure-thing"}).value().Has("insecure-thing"));
  }
}

TEST_CASE("what was typed is told from what a variable says") {
  const Result<Arguments> arguments = Parse({"--key", "a"}, {"HALLMARK_POLICY=v"});
  CHECK(arguments.value().IsTyped("key"));
  CHECK_FALSE(arguments.value().IsTyped("policy"));
  CHECK_FALSE(arguments.value().IsTyped("how"));
}

TEST_CASE("pairs") {
  CHECK(Parse({"--key", "a=b=c", "--key", "d="}).value().Pairs("key").value() ==
        std::map<std::string, std::string>{{"a", "b=c"}, {"d", ""}});
  CHECK_FALSE(Parse({"--key", "a"}).value().Pairs("key").ok());
  CHECK_FALSE(Parse({"--key", "=a"}).value().Pairs("key").ok());
  CHECK_FALSE(Parse({"--key", "a=1", "--key", "a=2"}).value().Pairs("key").ok());
  CHECK(Parse({"--key", "a=1", "--key", "a=1"}).value().Pairs("key").ok());
}

TEST_CASE("durations") {
  CHECK(ParseDuration("90d", "--x").value() == std::chrono::hours(24 * 90));
  CHECK(ParseDuration("250ms", "--x").value() == std::chrono::milliseconds(250));
  CHECK(ParseDuration("100y", "--x").ok());
  for (const char* text : {"", "0s", "-1s", "1", "s", "1 s", "1.5h", "101y", "1x", "+1s",
                           "99999999999999999999d", "9223372036854775807y"}) {
    CHECK_FALSE(ParseDuration(text, "--x").ok());
  }
}

TEST_CASE("the worst exit code of several") {
  using enum ExitCode;
  const std::vector<ExitCode> order = {kInternal, kConfig, kDenied, kUnsigned, kUnknown, kDone};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i; j < order.size(); ++j) {
      CHECK(Worse(order[i], order[j]) == order[i]);
      CHECK(Worse(order[j], order[i]) == order[i]);
    }
  }
  CHECK(ForVerdict(policy::Verdict()) == kDenied);
}

TEST_CASE("no error ends with 0") {
  for (int code = 1; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    CHECK(ForError(Error(static_cast<ErrorCode>(code), "x")) != ExitCode::kDone);
  }
  CHECK(ForError(Error(static_cast<ErrorCode>(250), "x")) == ExitCode::kInternal);
}

TEST_CASE("kinds of REF") {
  const std::string hex(64, 'a');
  const Target image = ParseTarget("nginx:1", std::nullopt).value();
  CHECK(image.kind == TargetKind::kRegistry);
  CHECK(image.repository.ToString() == "docker.io/library/nginx");
  const Target layout = ParseTarget("oci:/a/b:1.0@sha256:" + hex, std::nullopt).value();
  CHECK(layout.kind == TargetKind::kLayout);
  CHECK(layout.path == "/a/b");
  CHECK(layout.tag == "1.0");
  CHECK(layout.digest);
  CHECK(ParseTarget("oci:/a:b/c", std::nullopt).value().path == "/a:b/c");
  CHECK_FALSE(ParseTarget("oci:/a/c", std::nullopt).value().tag);
  CHECK(ParseTarget("oci-archive:/a.tar:1", std::nullopt).value().kind == TargetKind::kArchive);
  CHECK(ParseTarget("oci:/a:1", "registry.example/app").value().repository.ToString() ==
        "registry.example/app");
  for (const char* text : {"oci:", "oci::1", "oci:/a:.x", "oci:/a@sha256:ab", "", "A/b", "a b"}) {
    CHECK_FALSE(ParseTarget(text, std::nullopt).ok());
  }
  CHECK_FALSE(ParseTarget("oci:/a:1", "Registry/App:x y").ok());
}

TEST_CASE("images of Kubernetes objects") {
  const auto images = [](std::string_view text) { return ImagesOfKubernetes(AsBytes(text)); };
  CHECK(images(R"({"kind":"Pod","spec":{"containers":[{"image":"a"},{"image":"a"}],
                   "volumes":[{"image":{"reference":"v"}},{"emptyDir":{}}]}})")
            .value() == std::vector<std::string>{"a", "v"});
  CHECK(images(R"({"kind":"Deployment","spec":{"template":{"spec":{"initContainers":
                   [{"image":"i"}],"containers":[{"image":"a"}]}}}})")
            .value() == std::vector<std::string>{"i", "a"});
  CHECK(images(R"({"kind":"List","items":[]})").value().empty());
  CHECK_FALSE(images(R"({"items":[]})").ok());
  CHECK_FALSE(images(R"({"kind":"Pod","kind":"List"})").ok());
  CHECK_FALSE(images("[").ok());
}

TEST_CASE("no image of a Kubernetes list is left out") {
  const auto images = [](const std::string& text) { return ImagesOfKubernetes(AsBytes(text)); };
  const std::string pod = R"({"kind":"Pod","spec":{"containers":[{"image":"a"}]}})";
  CHECK(images(R"({"kind":"List","items":[{"kind":"PodList","items":[)" + pod +
               R"(]},{"kind":"ConfigMap","metadata":{"name":"c"},"data":{"image":"x"}},
                   {"kind":"PodTemplate","template":{"spec":{"containers":[{"image":"t"}]}}},
                   {"spec":{"containers":[{"image":"n"}],"template":{"spec":{"containers":
                    [{"image":"m"}]}}}}]})")
            .value() == std::vector<std::string>{"a", "t", "n", "m"});
  const std::string before = R"({"kind":"List","items":[)" + pod + R"(,{"kind":"Pod","metadata":)" +
                             R"({"name":"web"},"spec":)";
  for (const char* spec :
       {R"({"containers":{"image":"b"}})", R"({"containers":null})", R"({"initContainers":"b"})",
        R"({"ephemeralContainers":7})", R"({"volumes":{}})", R"({"containers":["b"]})",
        R"({"containers":[{"image":7}]})", R"({"containers":[{"image":""}]})",
        R"({"containers":[{"image":null}]})", R"({"volumes":[{"image":"b"}]})",
        R"({"volumes":[{"image":{"reference":[]}}]})", R"({"template":[]})", "[]", "null"}) {
    const Result<std::vector<std::string>> found = images(before + spec + "}]}");
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code() == ErrorCode::kConfig);
    CHECK(found.error().message().find("items[1] Pod web") != std::string::npos);
  }
  CHECK_FALSE(images(R"({"kind":"List","items":{}})").ok());
  CHECK_FALSE(images(R"({"kind":"List","items":["a"]})").ok());
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += R"({"kind":"List","items":[)";
  for (int i = 0; i < 100; ++i) deep += "]}";
  CHECK_FALSE(images(deep).ok());
}

TEST_CASE("HTTP dates") {
  CHECK(ParseHttpDate("Thu, 01 Jan 1970 00:01:00 GMT") == UnixTime(std::chrono::seconds(60)));
  CHECK(ParseHttpDate("Tue, 24 Nov 2026 06:49:37 GMT"));
  for (const char* text : {"", "Tue, 24 Nov 2026 06:49:37 CET", "Tue, 31 Feb 2026 06:49:37 GMT",
                           "Tuesday, 24-Nov-26 06:49:37 GMT", "Tue, xx Nov 2026 06:49:37 GMT"}) {
    CHECK_FALSE(ParseHttpDate(text));
  }
}

TEST_CASE("results come in order, each once") {
  for (const std::size_t count : {0U, 1U, 2U, 100U}) {
    std::vector<std::size_t> taken;
    InOrder<std::size_t>(
        count, 4, [](std::size_t i) { return i * i; },
        [&](std::size_t i, std::size_t result) {
          CHECK(result == i * i);
          taken.push_back(i);
        });
    REQUIRE(taken.size() == count);
    for (std::size_t i = 0; i < count; ++i) CHECK(taken[i] == i);
  }
}

TEST_CASE("work goes on where no thread is to be had") {
  pthread_attr_t usual;
  pthread_attr_t huge;
  REQUIRE(::pthread_getattr_default_np(&usual) == 0);
  REQUIRE(::pthread_attr_init(&huge) == 0);
  REQUIRE(::pthread_attr_setstacksize(&huge, std::size_t{1} << 50U) == 0);
  REQUIRE(::pthread_setattr_default_np(&huge) == 0);
  std::vector<std::size_t> taken;
  InOrder<std::size_t>(
      5, 4, [](std::size_t i) { return i; },
      [&](std::size_t, std::size_t result) { taken.push_back(result); });
  CHECK(::pthread_setattr_default_np(&usual) == 0);
  CHECK(taken == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

template <class T>
void Throw(const T& thrown) {
  throw thrown;
}

// The exit code of a process that does it, and what it says on stderr.
std::pair<int, std::string> LastWords(void (*end)() noexcept) {
  int ends[2] = {-1, -1};
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    EndBugsWithFive();
    end();
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string said;
  char buffer[512];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    said.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

TEST_CASE("a bug ends with 5 and says so") {
  const auto out_of_memory = []() noexcept { Throw(std::bad_alloc()); };
  const auto stranger = []() noexcept { Throw(7); };
  const auto broken = []() noexcept { HALLMARK_CHECK(::getpid() == 0); };
  for (void (*end)() noexcept : {+out_of_memory, +stranger, +broken}) {
    const auto [code, said] = LastWords(end);
    CHECK(code == 5);
    CHECK(said.find("hallmark: internal error: ") == 0);
    CHECK(said.find("This is a bug in Hallmark") != std::string::npos);
  }
  CHECK(LastWords([]() noexcept { std::abort(); }).first == 5);
}

// What stdout gets from verdicts with a loosened check.
std::string Printed(std::string_view format, bool one_document, int verdicts) {
  policy::VerdictReport report;
  report.reference = "registry.example/app:1";
  report.verdict.reason = "no-rule";
  report.verdict.loosened = {"mode warn", "--plain-http"};
  return testing::Printed({format, Detail::kHead, one_document},
                          {static_cast<std::size_t>(verdicts), report});
}

TEST_CASE("JSON is one document, whatever came") {
  CHECK(Printed("json", true, 1).front() == '{');
  CHECK(Printed("json", true, 2).front() == '[');
  CHECK(Printed("json", false, 1).front() == '[');
  for (const int verdicts : {0, 1, 2}) {
    const std::string text = Printed("json", true, verdicts);
    CHECK(json::Parse(AsBytes(text), {65536, 32, 1000}).ok());
  }
}

TEST_CASE("what was loosened is said on one line, too") {
  const std::string note = "(loosened: mode warn, --plain-http)";
  const std::string quiet = Printed("text", true, 1);
  CHECK(quiet.ends_with(note + "\n"));
  CHECK(std::count(quiet.begin(), quiet.end(), '\n') == 1);
  CHECK(Printed("sarif", true, 1).find(note) != std::string::npos);
}

TEST_CASE("what is remembered about registries") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("hallmark-memory-" + std::to_string(::getpid()));
  const std::filesystem::path file = folder / "a" / "registries.json";
  const UnixTime now{std::chrono::seconds(1'800'000'000)};
  {
    RegistryMemory memory(file, now);
    CHECK_FALSE(memory.HasReferrersApi("one"));
    memory.Learn("one", false);
    memory.Learn("two", true);
    CHECK(memory.HasReferrersApi("one") == false);
    memory.Save();
  }
  CHECK(RegistryMemory(file, now + std::chrono::hours(23)).HasReferrersApi("one") == false);
  CHECK(RegistryMemory(file, now + std::chrono::hours(23)).HasReferrersApi("two") == true);
  CHECK_FALSE(RegistryMemory(file, now + std::chrono::hours(25)).HasReferrersApi("one"));
  CHECK_FALSE(RegistryMemory(file, now - std::chrono::hours(1)).HasReferrersApi("one"));
  {
    RegistryMemory memory(file, now + std::chrono::hours(13));
    memory.Learn("three", true);
    memory.Save();
    CHECK(RegistryMemory(file, now + std::chrono::hours(13)).HasReferrersApi("one") == false);
  }
  RegistryMemory nowhere({}, now);
  nowhere.Learn("one", true);
  nowhere.Save();
  RegistryMemory unwritable("/proc/no/such/file", now);
  unwritable.Learn("one", true);
  unwritable.Save();
  std::filesystem::remove_all(folder);
}

TEST_CASE("folders are absolute or not used") {
  const auto with = [](std::vector<const char*> variables) {
    variables.push_back(nullptr);
    return Environment(variables.data()).Folder("XDG_CACHE_HOME", ".cache");
  };
  CHECK(with({"HOME=/h"}) == "/h/.cache");
  CHECK(with({"HOME=/h", "XDG_CACHE_HOME=/x"}) == "/x");
  CHECK(with({"HOME=/h", "XDG_CACHE_HOME=x"}) == "/h/.cache");
  CHECK_FALSE(with({"HOME=."}));
  CHECK_FALSE(with({}));
}

}  // namespace
}  // namespace hallmark::cli
