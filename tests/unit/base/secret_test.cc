#include "hallmark/base/secret.h"

#include <algorithm>
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

}  // namespace
}  // namespace hallmark
