#include <stdlib.h>

#include <filesystem>
#include <string>

#include "hallmark/keys/pkcs11/pkcs11_key.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/keys/file/passphrases.h"

namespace hallmark::keys {
namespace {

using testing::Must;
using testing::ReadFile;
using testing::TempFolder;

crypto::Scheme First(const crypto::PublicKey& key) { return key.DefaultSchemes().front(); }

// The fake module with these faults; counts what was asked of it.
class FakeToken {
 public:
  explicit FakeToken(const char* words) {
    REQUIRE(setenv("HALLMARK_FAKE_PKCS11", words, 1) == 0);
    REQUIRE(setenv("HALLMARK_FAKE_PKCS11_LOG", log().c_str(), 1) == 0);
  }

  Pkcs11Uri Uri(const std::string& path, const std::string& query) const {
    return Must(Pkcs11Uri::Parse("pkcs11:" + path + "?module-path=" HALLMARK_FAKE_PKCS11_MODULE +
                                 (query.empty() ? "" : "&" + query)));
  }
  Result<std::unique_ptr<crypto::Signer>> Open(const std::string& query) {
    return OpenPkcs11Signer(Uri("object=key", query), First, pins_);
  }
  Result<std::unique_ptr<crypto::Signer>> Open() { return Open("pin-value=1234"); }

  // The refusal of opening the key.
  Error Refusal(const std::string& query) {
    Result<std::unique_ptr<crypto::Signer>> signer = Open(query);
    REQUIRE_FALSE(signer.ok());
    CHECK(signer.error().message().find("1234") == std::string::npos);
    return std::move(signer).error();
  }
  Error Refusal() { return Refusal("pin-value=1234"); }

  int Count(const std::string& line) const {
    std::error_code failure;
    if (!std::filesystem::exists(log(), failure)) return 0;
    const std::string text = "\n" + ReadFile(log());
    int count = 0;
    for (std::size_t at = 0; (at = text.find("\n" + line + "\n", at)) != std::string::npos; ++at) {
      ++count;
    }
    return count;
  }

  FixedPassphrase& pins() { return pins_; }

 private:
  std::filesystem::path log() const { return folder_.path() / "log"; }

