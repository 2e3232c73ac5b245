#include "hallmark/base/secret.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

#include "tests/support/catch.h"

namespace hallmark {
namespace {

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
static_assert(!std::is_convertible_v<std::size_t, Secret>);

TEST_CASE("a new Secret is all zero") {
  const Secret secret(32);
  CHECK(secret.size() == 32);
  const ByteView bytes = secret.ExposeSecret();
  CHECK(std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; }));
}

TEST_CASE("an empty Secret is allowed") {
  const Secret secret(0);
  CHECK(secret.size() == 0);
  CHECK(secret.ExposeSecret().empty());
}

TEST_CASE("TakeAndWipe leaves nothing behind") {
  Bytes source = ToBytes("correct horse");
  const Secret secret = Secret::TakeAndWipe(source);
  CHECK(AsText(secret.ExposeSecret()) == "correct horse");
  CHECK(source == Bytes(13, 0));
}

TEST_CASE("moving hands the bytes on") {
  Bytes source = ToBytes("battery");
  Secret first = Secret::TakeAndWipe(source);
  const std::uint8_t* data = first.ExposeSecret().data();
  Secret second = std::move(first);
  CHECK(second.ExposeSecret().data() == data);
  CHECK(first.size() == 0);  // NOLINT(bugprone-use-after-move): that is what is tested
  Secret third(1);
  third = std::move(second);
  CHECK(AsText(third.ExposeSecret()) == "battery");
}

TEST_CASE("writing goes into the same memory") {
  Secret secret(3);
  std::ranges::copy(AsBytes("abc"), secret.ExposeSecretForWriting().begin());
  CHECK(AsText(secret.ExposeSecret()) == "abc");
}

// What the system says of the page at an address: its rights ("rw-p"), or its flags ("lo dd ").
struct Page {
  std::string rights;
  std::string flags;
};

Page PageAt(std::uintptr_t address) {
  std::ifstream maps("/proc/self/smaps");
  Page page;
  bool is_it = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    char dash = 0;
    std::string rights;
    std::istringstream head(line);
    if (head >> std::hex >> from >> dash >> to >> rights && dash == '-') {
      is_it = from <= address && address < to;
      if (is_it) page.rights = rights;
    } else if (is_it && line.starts_with("VmFlags:")) {
      page.flags = line.substr(8) + " ";
    }
  }
  return page;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kLocksAreLeftOut = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kLocksAreLeftOut = true;  // its mlock does nothing
#else
constexpr bool kLocksAreLeftOut = false;
#endif
#else
constexpr bool kLocksAreLeftOut = false;
#endif

bool MayLock() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur >= 65536;
}

TEST_CASE("secrets are locked, left out of core dumps, and stand between guard pages") {
  constexpr std::uintptr_t kPage = 4096;
  const Secret secret(2 * kPage);
  const auto start = reinterpret_cast<std::uintptr_t>(secret.ExposeSecret().data());
  const Page page = PageAt(start);
  CHECK(page.rights == "rw-p");
  CHECK(page.flags.find(" dd ") != std::string::npos);
  if (kLocksAreLeftOut) {
    WARN("skipped: the address sanitizer lets nobody lock memory");
  } else if (MayLock()) {
    CHECK(page.flags.find(" lo ") != std::string::npos);
  } else {
    WARN("skipped: this user may lock no memory");
  }
  CHECK(PageAt(start + secret.size()).rights == "---p");
  CHECK(PageAt(start - 2 * kPage).rights == "---p");
}

}  // namespace
}  // namespace hallmark
