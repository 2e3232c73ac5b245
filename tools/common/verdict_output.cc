#include "tools/common/verdict_output.h"

#include "hallmark/base/check.h"
#include "hallmark/encoding/json.h"

namespace hallmark::cli {
namespace {

class TextOutput final : public VerdictOutput {
 public:
  TextOutput(Detail detail, Console& console) : detail_(detail), console_(console) {}
  void Add(const policy::VerdictReport& report) override {
    console_.Out(VerdictText(report, detail_, console_));
  }
  void End() override {}

 private:
  Detail detail_;
  Console& console_;
};

class JsonLinesOutput final : public VerdictOutput {
 public:
  explicit JsonLinesOutput(Console& console) : console_(console) {}
  void Add(const policy::VerdictReport& report) override {
    console_.Out(json::ToText(policy::ToJson(report)) + "\n");
    console_.Flush();  // a failure is remembered, and told by the last Flush
  }
  void End() override {}

 private:
  Console& console_;
};

class JsonOutput final : public VerdictOutput {
 public:
  JsonOutput(bool one_document, Console& console)
      : one_document_(one_document), console_(console) {}
  void Add(const policy::VerdictReport& report) override {
    documents_.push_back(policy::ToJson(report));
  }
  void End() override {
    const bool is_one = one_document_ && documents_.size() == 1;
    console_.Out(json::ToIndentedText(is_one ? documents_.front()
                                             : json::Value::Array(std::move(documents_))));
  }

 private:
  bool one_document_;
  std::vector<json::Value> documents_;
  Console& console_;
};

}  // namespace

std::unique_ptr<VerdictOutput> MakeVerdictOutput(const OutputStyle& style, Console& console) {
  if (style.format == "json") return std::make_unique<JsonOutput>(style.one_document, console);
  if (style.format == "jsonl") return std::make_unique<JsonLinesOutput>(console);
  if (style.format == "sarif") return MakeSarifOutput(console);
  if (style.format == "junit") return MakeJUnitOutput(style.detail, console);
  HALLMARK_CHECK(style.format == "text");
  return std::make_unique<TextOutput>(style.detail, console);
}

}  // namespace hallmark::cli
