#ifndef HALLMARK_TOOLS_COMMON_VERDICT_OUTPUT_H_
#define HALLMARK_TOOLS_COMMON_VERDICT_OUTPUT_H_

#include <memory>
#include <string_view>

#include "tools/common/verdict_text.h"

namespace hallmark::cli {

// Prints verdicts one by one, in the order of the REFs, and then what ends the document.
class VerdictOutput {
 public:
  virtual ~VerdictOutput() = default;
  virtual void Add(const policy::VerdictReport& report) = 0;
  virtual void End() = 0;
};

struct OutputStyle {
  std::string_view format;  // text, json, jsonl, sarif, junit
  Detail detail = Detail::kUsual;
  bool one_document = false;  // json: a single verdict is no array
};

// `console` outlives the output. HALLMARK_CHECKs that the format is one of the five.
std::unique_ptr<VerdictOutput> MakeVerdictOutput(const OutputStyle& style, Console& console);

// SARIF 2.1.0 (OASIS), one result a verdict that is not plainly allowed; written by End.
std::unique_ptr<VerdictOutput> MakeSarifOutput(Console& console);

// JUnit XML as GitLab, Jenkins and GitHub's actions read it, one test case a verdict: failure for
// denied and unsigned, error for unknown, skipped for what was let through unverified; written by
// End. Each holds the text for people, as much of it as `detail` says.
std::unique_ptr<VerdictOutput> MakeJUnitOutput(Detail detail, Console& console);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_VERDICT_OUTPUT_H_
