#include "tools/common/passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "hallmark/base/printable.h"
#include "hallmark/keys/file/key_file.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxPassphrase = 4096;
constexpr std::uint8_t kControlC = 3;  // signals are off while the echo is

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

Secret FirstBytes(const Secret& source, std::size_t count) {
  Secret part(count);
  std::copy_n(source.ExposeSecret().begin(), count, part.ExposeSecretForWriting().begin());
  return part;
}

Secret FirstLine(const Secret& text) {
  const ByteView bytes = text.ExposeSecret();
  const auto end = std::find(bytes.begin(), bytes.end(), std::uint8_t{'\n'});
  auto length = static_cast<std::size_t>(end - bytes.begin());
  if (length > 0 && bytes[length - 1] == '\r') --length;
  return FirstBytes(text, length);
}

bool AreEqual(const Secret& one, const Secret& other) {
  const ByteView a = one.ExposeSecret();
  const ByteView b = other.ExposeSecret();
  return std::equal(a.begin(), a.end(), b.begin(), b.end());  // both were just typed by one person
}

// The terminal with the echo off for as long as the object lives.
class SilentTerminal {
 public:
  SilentTerminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    is_open_ = ::tcsetattr(fd_, TCSAFLUSH, &silent) == 0;
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;
  ~SilentTerminal() {
    if (is_open_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
    if (fd_ >= 0) ::close(fd_);
  }

  bool is_open() const { return is_open_; }
  int fd() const { return fd_; }
  void Say(std::string_view text) const {
    if (::write(fd_, text.data(), text.size()) < 0) return;  // then nobody sees the question
  }

 private:
  int fd_;
  termios before_{};
  bool is_open_ = false;
};

Result<Secret> AskOnTerminal(std::string_view prompt) {
  const SilentTerminal terminal;
  if (!terminal.is_open()) {
    return Config(std::string(prompt) +
                  ": no terminal to ask for the passphrase; set HALLMARK_PASSWORD_FILE or "
                  "HALLMARK_PASSWORD");
  }
  terminal.Say(std::string(prompt) + ": ");
  Result<Secret> answer = ReadSecretLine(terminal.fd(), "the passphrase");
  terminal.Say("\n");
  if (!answer.ok()) return answer;
  const ByteView bytes = answer.value().ExposeSecret();
  if (std::find(bytes.begin(), bytes.end(), kControlC) != bytes.end()) {
    return Config("no passphrase was given");
  }
  return answer;
}

}  // namespace

Secret ToSecret(std::string_view text) {
  Secret secret(text.size());
  std::copy(text.begin(), text.end(), secret.ExposeSecretForWriting().begin());
  return secret;
}

Result<Secret> ReadSecretLine(int fd, std::string_view what) {
  Secret line(kMaxPassphrase);
  const std::span<std::uint8_t> room = line.ExposeSecretForWriting();
  std::size_t used = 0;
  while (used < room.size()) {
    const ssize_t got = ::read(fd, &room[used], 1);  // no more than the line is taken from the pipe
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Config(std::string(what) + " could not be read");
    if (got == 0 || room[used] == '\n') {
      if (used > 0 && room[used - 1] == '\r') --used;
      return FirstBytes(line, used);
    }
    ++used;
  }
  return Config(std::string(what) + " is longer than 4096 bytes");
}

Result<std::optional<Secret>> Passphrases::FromEnvironment() const {
  if (const char* text = environment_.Find("HALLMARK_PASSWORD")) {
    return std::optional<Secret>(ToSecret(text));
  }
  if (const std::optional<std::string> path = environment_.Text("HALLMARK_PASSWORD_FILE")) {
    Result<Secret> text = keys::ReadKeyFile(*path);
    if (!text.ok()) return std::move(text).error().While("HALLMARK_PASSWORD_FILE");
    return std::optional<Secret>(FirstLine(text.value()));
  }
  if (const char* text = environment_.Find("COSIGN_PASSWORD")) {
    return std::optional<Secret>(ToSecret(text));
  }
  return std::optional<Secret>();
}

Result<Secret> Passphrases::Ask(std::string_view prompt) {
  HALLMARK_ASSIGN(std::optional<Secret> given, FromEnvironment());
  if (given) return std::move(*given);
  return AskOnTerminal(prompt);
}

Result<Secret> Passphrases::AskNew(std::string_view prompt) {
  HALLMARK_ASSIGN(std::optional<Secret> given, FromEnvironment());
  if (given) return std::move(*given);
  HALLMARK_ASSIGN(Secret first, AskOnTerminal(prompt));
  HALLMARK_ASSIGN(const Secret second, AskOnTerminal("the same again"));
  if (!AreEqual(first, second)) return Config("the two passphrases differ; nothing was written");
  return first;
}

}  // namespace hallmark::cli