  TempFolder folder_;
  FixedPassphrase pins_{"1234"};
};

bool Says(const Error& error, const char* words) {
  INFO(error.message());
  const bool says = error.message().find(words) != std::string::npos;
  CHECK(says);
  return says;
}

TEST_CASE("an honest token signs, and its signatures are verified before they leave") {
  FakeToken token("");
  const auto signer = Must(token.Open());
  for (const std::string_view message : {"", "one", "two"}) {
    const Bytes signature = Must(signer->Sign(AsBytes(message)));
    CHECK(signer->public_key().IsSignedBy(signer->scheme(), AsBytes(message), signature));
  }
  CHECK(token.Count("login") == 1);
  CHECK(token.Count("sign") == 3);
  CHECK(token.pins().asked() == 0);
}

TEST_CASE("a token is given back: session closed, module finalized, unless others use it") {
  FakeToken token("");
  { const auto signer = Must(token.Open()); }
  CHECK(token.Count("close") == 1);
  CHECK(token.Count("finalize") == 1);
  FakeToken shared("already,no-flags");
  { const auto signer = Must(shared.Open()); }
  CHECK(shared.Count("finalize") == 0);
}

TEST_CASE("the PIN is asked for once, by the token's name") {
  FakeToken token("");
  const auto signer = Must(token.Open(""));
  CHECK(signer->Sign({}).ok());
  CHECK(signer->Sign({}).ok());
  CHECK(token.pins().asked() == 1);
  CHECK(token.pins().last_prompt() == "PIN of token \"Fake\"");
}

TEST_CASE("a token that signs with another key than it shows is found out") {
  for (const char* words : {"lies", "signature-short", "signature-empty", "signature-huge"}) {
    FakeToken token(words);
    const auto signer = Must(token.Open());
    const Result<Bytes> signature = signer->Sign({});
    REQUIRE_FALSE(signature.ok());
    CHECK(signature.error().code() == ErrorCode::kProtocol);
  }
}

TEST_CASE("a token that is pulled out between two signatures is told") {
  FakeToken token("removed-later");
  const auto signer = Must(token.Open());
  CHECK(signer->Sign({}).ok());
  const Result<Bytes> second = signer->Sign({});
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().code() == ErrorCode::kUnavailable);
  Says(second.error(), "the token was removed");
}

TEST_CASE("a wrong PIN is tried once, and what is left of the tries is said") {
  FakeToken token("pin-count");
  const Error error = token.Refusal("pin-value=4321");
  CHECK(error.code() == ErrorCode::kDenied);
  Says(error, "wrong PIN; the token says that few tries are left");
  CHECK(token.Count("login") == 1);
  FakeToken locking("locks");
  Says(locking.Refusal("pin-value=4321"), "the PIN is locked now");
  FakeToken silent("");
  CHECK(silent.Refusal("pin-value=4321").message() == "log in to token \"Fake\": wrong PIN");
}

TEST_CASE("a locked PIN, the last try and an empty PIN are never sent") {
  FakeToken locked("pin-locked");
  Says(locked.Refusal(), "the PIN is locked");
  CHECK(locked.Count("login") == 0);
  FakeToken last("pin-final");
  Says(last.Refusal(), "x-hallmark-allow-final-try=yes");
  CHECK(last.Count("login") == 0);
  CHECK(last.Open("pin-value=1234&x-hallmark-allow-final-try=yes").ok());
  CHECK(last.Count("login") == 1);
  FakeToken empty("");
  Says(empty.Refusal("pin-value="), "the PIN is empty");
  CHECK(empty.Count("login") == 0);
}

TEST_CASE("a token with a keypad is never sent a PIN") {
  FakeToken token("keypad");
  CHECK(token.Open("").ok());
  CHECK(token.pins().asked() == 0);
  CHECK(token.Count("login at keypad") == 1);
}

TEST_CASE("a token that sets no flags is used without a login") {
  FakeToken token("no-flags");
  CHECK(token.Open("").ok());
  CHECK(token.Count("login") == 0);
  CHECK(token.pins().asked() == 0);
}

TEST_CASE("a key that wants a login for every signature gets it") {
  FakeToken token("always");
  const auto signer = Must(token.Open(""));
  CHECK(signer->Sign({}).ok());
  CHECK(signer->Sign({}).ok());
  CHECK(token.Count("login again") == 2);
  CHECK(token.pins().asked() == 1);
}

TEST_CASE("a second login that fails is not tried again") {
  FakeToken token("always,again-fails");
  const auto signer = Must(token.Open());
  for (int i = 0; i < 3; ++i) {
    const Result<Bytes> signature = signer->Sign({});
    REQUIRE_FALSE(signature.ok());
    CHECK(signature.error().code() == ErrorCode::kDenied);
  }
  CHECK(token.Count("login again") == 1);
}

TEST_CASE("several keys or tokens that match are listed, none is used") {
  FakeToken keys("two-keys");
  const Error two = keys.Refusal();
  CHECK(two.code() == ErrorCode::kConfig);
  Says(two, "object \"key2\" id 01, object \"key\" id 01");
  FakeToken tokens("two-tokens");
  const Error both = tokens.Refusal();
  CHECK(both.code() == ErrorCode::kConfig);
  Says(both, "serial \"0007\"");
  Says(both, "serial \"0008\"");
  CHECK(tokens.Count("login") == 0);
  FakeToken blank("blank-token");
  CHECK(blank.Open().ok());
  FakeToken many("many-keys");
  CHECK(many.Refusal().code() == ErrorCode::kLimit);
}

TEST_CASE("a URI picks among tokens by serial, slot and library") {
  FakeToken token("two-tokens");
  FixedPassphrase pins("1234");
  for (const char* path : {"serial=0008", "slot-id=8;slot-description=Fake%20slot",
                           "slot-id=7;library-version=1.2;library-description=Fake%20module",
                           "serial=0007;library-manufacturer=Nobody;manufacturer=Nobody"}) {
    CHECK(OpenPkcs11Signer(token.Uri(path, ""), First, pins).ok());
  }
  for (const char* path : {"serial=0009", "slot-id=9", "slot-id=8;slot-description=Other",
                           "serial=0008;library-version=1", "serial=0008;library-version=2",
                           "serial=0008;library-manufacturer=Other", "serial=0008;model=x",
                           "serial=0008;type=public", "serial=0008;type=cert"}) {
    const auto signer = OpenPkcs11Signer(token.Uri(path, ""), First, pins);
    REQUIRE_FALSE(signer.ok());
    CHECK(signer.error().code() == ErrorCode::kConfig);
  }
}

TEST_CASE("sizes and counts of a module are not believed") {
  for (const char* words :
       {"slots-huge", "slots-grow", "attribute-huge", "attribute-grows", "count-huge", "endless"}) {
    FakeToken token(words);
    const ErrorCode code = token.Refusal().code();
    CHECK((code == ErrorCode::kLimit || code == ErrorCode::kProtocol));
  }
}

TEST_CASE("what is no module, or does not start, is refused by name") {
  for (const char* words :
       {"no-list", "list-fails", "no-function", "version-1", "init-fails", "slots-fail", "no-token",
        "unrecognized", "session-fails", "search-fails"}) {
    FakeToken token(words);
    token.Refusal();
    CHECK(token.Count("login") <= 1);
  }
  FixedPassphrase pins("1234");
  for (const char* query : {"module-path=/nowhere/m.so", "module-path=m.so", "module-path=/tmp",
                            "module-path=/etc/passwd", "module-name=no-such-module",
                            "module-name=a%2Fb", "module-name=", "module-path=a%00/b"}) {
    const auto uri = Must(Pkcs11Uri::Parse(std::string("pkcs11:?") + query));
    const auto signer = OpenPkcs11Signer(uri, First, pins);
    REQUIRE_FALSE(signer.ok());
    CHECK(signer.error().code() == ErrorCode::kConfig);
  }
}

TEST_CASE("a key that cannot sign so is refused when it is opened") {
  for (const char* words :
       {"no-sign", "no-mechanism", "mechanism-verifies", "no-public", "point-missing"}) {
    FakeToken token(words);
    CHECK(token.Refusal().code() == ErrorCode::kConfig);
    CHECK(token.Count("sign") == 0);
  }
  for (const char* words : {"strange-type", "point-garbage"}) {
    FakeToken token(words);
    token.Refusal();
  }
  FakeToken token("init-denied");
  CHECK(Must(token.Open())->Sign({}).error().code() == ErrorCode::kConfig);
}

TEST_CASE("a bare point is read like a wrapped one, and text of a token is made printable") {
  FakeToken wrapped("");
  const auto one = Must(wrapped.Open())->public_key().fingerprint();
  FakeToken bare("point-bare");
  CHECK(Must(bare.Open())->public_key().fingerprint() == one);
  FakeToken red("controls");
  const Error error = red.Refusal("pin-value=4321");
  CHECK(error.message().find('\x1B') == std::string::npos);
}

TEST_CASE("a public key is read without a login, and with one where it must be") {
  FakeToken token("");
  const auto key = Must(LoadPkcs11PublicKey(token.Uri("object=key", ""), nullptr));
  CHECK(token.Count("login") == 0);
  CHECK(key.type() == crypto::KeyType::kEcdsaP256);
  FakeToken hidden("no-public");
  CHECK_FALSE(LoadPkcs11PublicKey(hidden.Uri("", ""), nullptr).ok());
  CHECK(hidden.Count("login") == 0);
  CHECK_FALSE(LoadPkcs11PublicKey(hidden.Uri("", "pin-value=1234"), nullptr).ok());
  CHECK(hidden.Count("login") == 1);
  CHECK_FALSE(LoadPkcs11PublicKey(hidden.Uri("type=cert", ""), &hidden.pins()).ok());
}

TEST_CASE("a PIN file is read by its first line, and nothing is run for a PIN") {
  FakeToken token("");
  const TempFolder folder;
  const std::string path = (folder.path() / "pin").native();
  testing::WriteFile(path, "1234\r\nmore\n");
  CHECK(token.Open("pin-source=" + path).ok());
  CHECK(token.Open("pin-source=file:" + path).ok());
  CHECK(token.Open("pin-source=file://" + path).ok());
  for (const char* source :
       {"|/bin/echo%201234", "pin", "file:pin", "https://a/b", "/nowhere", ""}) {
    CHECK(token.Refusal(std::string("pin-source=") + source).code() == ErrorCode::kConfig);
  }
}

TEST_CASE("pkcs11: is a kind of key source") {
  const FakeToken token("");
  Pkcs11KeySource source;
  CHECK(source.scheme() == "pkcs11");
  FixedPassphrase pins("1234");
  const Context context{};
  const std::string uri = "pkcs11:object=key?module-path=" HALLMARK_FAKE_PKCS11_MODULE;
  const auto signer = Must(source.Open(context, uri, pins));
  CHECK(signer->scheme() == crypto::Scheme::kEcdsaP256Sha256);
  CHECK_FALSE(source.Open(context, "pkcs11:tokens=a", pins).ok());
}

}  // namespace
}  // namespace hallmark::keys
