#ifndef HALLMARK_BASE_PRINTABLE_H_
#define HALLMARK_BASE_PRINTABLE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace hallmark {

// How much of a foreign text a message shows.
inline constexpr std::size_t kMaxPrintable = 200;

// Untrusted text made safe for one line of a terminal, a log or a message: control characters,
// bytes that are not UTF-8, and the Unicode characters that reorder, hide or join text (bidi
// controls, zero-width characters, line and paragraph separators) become \xNN or \u{NNNN};
// backslash becomes \\. At most `max_bytes` of input are shown; a cut is marked with "...".
// Idempotence is not promised: call it once, where foreign text enters a message.
std::string Printable(std::string_view untrusted_text, std::size_t max_bytes = kMaxPrintable);

}  // namespace hallmark

#endif  // HALLMARK_BASE_PRINTABLE_H_
