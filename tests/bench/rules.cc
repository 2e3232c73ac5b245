// What choosing a rule and deciding by it costs beside the number of rules that do not match, and
// what reading a policy costs. Prints one line a number of rules; tests/bench/run says the ratio.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/world.h"

namespace hallmark {
namespace {

using Clock = std::chrono::steady_clock;

double Microseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

std::string PolicyText(std::size_t rules) {
  std::string text =
      R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"ci.pub"}]}},"rules":[)";
  for (std::size_t i = 0; i < rules; ++i) {
    text += std::string(i == 0 ? "" : ",") + R"({"name":"r)" + std::to_string(i) +
            R"(","images":["r.example/team)" + std::to_string(i) +
            R"(/**"],"require":{"signedBy":"ci"}})";
  }
  return text + R"(],"default":"deny"})";
}

void Run(std::size_t rules) {
  const auto key = testing::MakeKey();
  const std::string text = PolicyText(rules);
  const auto start = Clock::now();
  const auto policy = testing::Must(policy::TrustPolicy::Parse(
      AsBytes(text), "policy.json",
      [&](const std::string&) -> Result<crypto::PublicKey> { return key.public_key(); }));
  const double parse = Microseconds(Clock::now() - start);
  testing::MemoryStore store;
  const auto image = testing::MakeImage("bench");
  const std::string name = "r.example/team" + std::to_string(rules / 2) + "/app";
  testing::Put(store, testing::Repo(name), image, "1.0");
  const auto subject =
      testing::Must(store::Resolve(testing::PatientContext(), store, testing::Ref(name + ":1.0")));
  const policy::Evidence nothing;
  const UnixTime now = testing::FakeClock().Now();
  std::vector<double> each;
  for (int i = 0; i < 2'001; ++i) {
    const auto before = Clock::now();
    const auto verdict = policy.RuleFor(subject.asked()).Decide(subject, nothing, now);
    each.push_back(Microseconds(Clock::now() - before));
    if (verdict.word() != "unsigned") std::abort();
  }
  std::nth_element(each.begin(), each.begin() + 1'000, each.end());
  std::printf("%zu rules: %.2f us a decision, %.1f ms to read %zu bytes\n", rules, each[1'000],
              parse / 1000, text.size());
}

}  // namespace
}  // namespace hallmark

int main() {
  for (const std::size_t rules : {10U, 100U, 1'000U, 10'000U}) hallmark::Run(rules);
  return 0;
}
