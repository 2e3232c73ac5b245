#ifndef HALLMARK_TOOLS_COMMON_LAST_WORDS_H_
#define HALLMARK_TOOLS_COMMON_LAST_WORDS_H_

namespace hallmark::cli {

// From now on an exception that nobody catches is said on stderr as a bug and ends the process with
// exit code 5, and so does abort(), whose caller has said why. What was not flushed is lost.
void EndBugsWithFive();

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_LAST_WORDS_H_
