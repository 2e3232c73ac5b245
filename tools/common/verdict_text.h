#ifndef HALLMARK_TOOLS_COMMON_VERDICT_TEXT_H_
#define HALLMARK_TOOLS_COMMON_VERDICT_TEXT_H_

#include <string>
#include <string_view>

#include "hallmark/policy/verdict_json.h"
#include "tools/common/console.h"

namespace hallmark::cli {

enum class Detail : std::uint8_t {
  kHead = 1,  // one line a verdict
  kUsual,     // allowed: one line; otherwise the five parts
  kExplain,   // the parts always, and every check of every signature
};

// One verdict for people. Five parts, always in this order: what was decided about what and why;
// the rule and what it wants; what was found; what was asked, at which cost; what would mend it.
// "allowed" alone is said of what was verified; what a rule let through unverified says so.
std::string VerdictText(const policy::VerdictReport& report, Detail detail, const Console& console);

// The verdict's word; what was let through without a verification says so: "allowed (not
// verified)".
std::string PlainWord(const policy::Verdict& verdict);

// "registry.example/app:1.4@sha256:9f2c...": as asked, with the whole digest where one is known.
std::string PinnedName(const policy::VerdictReport& report);

// Stands in the detail of a verdict about a REF with a tag and a digest, and as a line in the text.
inline constexpr std::string_view kTagNotAsked =
    "the digest decides; the tag beside it was not looked at";

// "(loosened: mode warn, --plain-http)" for what has one line only; empty when nothing was.
std::string LoosenedNote(const policy::Verdict& verdict);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_VERDICT_TEXT_H_
