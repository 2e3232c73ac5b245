#ifndef HALLMARK_TOOLS_COMMON_CONSOLE_H_
#define HALLMARK_TOOLS_COMMON_CONSOLE_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "tools/common/environment.h"

namespace hallmark::cli {

enum class Color : std::uint8_t { kGreen = 32, kRed = 31, kYellow = 33 };

// stdout and stderr of the process. Results go to Out, everything else to Err. What could not be
// written is remembered: a caller never reports success for a result that nobody got (A108).
// Text must have gone through Printable where a stranger wrote it. Safe for several threads.
class Console {
 public:
  explicit Console(const Environment& environment);

  void BeQuiet() { quiet_ = true; }
  void BePlain() { color_ = false; }  // no colours: the results are for a program

  void Out(std::string_view text);       // kept until Flush or 32 KiB
  void Err(std::string_view line);       // "hallmark: LINE\n"
  void ErrRaw(std::string_view text);    // as it stands
  void Note(std::string_view line);      // as Err, unless quiet
  void Progress(std::string_view line);  // replaces the last one; only on a terminal, not quiet

  // `text` in colour when stdout is a terminal and NO_COLOR is not set.
  std::string Paint(std::string_view text, Color color) const;

  // False when any part of the results could not be written, now or before.
  bool Flush();

 private:
  bool WriteAll(int fd, std::string_view text);
  void ClearProgress();

  std::mutex mutex_;
  std::string pending_;
  bool failed_ = false;
  bool quiet_ = false;
  bool color_ = false;
  bool err_is_terminal_ = false;
  bool progress_shown_ = false;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_CONSOLE_H_
