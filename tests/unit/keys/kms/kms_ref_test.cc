#include "hallmark/keys/kms/kms_ref.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/support/world/must.h"

namespace hallmark::keys {
namespace {

using testing::Must;

TEST_CASE("a key service's reference is a plugin's name and what the plugin calls the key") {
  const KmsRef ref = Must(KmsRef::Parse("my-hsm.2_A://keys/release?version=1://x y"));
  CHECK(ref.plugin == "my-hsm.2_A");
  CHECK(ref.resource == "keys/release?version=1://x y");
  CHECK(Must(KmsRef::Parse("awskms:///alias/ci")).resource == "/alias/ci");
  CHECK(Must(KmsRef::Parse("one://")).resource.empty());
}

TEST_CASE("paths, and references of other kinds, are none of a key service") {
  for (const char* other : {"",
                            "://key",
                            "ci.key",
                            "keys/ci.key",
                            "./fake://key",
                            "../fake://key",
                            "/fake://key",
                            "a b://key",
                            "-a://key",
                            ".a://key",
                            "fake:key",
                            "fake:/key",
                            "file://key",
                            "file:a://b",
                            "env://KEY",
                            "env:A://b",
                            "pkcs11://token",
                            "pkcs11:token=a://b",
                            "plugin://fake",
                            "plugin:fake?key=a://b",
                            "notation://key",
                            "notation:a://b",
                            "https://example.com/key.pub",
                            "http://example.com/key.pub",
                            "oci://a",
                            "oci-archive://a",
                            "gro\xC3\x9F://a"}) {
    INFO(other);
    CHECK_FALSE(IsKmsRef(other));
    CHECK(KmsRef::Parse(other).error().code() == ErrorCode::kMalformed);
  }
  CHECK_FALSE(IsKmsRef(std::string(129, 'a') + "://key"));
}

TEST_CASE("a key service's reference is a line of text of some length") {
  for (const char* bad : {"fake://a\nb", "fake://\x1B[31m", "fake://\x7F", "fake://\xFF"}) {
    CHECK(KmsRef::Parse(bad).error().code() == ErrorCode::kMalformed);
  }
  CHECK(KmsRef::Parse("fake://" + std::string(4096, 'a')).error().code() == ErrorCode::kLimit);
}

}  // namespace
}  // namespace hallmark::keys
