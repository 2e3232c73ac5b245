#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/verdict_output.h"

namespace hallmark::cli {
namespace {

using json::Value;

Value Text(std::string_view text) { return Value::String(std::string(text)); }

bool IsVerified(const policy::Verdict& verdict) {
  if (!verdict.allowed()) return false;
  const auto& basis = std::get<policy::Allow>(verdict.decision).basis;
  return std::holds_alternative<policy::ByVerification>(basis) && verdict.loosened.empty();
}

std::string_view LevelOf(const policy::Verdict& verdict) {
  if (verdict.allowed()) return "note";
  return std::holds_alternative<policy::Unknown>(verdict.decision) ? "warning" : "error";
}

Value MessageOf(const policy::VerdictReport& report) {
  const policy::Verdict& verdict = report.verdict;
  std::string text = std::string(verdict.word()) + " (" + verdict.reason + ")";
  if (!verdict.detail.empty()) text += ": " + verdict.detail;
  if (!verdict.fix.empty()) text += ". Fix: " + verdict.fix;
  if (!verdict.loosened.empty()) text += " " + LoosenedNote(verdict);
  return Value::Object({{"text", Value::String(std::move(text))}});
}

Value ResultOf(const policy::VerdictReport& report) {
  std::string name = Printable(report.reference, 1024);
  if (report.digest && name.find("@sha") == std::string::npos) {
    name += "@" + report.digest->ToString();
  }
  Value location = Value::Object(
      {{"physicalLocation",
        Value::Object({{"artifactLocation", Value::Object({{"uri", Text(name)}})}})}});
  return Value::Object({{"ruleId", Text(report.verdict.reason)},
                        {"level", Text(LevelOf(report.verdict))},
                        {"message", MessageOf(report)},
                        {"locations", Value::Array({std::move(location)})}});
}

class SarifOutput final : public VerdictOutput {
 public:
  explicit SarifOutput(Console& console) : console_(console) {}

  void Add(const policy::VerdictReport& report) override {
    if (IsVerified(report.verdict)) return;
    reasons_.insert(report.verdict.reason);
    results_.push_back(ResultOf(report));
  }

  void End() override {
    std::vector<Value> rules;
    for (const std::string& reason : reasons_) {
      rules.push_back(Value::Object({{"id", Text(reason)}}));
    }
    Value driver = Value::Object({{"name", Text("hallmark")},
                                  {"version", Text(HALLMARK_VERSION)},
                                  {"rules", Value::Array(std::move(rules))}});
    Value run = Value::Object({{"tool", Value::Object({{"driver", std::move(driver)}})},
                               {"results", Value::Array(std::move(results_))}});
    console_.Out(json::ToIndentedText(
        Value::Object({{"$schema", Text("https://json.schemastore.org/sarif-2.1.0.json")},
                       {"version", Text("2.1.0")},
                       {"runs", Value::Array({std::move(run)})}})));
  }

 private:
  Console& console_;
  std::set<std::string> reasons_;
  std::vector<Value> results_;
};

}  // namespace

std::unique_ptr<VerdictOutput> MakeSarifOutput(Console& console) {
  return std::make_unique<SarifOutput>(console);
}

}  // namespace hallmark::cli
