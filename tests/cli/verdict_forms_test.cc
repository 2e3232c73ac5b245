// The forms of verdicts for other programs: jsonl, sarif, junit.
#include <algorithm>
#include <string>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/encoding/json.h"
#include "hallmark/policy/reasons.h"
#include "tests/cli/printed.h"
#include "tests/cli/xml_reader.h"
#include "tests/support/catch.h"
#include "tools/common/sarif_location.h"
#include "tools/common/sarif_result.h"
#include "tools/common/xml_text.h"

namespace hallmark::cli {
namespace {

using policy::VerdictReport;
using testing::Element;
using testing::Printed;
using testing::ReadXml;

VerdictReport Report(std::string reference, decltype(policy::Verdict::decision) decision,
                     std::string reason) {
  VerdictReport report;
  report.reference = std::move(reference);
  report.digest = oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(report.reference));
  report.verdict.decision = std::move(decision);
  report.verdict.reason = std::move(reason);
  report.verdict.detail = "the detail";
  report.verdict.fix = "the fix";
  report.verdict.rule = "apps";
  report.verdict.wants = "1 of key set ci";
  report.verdict.place = "policies/prod.json:14";
  report.elapsed = std::chrono::milliseconds(84);
  return report;
}

VerdictReport Verified() {
  return Report("a.example/good:1", policy::Allow{policy::ByVerification{}}, "verified");
}
VerdictReport Denied() { return Report("a.example/bad:1", policy::Deny{}, "untrusted-signer"); }
VerdictReport Unsigned() { return Report("a.example/none:1", policy::Unsigned{}, "unsigned"); }
VerdictReport Unknown() { return Report("a.example/away:1", policy::Unknown{}, "timeout"); }
VerdictReport Exempt() {
  return Report("a.example/free:1", policy::Allow{policy::ByExemption{}}, "exempt");
}
VerdictReport Audited() {
  VerdictReport report =
      Report("a.example/warned:1", policy::Allow{policy::ByAudit{"unsigned"}}, "audited");
  report.verdict.loosened = {"mode warn (rule apps)"};
  return report;
}

std::vector<VerdictReport> AllKinds() {
  return {Verified(), Denied(), Unsigned(), Unknown(), Exempt(), Audited()};
}

json::Value Sarif(const std::vector<VerdictReport>& reports) {
  const std::string text = Printed({"sarif", Detail::kUsual, true}, reports);
  Result<json::Value> document = json::Parse(AsBytes(text), {1U << 20U, 32, 100'000});
  REQUIRE(document.ok());
  return std::move(document).value();
}

const json::Value& Run(const json::Value& document) {
  return document.Find("runs")->array()->at(0);
}
const std::vector<json::Value>& Results(const json::Value& document) {
  return *Run(document).Find("results")->array();
}
const std::vector<json::Value>& Rules(const json::Value& document) {
  return *Run(document).Find("tool")->Find("driver")->Find("rules")->array();
}
std::string Text(const json::Value& value, std::string_view name) {
  const json::Value* member = value.Find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : "(none)";
}
std::string MessageOf(const json::Value& result) { return Text(*result.Find("message"), "text"); }
std::string FingerprintOf(const json::Value& result) {
  return Text(*result.Find("partialFingerprints"), "primaryLocationLineHash");
}

TEST_CASE("jsonl is one verdict a line, whatever is in it") {
  VerdictReport odd = Denied();
  odd.verdict.detail = "two\nlines";
  const std::string text = Printed({"jsonl", Detail::kUsual, true}, {Verified(), odd, Unknown()});
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  CHECK(text.ends_with("}\n"));
  std::size_t start = 0;
  for (const char* word : {"allowed", "denied", "unknown"}) {
    const std::string line = text.substr(start, text.find('\n', start) - start);
    start += line.size() + 1;
    const Result<json::Value> value = json::Parse(AsBytes(line), {65536, 32, 1000});
    REQUIRE(value.ok());
    CHECK(Text(value.value(), "schema") == "hallmark.verdict/v1");
    CHECK(Text(value.value(), "verdict") == word);
    CHECK(json::ToText(value.value()) == line);
  }
  CHECK(Printed({"jsonl", Detail::kUsual, true}, {}).empty());
}

TEST_CASE("SARIF has one run, and no result where all is verified") {
  for (const auto& reports : {std::vector<VerdictReport>{}, {Verified(), Verified()}}) {
    const json::Value document = Sarif(reports);
    CHECK(Text(document, "version") == "2.1.0");
    CHECK(document.Find("runs")->array()->size() == 1);
    CHECK(Results(document).empty());
    CHECK(Rules(document).empty());
  }
}

TEST_CASE("SARIF tells every verdict that is not a plain verification, by level") {
  VerdictReport loosened = Verified();
  loosened.verdict.loosened = {"--plain-http"};
  std::vector<VerdictReport> reports = AllKinds();
  reports.push_back(loosened);
  const json::Value document = Sarif(reports);
  const std::vector<std::pair<std::string, std::string>> wanted = {
      {"untrusted-signer", "error"}, {"unsigned", "error"},  {"timeout", "error"},
      {"exempt", "warning"},         {"audited", "warning"}, {"verified", "note"}};
  REQUIRE(Results(document).size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const json::Value& result = Results(document)[i];
    CAPTURE(json::ToText(result));
    CHECK(Text(result, "ruleId") == wanted[i].first);
    CHECK(Text(result, "level") == wanted[i].second);
    CHECK(Text(result, "kind") == "fail");
    const json::Value& rule = Rules(document).at(*result.Find("ruleIndex")->unsigned_integer());
    CHECK(Text(rule, "id") == wanted[i].first);
    CHECK(Text(*rule.Find("shortDescription"), "text") ==
          policy::FindReason(wanted[i].first)->meaning);
    CHECK(Text(*result.Find("properties")->Find("verdict"), "schema") == "hallmark.verdict/v1");
  }
  CHECK(MessageOf(Results(document)[0]) ==
        "denied a.example/bad:1: untrusted-signer: the detail. Fix: the fix");
  CHECK(MessageOf(Results(document)[4]).starts_with("allowed (not verified) a.example/warned:1: "));
  CHECK(MessageOf(Results(document)[5]).ends_with(" (loosened: --plain-http)"));
}

TEST_CASE("a SARIF result stands at the rule in the policy, and names the image") {
  const json::Value document = Sarif({Denied()});
  const json::Value& location = Results(document)[0].Find("locations")->array()->at(0);
  const json::Value& physical = *location.Find("physicalLocation");
  CHECK(Text(*physical.Find("artifactLocation"), "uri") == "policies/prod.json");
  CHECK(physical.Find("region")->Find("startLine")->unsigned_integer() == 14U);
  const json::Value& logical = location.Find("logicalLocations")->array()->at(0);
  CHECK(Text(logical, "fullyQualifiedName") == "a.example/bad:1@" + Denied().digest->ToString());
  VerdictReport ad_hoc = Denied();
  ad_hoc.verdict.place.clear();
  ad_hoc.digest.reset();
  const json::Value image = SarifLocation(ad_hoc);
  CHECK(Text(*image.Find("physicalLocation")->Find("artifactLocation"), "uri") ==
        "a.example/bad%3A1");
  CHECK(Text(image.Find("logicalLocations")->array()->at(0), "fullyQualifiedName") ==
        "a.example/bad:1");
}

TEST_CASE("paths become URIs that are nothing but paths") {
  CHECK(PathUri("policy.json") == "policy.json");
  CHECK(PathUri("./a/../policies/p.json") == "policies/p.json");
  CHECK(PathUri("../p.json") == "../p.json");
  CHECK(PathUri("/etc/hallmark/p.json") == "file:///etc/hallmark/p.json");
  CHECK(PathUri("//host/p.json") == "file:///host/p.json");
  CHECK(PathUri("javascript:alert(1)") == "javascript%3Aalert%281%29");
  CHECK(PathUri("a b#c?d%41\"\xC3\xA4.json") == "a%20b%23c%3Fd%2541%22%C3%A4.json");
  CHECK(PathUri("localhost:5000/app:1") == "localhost%3A5000/app%3A1");
  CHECK(PathUri("") == ".");
}

TEST_CASE("fingerprints hold across tags and digests, and tell results of one run apart") {
  VerdictReport later = Denied();
  later.reference = "a.example/bad:2@sha256:" + std::string(64, '0');
  CHECK(SarifFingerprint(later) == SarifFingerprint(Denied()));
  std::vector<VerdictReport> others(6, Denied());
  others[0].reference = "a.example/bad2:1";
  others[1].reference = "a.example:5000/bad:1";
  others[2].platform = oci::Platform{"linux", "arm64", "", ""};
  others[3].verdict.rule = "others";
  others[4].verdict.reason = "unsigned";
  others[5].reference = "oci:bad";
  for (const VerdictReport& other : others) {
    CHECK(SarifFingerprint(other) != SarifFingerprint(Denied()));
  }
  VerdictReport tagged = others[5];
  tagged.reference = "oci:bad:1";
  CHECK(SarifFingerprint(tagged) == SarifFingerprint(others[5]));
  const json::Value document = Sarif({Denied(), Unsigned(), later});
  const std::string first = FingerprintOf(Results(document)[0]);
  const std::string third = FingerprintOf(Results(document)[2]);
  CHECK(first == SarifFingerprint(Denied()) + ":1");
  CHECK(third == SarifFingerprint(Denied()) + ":2");
}

TEST_CASE("a SARIF message has no links and no places to fill in (A109)") {
  VerdictReport report = Denied();
  report.verdict.detail = "by {0} [click](https://evil.example) }";
  const std::string message = MessageOf(Results(Sarif({report}))[0]);
  CHECK(message.find("by {{0}} [click] (https://evil.example) }}") != std::string::npos);
}

TEST_CASE("a reason that the table lacks is told by its id") {
  const json::Value document = Sarif({Report("a.example/x:1", policy::Deny{}, "brand-new")});
  for (const char* name : {"shortDescription", "fullDescription", "help"}) {
    CHECK(Text(*Rules(document)[0].Find(name), "text").starts_with("brand-new"));
  }
}

TEST_CASE("SARIF keeps within the limits of GitHub's code scanning") {
  // 25,000 rules a run, descriptions of 1,024 characters.
  for (const policy::Reason& reason : policy::Reasons()) {
    CHECK(reason.meaning.size() + 1 + reason.remedy.size() <= 1024);
  }
  CHECK(policy::Reasons().size() < 1000);
}

const Element& Suite(const Element& document) { return document.children.at(0); }

TEST_CASE("JUnit: one suite, one test case a verdict, by how it ended") {
  const Element document = ReadXml(Printed({"junit", Detail::kUsual, true}, AllKinds()));
  CHECK(document.name == "testsuites");
  CHECK(document.children.size() == 1);
  const Element& suite = Suite(document);
  CHECK(suite.name == "testsuite");
  CHECK(suite.attributes.at("name") == "hallmark verify");
  for (const Element* each : {&document, &suite}) {
    CHECK(each->attributes.at("tests") == "6");
    CHECK(each->attributes.at("failures") == "2");
    CHECK(each->attributes.at("errors") == "1");
    CHECK(each->attributes.at("skipped") == "2");
    CHECK(each->attributes.at("time") == "0.504");
  }
  const std::vector<std::string> ends = {"", "failure", "failure", "error", "skipped", "skipped"};
  REQUIRE(suite.children.size() == ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Element& test = suite.children[i];
    const VerdictReport report = AllKinds()[i];
    CAPTURE(report.reference);
    CHECK(test.name == "testcase");
    CHECK(test.attributes.at("classname") == "apps");
    CHECK(test.attributes.at("name") == report.reference);
    CHECK(test.attributes.at("time") == "0.084");
    CHECK(test.children.back().name == "system-out");
    CHECK(test.children.back().text.find(report.digest->ToString()) != std::string::npos);
    CHECK(test.children.size() == (ends[i].empty() ? 1 : 2));
    if (!ends[i].empty()) CHECK(test.children.front().name == ends[i]);
  }
}

TEST_CASE("JUnit says why, what would mend it, and all five parts") {
  const Element document = ReadXml(Printed({"junit", Detail::kUsual, true}, {Denied(), Audited()}));
  const Element& failure = Suite(document).children[0].children[0];
  CHECK(failure.attributes.at("type") == "untrusted-signer");
  CHECK(failure.attributes.at("message") == "denied: untrusted-signer: the detail");
  CHECK(failure.text == "fix: the fix");
  const std::string& text = Suite(document).children[0].children[1].text;
  for (const char* part : {"denied a.example/bad:1@", "\n  rule     apps (policies/prod.json:14)",
                           "\n  found ", "\n  asked ", "\n  fix      the fix\n"}) {
    CHECK(text.find(part) != std::string::npos);
  }
  const Element& skipped = Suite(document).children[1].children[0];
  CHECK(skipped.attributes.at("message") == "allowed (not verified): audited: the detail");
  CHECK(Suite(document).children[1].children[1].text.find("loosened mode warn") !=
        std::string::npos);
}

TEST_CASE("JUnit: nobody's text is markup, and every character is one of XML (A109)") {
  VerdictReport report = Denied();
  report.reference = "a.example/<app>&\"x\"]]>:1";
  report.verdict.rule = "r\"/><testcase name='forged'>";
  report.verdict.detail = "\x1b[31mred\x01 \xff\xfe\xEF\xBF\xBE & <b>";
  report.verdict.fix = "</failure> ]]> a\r\nb\tc";
  const std::string xml = Printed({"junit", Detail::kUsual, true}, {report});
  const Element document = ReadXml(xml);
  REQUIRE(Suite(document).children.size() == 1);
  const Element& test = Suite(document).children[0];
  CHECK(test.attributes.at("name") == report.reference);
  CHECK(test.attributes.at("classname") == report.verdict.rule);
  CHECK(test.children[0].text == "fix: " + report.verdict.fix);
  const std::string lost = "\xEF\xBF\xBD";
  CHECK(test.children[0].attributes.at("message") == "denied: untrusted-signer: " + lost +
                                                         "[31mred" + lost + " " + lost + lost +
                                                         lost + " & <b>");
}

TEST_CASE("JUnit of nothing is a suite of nothing") {
  const Element document = ReadXml(Printed({"junit", Detail::kUsual, true}, {}));
  CHECK(Suite(document).children.empty());
  CHECK(document.attributes.at("tests") == "0");
}

TEST_CASE("every byte and every pair with markup can be text of XML") {
  for (int byte = 0; byte < 256; ++byte) {
    for (const std::string& around : {std::string(), std::string("<"), std::string("]]>"),
                                      std::string("&amp;"), std::string("\xC3\xA4")}) {
      const std::string text = around + static_cast<char>(byte) + around;
      const Element element =
          ReadXml("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=" + XmlQuoted(text) + ">" +
                  XmlText(text) + "</a>");
      CHECK(element.attributes.at("b") == element.text);
      const bool is_char =
          byte == '\t' || byte == '\n' || byte == '\r' || (byte >= 32 && byte < 128);
      CHECK((element.text == text) == is_char);
    }
  }
}

TEST_CASE("what is not well formed is seen by the reader of these tests") {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  CHECK(ReadXml(head + "<a b=\"1\"><c/>t&lt;</a>").text == "t<");
  for (const char* bad :
       {"", "<a>", "<a></b>", "<a b=\"1\" b=\"2\"/>", "<a b=1/>", "<a>&x;</a>", "<a>></a>",
        "<a b=\"<\"/>", "<a/><b/>", "<a>\x01</a>", "<a>\xff</a>", "<a b=\"1\"c=\"2\"/>"}) {
    CAPTURE(bad);
    CHECK_THROWS(ReadXml(head + bad));
  }
}

}  // namespace
}  // namespace hallmark::cli
