#include <cstdio>
#include <variant>

#include "hallmark/base/printable.h"
#include "tools/common/verdict_output.h"

namespace hallmark::cli {
namespace {

std::string Escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\n':
        result += "&#10;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string Seconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(time.count()) / 1000);
  return text;
}

class JUnitOutput final : public VerdictOutput {
 public:
  explicit JUnitOutput(Console& console) : console_(console) {}

  void Add(const policy::VerdictReport& report) override {
    ++tests_;
    std::string name = Printable(report.reference, 1024);
    if (report.platform) name += " (" + Printable(report.platform->ToString()) + ")";
    cases_ += "    <testcase classname=\"hallmark.verify\" name=\"" + Escaped(name) + "\" time=\"" +
              Seconds(report.elapsed) + "\"";
    cases_ += report.verdict.allowed() ? Allowed(report) : Refused(report);
  }

  void End() override {
    const std::string counts = "tests=\"" + std::to_string(tests_) + "\" failures=\"" +
                               std::to_string(failures_) + "\" errors=\"" +
                               std::to_string(errors_) + "\"";
    console_.Out("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts +
                 ">\n  <testsuite name=\"hallmark verify\" " + counts + ">\n" + cases_ +
                 "  </testsuite>\n</testsuites>\n");
  }

 private:
  static std::string Allowed(const policy::VerdictReport& report) {
    if (report.verdict.loosened.empty()) return "/>\n";
    std::string text;
    for (const std::string& name : report.verdict.loosened) text += "loosened: " + name + "\n";
    return ">\n      <system-out>" + Escaped(text) + "</system-out>\n    </testcase>\n";
  }

  std::string Refused(const policy::VerdictReport& report) {
    const policy::Verdict& verdict = report.verdict;
    const bool is_unknown = std::holds_alternative<policy::Unknown>(verdict.decision);
    ++(is_unknown ? errors_ : failures_);
    const std::string element = is_unknown ? "error" : "failure";
    return ">\n      <" + element + " type=\"" + Escaped(verdict.reason) + "\" message=\"" +
           Escaped(std::string(verdict.word()) + ": " + verdict.detail) + "\">" +
           Escaped("rule " + verdict.rule + " wants " + verdict.wants + "\nfix: " + verdict.fix) +
           "</" + element + ">\n    </testcase>\n";
  }

  Console& console_;
  std::string cases_;
  std::size_t tests_ = 0;
  std::size_t failures_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace

std::unique_ptr<VerdictOutput> MakeJUnitOutput(Console& console) {
  return std::make_unique<JUnitOutput>(console);
}

}  // namespace hallmark::cli
