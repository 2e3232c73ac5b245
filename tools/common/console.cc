#include "tools/common/console.h"

#include <unistd.h>

#include <cerrno>

namespace hallmark::cli {
namespace {

constexpr std::size_t kFlushAt = std::size_t{32} * 1024;

bool WantsColor(const Environment& environment) {
  if (environment.Text("NO_COLOR")) return false;
  const std::optional<std::string> terminal = environment.Text("TERM");
  return terminal && *terminal != "dumb" && ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace

Console::Console(const Environment& environment)
    : color_(WantsColor(environment)), err_is_terminal_(::isatty(STDERR_FILENO) == 1) {}

bool Console::WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

void Console::ClearProgress() {
  if (progress_shown_) WriteAll(STDERR_FILENO, "\r\x1b[K");
  progress_shown_ = false;
}

void Console::Out(std::string_view text) {
  const std::lock_guard lock(mutex_);
  pending_ += text;
  if (pending_.size() < kFlushAt) return;
  ClearProgress();
  if (!WriteAll(STDOUT_FILENO, pending_)) failed_ = true;
  pending_.clear();
}

void Console::Err(std::string_view line) {
  const std::lock_guard lock(mutex_);
  ClearProgress();
  WriteAll(STDERR_FILENO, "hallmark: " + std::string(line) + "\n");
}

void Console::ErrRaw(std::string_view text) {
  const std::lock_guard lock(mutex_);
  ClearProgress();
  WriteAll(STDERR_FILENO, text);
}

void Console::Note(std::string_view line) {
  if (!quiet_) Err(line);
}

void Console::Progress(std::string_view line) {
  if (quiet_ || !err_is_terminal_) return;
  const std::lock_guard lock(mutex_);
  WriteAll(STDERR_FILENO, "\r\x1b[K" + std::string(line));
  progress_shown_ = true;
}

std::string Console::Paint(std::string_view text, Color color) const {
  if (!color_) return std::string(text);
  return "\x1b[" + std::to_string(static_cast<int>(color)) + "m" + std::string(text) + "\x1b[0m";
}

bool Console::Flush() {
  const std::lock_guard lock(mutex_);
  ClearProgress();
  if (!pending_.empty() && !WriteAll(STDOUT_FILENO, pending_)) failed_ = true;
  pending_.clear();
  return !failed_;
}

}  // namespace hallmark::cli
