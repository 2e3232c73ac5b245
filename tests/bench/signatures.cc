// Ten thousand distinct signatures, assessed in one process: what verification costs beside the raw
// ECDSA P-256 verifications, and that memory does not grow with the count.
// Prints: signatures, CPU microseconds each, peak memory after a tenth and after all of them.
// tests/bench/run sets this beside what `openssl speed` says.

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "hallmark/signature/bundle/bundle_format.h"
#include "tests/support/world.h"

namespace hallmark {
namespace {

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long PeakKib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

signature::Signature MakeSignature(const signature::BundleFormat& format,
                                   const store::Subject& subject, crypto::Signer& signer,
                                   std::size_t number, UnixTime now) {
  const signature::Claim claim{.subject = subject.digest(),
                               .predicate_type = std::string(signature::kSignPredicate),
                               .annotations = {{"number", std::to_string(number)}},
                               .repository = "registry.example/app",
                               .tag = "1.0",
                               .signed_at = now,
                               .expires = std::nullopt};
  auto made = testing::Must(format.Sign(subject, claim, signer, now));
  return {format.id(), std::move(made.envelope), made.artifact.descriptor()};
}

int Run(std::size_t count) {
  const signature::BundleFormat format;
  testing::MemoryStore store;
  const UnixTime now = testing::FakeClock().Now();
  const auto image = testing::MakeImage("bench");
  testing::Put(store, testing::Repo("registry.example/app"), image, "1.0");
  const auto subject = testing::Must(
      store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:1.0")));
  const auto key = testing::MakeKey();
  const auto signer = testing::MakeTestSigner(key);
  const auto root =
      testing::Must(trust::TrustRoot::Of({{"bench", "bench.pub", key.public_key(), {}, {}}}));

  std::vector<signature::Signature> signatures;
  for (std::size_t i = 0; i < count; ++i) {
    signatures.push_back(MakeSignature(format, subject, *signer, i, now));
  }
  long tenth = 0;
  const double start = CpuSeconds();
  for (std::size_t i = 0; i < count; ++i) {
    if (!format.Assess(signatures[i], subject, root, now).verified) {
      std::fprintf(stderr, "signature %zu does not verify\n", i);
      return 1;
    }
    if (i == count / 10) tenth = PeakKib();
  }
  const double each = (CpuSeconds() - start) * 1e6 / static_cast<double>(count);
  std::printf("%zu signatures: %.1f us CPU each; peak %ld KiB after a tenth, %ld KiB after all\n",
              count, each, tenth, PeakKib());
  return 0;
}

}  // namespace
}  // namespace hallmark

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 10'000;
  return hallmark::Run(count > 0 ? static_cast<std::size_t>(count) : 10'000);
}
