// Fifty signers of one image at once, each with a store of its own, in every kind of store.
#include <atomic>
#include <iostream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hallmark/net/http_client.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/store/layout/layout_store.h"
#include "hallmark/store/registry/registry_store.h"
#include "tests/support/catch.h"
#include "tests/support/registry.h"
#include "tests/support/world.h"

namespace hallmark::signature {
namespace {

using testing::Must;

constexpr int kSigners = 50;
constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};

Context Patient() {
  Context context = testing::PatientContext();
  context.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(150);
  return context;
}

// Signs as `by`; empty, or what went wrong.
std::string Sign(store::Reader& reader, store::Writer& writer, const oci::Reference& image,
                 crypto::Signer& signer, const std::string& by) {
  const Context context = Patient();
  const auto subject = store::Resolve(context, reader, image);
  if (!subject.ok()) return subject.error().message();
  const CosignFormat format;
  const Claim claim{
      subject.value().digest(),
      std::string(kSignPredicate),
      {{"by", by}},
      image.repository().is_layout() ? std::nullopt : std::optional(image.repository().ToString()),
      image.tag(),
      kNow,
      {}};
  const auto made = format.Sign(subject.value(), claim, signer, kNow);
  if (!made.ok()) return made.error().message();
  const auto pushed = format.Push(context, writer, image.repository(), made.value());
  return pushed.ok() ? "" : pushed.error().message();
}

// Who signed, as far as it is verified with the key of `signer`.
std::set<std::string> SignersOf(store::Reader& reader, const oci::Reference& image,
                                const crypto::PublicKey& key) {
  const Context context = Patient();
  const CosignFormat format;
  const auto subject = Must(store::Resolve(context, reader, image));
  const auto trust = Must(trust::TrustRoot::Of({{"ci", "ci.pub", key, {}, {}}}));
  std::set<std::string> names;
  for (const Candidate& one :
       format.Find(context, reader, subject, {kSignPredicate, trust}).candidates) {
    const Loaded loaded = format.Load(context, reader, subject, one);
    const auto assessment = format.Assess(std::get<Signature>(loaded), subject, trust, kNow);
    if (assessment.verified) names.insert(assessment.verified->claim().annotations.at("by"));
  }
  return names;
}

struct Client {
  Client() : http(Must(net::MakeCurlClient({}))), store(*http, Options()) {}
  static store::RegistryOptions Options() {
    store::RegistryOptions options;
    options.credentials = [](const Context&, std::string_view) {
      return Result<std::optional<store::Credential>>(std::nullopt);
    };
    return options;
  }
  std::unique_ptr<net::HttpClient> http;
  store::RegistryStore store;
};

template <class SignAs>
void CheckNothingIsLost(store::Reader& reader, const oci::Reference& image, SignAs sign_as) {
  const crypto::PrivateKey key = testing::MakeKey();
  std::vector<std::string> errors(kSigners);
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kSigners; ++i) {
      threads.emplace_back([&, i] {
        const auto signer = testing::MakeTestSigner(key);
        errors[static_cast<std::size_t>(i)] = sign_as(*signer, "signer " + std::to_string(i));
      });
    }
  }
  const auto took = std::chrono::steady_clock::now() - start;
  for (const std::string& error : errors) CHECK(error == "");
  CHECK(SignersOf(reader, image, key.public_key()).size() == kSigners);
  std::cout << kSigners << " signers of a .sig tag: "
            << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
}

}  // namespace

TEST_CASE("fifty signers of a .sig tag in a registry lose no signature") {
  test::RegistryOptions options;
  options.referrers_api = false;
  options.etags =
      GENERATE(test::ETagMode::kNone, test::ETagMode::kIgnored, test::ETagMode::kHonoured);
  const test::Registry registry(options);
  const oci::Reference image = testing::Ref(registry.host() + "/app:1.4");
  Client client;
  testing::Put(client.store, image.repository(), testing::MakeImage("app"), "1.4");
  CheckNothingIsLost(client.store, image, [&](crypto::Signer& signer, const std::string& by) {
    Client own;
    return Sign(own.store, own.store, image, signer, by);
  });
}

TEST_CASE("fifty signers of a .sig tag in a layout lose no signature") {
  const testing::TempFolder folder;
  testing::WriteFile(folder.path() / "oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
  testing::WriteFile(folder.path() / "index.json", R"({"schemaVersion":2,"manifests":[]})");
  const oci::Reference image = oci::Reference::Of(
      Must(oci::Repository::ForLayout(folder.path().string())), "1.4", std::nullopt);
  const auto store = Must(store::LayoutStore::Open(folder.path()));
  testing::Put(*store, image.repository(), testing::MakeImage("app"), "1.4");
  CheckNothingIsLost(*store, image, [&](crypto::Signer& signer, const std::string& by) {
    const auto own = Must(store::LayoutStore::Open(folder.path()));
    return Sign(*own, *own, image, signer, by);
  });
  // One entry for the image and one for the tag: earlier versions are no longer listed.
  const std::string index = testing::ReadFile(folder.path() / "index.json");
  CHECK(index.find(".sig") == index.rfind(".sig"));
  CHECK(std::count(index.begin(), index.end(), '{') == 5);
}

}  // namespace hallmark::signature
