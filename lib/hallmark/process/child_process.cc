#include "hallmark/process/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <span>
#include <utility>

namespace hallmark::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPollEvery{20};  // how soon a stop request is noticed
constexpr milliseconds kReapEvery{2};

class File {
 public:
  explicit File(int number = -1) : number_(number) {}
  ~File() { Close(); }
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int number() const { return number_; }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

struct Ends {
  File ours;
  File theirs;
};

Error SystemError(const char* doing) {
  return Error(ErrorCode::kStorage, std::string(doing) + ": " + std::strerror(errno));
}

// Sockets and not pipes: writing to a child that is gone must not raise SIGPIPE.
Result<Ends> Connected() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return SystemError("socketpair");
  }
  return Ends{File(ends[0]), File(ends[1])};
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  // posix_spawn takes char* for history's sake and changes nothing.
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

class SpawnSettings {
 public:
  SpawnSettings(int input, int output, int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    // Ours close by themselves; these are what we were started with.
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

milliseconds TimeLeft(const Context& context) {
  return std::chrono::duration_cast<milliseconds>(context.deadline - steady_clock::now());
}

bool HasEnded(const Context& context) {
  return TimeLeft(context) <= milliseconds(0) || context.stop.stop_requested();
}

Error TooLate() { return {ErrorCode::kTimeout, "the deadline passed"}; }

// A child that was started; killed with its group unless it was waited for.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  ~Child() {
    if (id_ <= 0) return;
    kill(-id_, SIGKILL);
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The exit status, -1 for a signal.
  Result<int> Reap(const Context& context) {
    int status = 0;
    while (true) {
      const pid_t ended = waitpid(id_, &status, WNOHANG);
      if (ended < 0 && errno != EINTR) return SystemError("waitpid");
      if (ended == id_) break;
      if (HasEnded(context)) return TooLate();
      poll(nullptr, 0, static_cast<int>(kReapEvery.count()));
    }
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_;
};

Result<pid_t> Spawn(const Program& program, int input, int output, int errors) {
  std::vector<std::string> arguments = {program.file};
  arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
  const SpawnSettings settings(input, output, errors);
  pid_t id = 0;
  const int failure =
      posix_spawn(&id, program.file.c_str(), settings.actions(), settings.attributes(),
                  Pointers(arguments).data(), Pointers(program.environment).data());
  errno = failure;
  if (failure != 0) return SystemError("start");
  return id;
}

// Feeds a child and listens to it, until it has closed both of its outputs.
class Exchange {
 public:
  Exchange(const Program& program, File input, File output, File errors)
      : rest_(AsBytes(program.input)),
        max_errors_(program.max_errors),
        room_(program.max_output + 1),
        input_(std::move(input)),
        output_(std::move(output)),
        errors_(std::move(errors)) {}

  Result<Done> Finish(const Context& context) {
    if (rest_.empty()) input_.Close();
    while (output_.number() >= 0 || errors_.number() >= 0) {
      if (HasEnded(context)) return TooLate();
      // poll leaves out what is closed: its number is negative.
      std::array<pollfd, 3> files = {{{input_.number(), POLLOUT, 0},
                                      {output_.number(), POLLIN, 0},
                                      {errors_.number(), POLLIN, 0}}};
      const auto wait = std::min(TimeLeft(context) + milliseconds(1), kPollEvery);
      const int ready = poll(files.data(), files.size(), static_cast<int>(wait.count()));
      if (ready < 0 && errno != EINTR) return SystemError("poll");
      if (ready <= 0) continue;
      if (files[0].revents != 0) Feed();
      if (files[1].revents != 0) HALLMARK_RETURN_IF_ERROR(TakeOutput());
      if (files[2].revents != 0) HALLMARK_RETURN_IF_ERROR(TakeErrors());
    }
    return Done();
  }

  Secret TakeAll() { return Secret::TakeAndWipe(room_.ExposeSecretForWriting().first(used_)); }
  std::string& errors() { return errors_text_; }

 private:
  // A child that does not read its input may still answer; only its answer counts.
  void Feed() {
    const ssize_t sent =
        send(input_.number(), rest_.data(), rest_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) return;
    rest_ = rest_.subspan(sent < 0 ? rest_.size() : static_cast<std::size_t>(sent));
    if (rest_.empty()) input_.Close();
  }

  Result<Done> TakeOutput() {
    const std::span<std::uint8_t> room = room_.ExposeSecretForWriting().subspan(used_);
    HALLMARK_ASSIGN(const std::size_t got, ReadSome(output_, room));
    used_ += got;
    if (used_ < room_.size()) return Done();
    return Error(ErrorCode::kLimit, "writes more than it may");
  }

  Result<Done> TakeErrors() {
    std::array<std::uint8_t, 4096> room;
    HALLMARK_ASSIGN(const std::size_t got, ReadSome(errors_, room));
    const std::size_t kept = std::min(got, max_errors_ - errors_text_.size());
    errors_text_.append(AsText(ByteView(room).first(kept)));
    return Done();
  }

  // Closes the file at its end.
  static Result<std::size_t> ReadSome(File& file, std::span<std::uint8_t> room) {
    const ssize_t got = read(file.number(), room.data(), room.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return std::size_t{0};
    if (got < 0 && errno != ECONNRESET) return SystemError("read");
    if (got <= 0) file.Close();
    return static_cast<std::size_t>(std::max<ssize_t>(got, 0));
  }

  ByteView rest_;
  std::size_t max_errors_;
  Secret room_;
  std::size_t used_ = 0;
  std::string errors_text_;
  File input_;
  File output_;
  File errors_;
};

}  // namespace

Result<Finished> Run(const Context& context, const Program& program) {
  HALLMARK_ASSIGN(Ends input, Connected());
  HALLMARK_ASSIGN(Ends output, Connected());
  HALLMARK_ASSIGN(Ends errors, Connected());
  HALLMARK_ASSIGN(const pid_t id, Spawn(program, input.theirs.number(), output.theirs.number(),
                                        errors.theirs.number()));
  Child child(id);
  for (Ends* ends : {&input, &output, &errors}) ends->theirs.Close();
  Exchange exchange(program, std::move(input.ours), std::move(output.ours), std::move(errors.ours));
  HALLMARK_RETURN_IF_ERROR(exchange.Finish(context));
  HALLMARK_ASSIGN(const int status, child.Reap(context));
  return Finished{status, exchange.TakeAll(), std::move(exchange.errors())};
}

}  // namespace hallmark::process
