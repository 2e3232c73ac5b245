#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <variant>

#include "hallmark/base/printable.h"
#include "tools/common/verdict_output.h"
#include "tools/common/xml_text.h"

namespace hallmark::cli {
namespace {

std::string Attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=" + XmlQuoted(value);
}

std::string Seconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(time.count()) / 1000);
  return text;
}

std::string NameOf(const policy::VerdictReport& report) {
  std::string name = Printable(report.reference, 1024);
  if (report.platform) name += " (" + Printable(report.platform->ToString()) + ")";
  return name;
}

// The element that says how a test case ended; empty for one that passed, which only a verification
// does. What a rule let through unverified is no success and fails nothing either: skipped.
std::string_view ElementFor(const policy::Verdict& verdict) {
  if (const auto* allow = std::get_if<policy::Allow>(&verdict.decision)) {
    return std::holds_alternative<policy::ByVerification>(allow->basis) ? "" : "skipped";
  }
  return std::holds_alternative<policy::Unknown>(verdict.decision) ? "error" : "failure";
}

std::string EndOf(const policy::Verdict& verdict) {
  const std::string element(ElementFor(verdict));
  if (element.empty()) return "";
  std::string message = PlainWord(verdict) + ": " + verdict.reason;
  if (!verdict.detail.empty()) message += ": " + verdict.detail;
  const std::string start = "      <" + element + Attribute("message", message);
  if (element == "skipped") return start + "/>\n";
  return start + Attribute("type", verdict.reason) + ">" +
         XmlText(verdict.fix.empty() ? "" : "fix: " + verdict.fix) + "</" + element + ">\n";
}

class JUnitOutput final : public VerdictOutput {
 public:
  JUnitOutput(Detail detail, Console& console) : detail_(detail), console_(console) {
    console_.BePlain();
  }

  void Add(const policy::VerdictReport& report) override {
    Count(ElementFor(report.verdict));
    elapsed_ += report.elapsed;
    cases_ += "    <testcase" + Attribute("classname", report.verdict.rule) +
              Attribute("name", NameOf(report)) + Attribute("time", Seconds(report.elapsed)) +
              ">\n" + EndOf(report.verdict) + "      <system-out>" +
              XmlText(VerdictText(report, detail_, console_)) + "</system-out>\n    </testcase>\n";
  }

  void End() override {
    const std::string counts = Attribute("tests", std::to_string(tests_)) +
                               Attribute("failures", std::to_string(failures_)) +
                               Attribute("errors", std::to_string(errors_)) +
                               Attribute("skipped", std::to_string(skipped_)) +
                               Attribute("time", Seconds(elapsed_));
    console_.Out("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts +
                 ">\n  <testsuite" + Attribute("name", "hallmark verify") + counts + ">\n" +
                 cases_ + "  </testsuite>\n</testsuites>\n");
  }

 private:
  void Count(std::string_view element) {
    ++tests_;
    if (element == "failure") ++failures_;
    if (element == "error") ++errors_;
    if (element == "skipped") ++skipped_;
  }

  Detail detail_;
  Console& console_;
  std::string cases_;
  std::chrono::milliseconds elapsed_{0};
  std::size_t tests_ = 0;
  std::size_t failures_ = 0;
  std::size_t errors_ = 0;
  std::size_t skipped_ = 0;
};

}  // namespace

std::unique_ptr<VerdictOutput> MakeJUnitOutput(Detail detail, Console& console) {
  return std::make_unique<JUnitOutput>(detail, console);
}

}  // namespace hallmark::cli
