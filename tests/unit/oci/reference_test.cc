#include "hallmark/oci/reference.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark::oci {
namespace {

const std::string kDigest =
    "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

std::string Canonical(std::string_view text) {
  const auto reference = Reference::Parse(text);
  return reference.ok() ? reference.value().ToString() : "";
}

TEST_CASE("every spelling of one image has one canonical name (A73)") {
  const std::string text = GENERATE(
      "nginx", "nginx:latest", "library/nginx", "docker.io/nginx", "docker.io/library/nginx",
      "index.docker.io/nginx", "index.docker.io/library/nginx:latest",
      "registry-1.docker.io/library/nginx", "docker.io:443/library/nginx",
      "DOCKER.IO/library/nginx", "Index.Docker.io:443/nginx");
  CHECK(Canonical(text) == "docker.io/library/nginx:latest");
}

TEST_CASE("only Docker Hub has library/") {
  CHECK(Canonical("registry.example/nginx") == "registry.example/nginx:latest");
  CHECK(Canonical("acme/nginx") == "docker.io/acme/nginx:latest");
  CHECK(Canonical("docker.io/a/b/c") == "docker.io/a/b/c:latest");
}

TEST_CASE("hosts are lower-cased and port 443 is dropped (A69)") {
  CHECK(Canonical("REGISTRY.Example/prod/x:1") == "registry.example/prod/x:1");
  CHECK(Canonical("registry.example:443/prod/x:1") == "registry.example/prod/x:1");
  CHECK(Canonical("registry.example:8443/prod/x:1") == "registry.example:8443/prod/x:1");
  CHECK(Canonical("localhost:443/x") == "localhost/x:latest");
}

TEST_CASE("a host that would read as a path without its port keeps it") {
  CHECK(Canonical("foo:443/bar") == "foo:443/bar:latest");
  CHECK(Canonical("foo/bar") == "docker.io/foo/bar:latest");
}

TEST_CASE("addresses have one spelling") {
  CHECK(Canonical("127.0.0.1:5000/a") == "127.0.0.1:5000/a:latest");
  CHECK(Canonical("[::1]:5000/a") == "[::1]:5000/a:latest");
  CHECK(Canonical("[0:0:0:0:0:0:0:1]:443/a") == "[::1]/a:latest");
  CHECK(Canonical("[2001:DB8::0:1]/a") == "[2001:db8::1]/a:latest");
}

TEST_CASE("tag and digest are kept as given") {
  CHECK(Canonical("r.example/a:1.4") == "r.example/a:1.4");
  CHECK(Canonical("r.example/a@" + kDigest) == "r.example/a@" + kDigest);
  CHECK(Canonical("r.example/a:1.4@" + kDigest) == "r.example/a:1.4@" + kDigest);
  CHECK_FALSE(Reference::Parse("r.example/a@" + kDigest).value().tag());
  CHECK(Reference::Parse("r.example/a").value().tag() == "latest");
  CHECK(Canonical("localhost:5000") == "docker.io/library/localhost:5000");  // as Docker has it
}

TEST_CASE("the canonical name is a fixed point") {
  const std::string text =
      GENERATE(as<std::string>{}, "nginx", "FOO.example:443/x", "foo:443/x", "[0::1]:80/a/b:t",
               "localhost/a", "a--b.example/c__d/e.f-g:T_1@" + kDigest);
  const std::string once = Canonical(text);
  REQUIRE_FALSE(once.empty());
  CHECK(Canonical(once) == once);
}

TEST_CASE("names that the grammar does not have are malformed") {
  const std::string text = GENERATE(
      "", "/", "a/", "/a", "a//b", "A", "a/B", "Foo/bar", "LOCALHOST/a", ".a", "a.", "-a", "a-",
      "_a", "a_", "a..b", "a___b", "a._b", "a.-b", "a/.", "a/..", "../a", "a/../b", "a b", " a",
      "a ", "a\n", "a\tb", "a:b:c", "a:", "a:.x", "a:-x", "a:x y", "a:x/", "@", "a@", "a@b",
      "a@sha256:", "a@@", "a\\b", "a?b", "a#b", "a%2fb", "https://r.example/a", "user@r.example/a",
      "r.example:/a", "oci:/x", "oci:dir", "a+b", "a~b", "a*");
  INFO(text);
  const auto reference = Reference::Parse(text);
  if (text == "oci:dir") {  // a repository "oci" with tag "dir", as Docker reads it
    CHECK(reference.ok());
  } else {
    CHECK(reference.error().code() == ErrorCode::kMalformed);
  }
}

TEST_CASE("hosts that have other spellings are malformed (A69)") {
  const std::string host = GENERATE(
      "registry.example.", ".registry.example", "registry..example", "-r.example", "r-.example",
      "r.-example", "r_r.example", "r.example:0", "r.example:00443", "r.example:0443",
      "r.example:65536", "r.example:99999999999", "r.example:+443", "r.example:44a",
      "r.example:443:443", "127.1", "127.0.0.01", "0177.0.0.1", "256.0.0.1", "1.2.3.4.5", "0x7f.1",
      "0x7f000001:80", "2130706433:80", "r.0x1", "[::1", "::1]", "[]", "[:]", "[::1]x",
      "[::1]:", "[::1%eth0]", "[::ffff:1.2.3.4]", "[::ffff:102:304]", "[g::1]", "[1::2::3]",
      "r.ex\xc3\xa4mple", "r.example\xe2\x80\x8b");
  INFO(host);
  CHECK_FALSE(Repository::Parse(host + "/a").ok());
}

TEST_CASE("NUL and other controls are malformed (A21)") {
  CHECK_FALSE(Reference::Parse(std::string_view("a\0b", 3)).ok());
  CHECK_FALSE(Reference::Parse(std::string_view("a:t\0", 4)).ok());
  CHECK_FALSE(Reference::Parse("a\x7f").ok());
  CHECK_FALSE(Reference::Parse("\u0430").ok());  // Cyrillic
}

TEST_CASE("names are bounded") {
  CHECK(Repository::Parse("r.example/" + std::string(255, 'a')).ok());
  CHECK_FALSE(Repository::Parse("r.example/" + std::string(256, 'a')).ok());
  CHECK(Repository::Parse(std::string(63, 'a') + ".example/a").ok());
  CHECK_FALSE(Repository::Parse(std::string(64, 'a') + ".example/a").ok());
  std::string host = "a";
  for (int i = 0; i < 126; ++i) host += ".a";
  CHECK(Repository::Parse(host + "/a").ok());
  CHECK_FALSE(Repository::Parse(host + ".a/a").ok());
}

TEST_CASE("64 hexadecimal digits are an image id") {
  CHECK_FALSE(Reference::Parse(kDigest.substr(7)).ok());
  CHECK(Reference::Parse("acme/" + kDigest.substr(7)).ok());
}

TEST_CASE("a repository has no tag") {
  CHECK(Repository::Parse("r.example/a").value().ToString() == "r.example/a");
  CHECK_FALSE(Repository::Parse("r.example/a:1").ok());
  CHECK_FALSE(Repository::Parse("r.example/a@" + kDigest).ok());
}

TEST_CASE("tags are what the grammar says") {
  CHECK(IsTag("latest"));
  CHECK(IsTag("_x.Y-1"));
  CHECK(IsTag(std::string(128, 'a')));
  CHECK_FALSE(IsTag(std::string(129, 'a')));
  const std::string_view text = GENERATE(as<std::string_view>{}, "", ".a", "-a", "a b", "a:b",
                                         "a/b", "a+b", "a\n", "\xc3\xa4");
  CHECK_FALSE(IsTag(text));
  CHECK_FALSE(IsTag(std::string_view("a\0", 2)));
}

TEST_CASE("layouts are named by their normalised path") {
  const auto layout = Repository::ForLayout("/srv/Images/app 1");
  REQUIRE(layout.ok());
  CHECK(layout.value().is_layout());
  CHECK(layout.value().ToString() == "oci:/srv/Images/app 1");
  CHECK(Repository::ForLayout("/").ok());
  CHECK_FALSE(Repository::Parse("r.example/a").value().is_layout());
  const std::string_view path =
      GENERATE(as<std::string_view>{}, "", "a", "./a", "/a/", "/a//b", "/a/./b", "/a/../b", "/..",
               "/.", "/a/..", "//", "/a\nb", "/a\x7f");
  CHECK(Repository::ForLayout(path).error().code() == ErrorCode::kMalformed);
  CHECK_FALSE(Repository::ForLayout(std::string_view("/a\0b", 4)).ok());
  CHECK_FALSE(Repository::ForLayout("/" + std::string(5000, 'a')).ok());
}

TEST_CASE("no reference that can be typed is taken for a layout") {
  CHECK_FALSE(Repository::Parse("oci:/srv/x").ok());
  CHECK_FALSE(Repository::Parse("oci:").ok());
}

TEST_CASE("references are made of their parts") {
  const auto repository = Repository::Parse("r.example/a").value();
  const auto digest = Digest::Parse(kDigest).value();
  CHECK(Reference::Of(repository, "1", std::nullopt).ToString() == "r.example/a:1");
  CHECK(Reference::Of(repository, std::nullopt, digest).ToString() == "r.example/a@" + kDigest);
}

TEST_CASE("messages escape what was typed") {
  CHECK(Reference::Parse("a\x1b[2J").error().message().find('\x1b') == std::string::npos);
}

}  // namespace
}  // namespace hallmark::oci
