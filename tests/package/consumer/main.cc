// A program outside the tree: is the image in this layout signed by this key?
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/store/layout/layout_store.h"
#include "hallmark/verify/verifier.h"

int main(int argc, char** argv) {
  if (argc != 4) return 2;  // LAYOUT TAG KEY.pub
  std::ifstream file(argv[3]);
  const std::string pem{std::istreambuf_iterator<char>(file), {}};
  auto key = hallmark::crypto::PublicKey::FromPem(pem);
  auto store = hallmark::store::LayoutStore::Open(argv[1]);
  auto name = hallmark::oci::Repository::Parse("registry.example/app");
  if (!key.ok() || !store.ok() || !name.ok()) return 2;
  hallmark::policy::Rule::Parts rule;
  rule.name = "by-key";
  rule.require = {hallmark::policy::SignedBy{"mine", 1}};
  rule.expectation = {
      std::string(hallmark::signature::kSignPredicate), {}, hallmark::policy::SignedName::kNone};
  auto policy = hallmark::policy::TrustPolicy::ForKeys({{"mine", argv[3], key.value(), {}, {}}},
                                                       std::move(rule));
  if (!policy.ok()) return 2;
  const hallmark::signature::BundleFormat bundles;
  const hallmark::Context context{std::chrono::steady_clock::now() + std::chrono::seconds(10), {}};
  const auto image = hallmark::oci::Reference::Of(name.value(), argv[2], std::nullopt);
  const auto outcomes =
      hallmark::verify::Verify(context, {*store.value(), {&bundles}, policy.value()}, image, {},
                               hallmark::SystemClock().Now());
  std::printf("%s\n", std::string(outcomes.front().verdict.word()).c_str());
  return outcomes.front().verdict.allowed() ? 0 : 1;
}
