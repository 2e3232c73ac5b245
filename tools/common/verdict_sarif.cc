#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/policy/reasons.h"
#include "tools/common/sarif_result.h"
#include "tools/common/verdict_output.h"

namespace hallmark::cli {
namespace {

using json::Value;

Value Text(std::string_view text) { return Value::String(std::string(text)); }

Value Description(std::string text) {
  return Value::Object({{"text", Value::String(std::move(text))}});
}

// A `reportingDescriptor` with all that GitHub's code scanning asks for. No text in it may be
// empty.
Value RuleOf(const std::string& id) {
  const policy::Reason* const known = policy::FindReason(id);
  const std::string meaning(known != nullptr ? known->meaning : id);
  const std::string remedy(known != nullptr ? known->remedy : id);
  return Value::Object({{"id", Text(id)},
                        {"shortDescription", Description(meaning)},
                        {"fullDescription", Description(meaning + " " + remedy)},
                        {"help", Description(remedy)}});
}

// One run of SARIF 2.1.0 (OASIS), whatever number of images was asked about.
class SarifOutput final : public VerdictOutput {
 public:
  explicit SarifOutput(Console& console) : console_(console) {}

  void Add(const policy::VerdictReport& report) override {
    if (!IsSarifResult(report.verdict)) return;
    const std::size_t occurrence = ++occurrences_[SarifFingerprint(report)];
    results_.push_back(SarifResult(report, {RuleIndex(report.verdict.reason), occurrence}));
  }

  void End() override {
    std::vector<Value> rules;
    rules.reserve(reasons_.size());
    for (const std::string& reason : reasons_) rules.push_back(RuleOf(reason));
    Value driver = Value::Object({{"name", Text("hallmark")},
                                  {"version", Text(HALLMARK_VERSION)},
                                  {"rules", Value::Array(std::move(rules))}});
    Value run = Value::Object({{"tool", Value::Object({{"driver", std::move(driver)}})},
                               {"results", Value::Array(std::move(results_))}});
    console_.Out(json::ToIndentedText(
        Value::Object({{"version", Text("2.1.0")},
                       {"$schema", Text("https://json.schemastore.org/sarif-2.1.0.json")},
                       {"runs", Value::Array({std::move(run)})}})));
  }

 private:
  std::size_t RuleIndex(const std::string& reason) {
    const auto found = std::find(reasons_.begin(), reasons_.end(), reason);
    const auto index = static_cast<std::size_t>(found - reasons_.begin());
    if (found == reasons_.end()) reasons_.push_back(reason);
    return index;
  }

  Console& console_;
  std::vector<std::string> reasons_;                // that occurred, in the order of `rules`
  std::map<std::string, std::size_t> occurrences_;  // of each fingerprint
  std::vector<Value> results_;
};

}  // namespace

std::unique_ptr<VerdictOutput> MakeSarifOutput(Console& console) {
  return std::make_unique<SarifOutput>(console);
}

}  // namespace hallmark::cli
