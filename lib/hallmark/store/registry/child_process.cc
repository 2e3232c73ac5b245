#include "hallmark/store/registry/internal/child_process.h"

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

#include "hallmark/store/registry/internal/retry_after.h"

namespace hallmark::store::registry {
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
  // posix_spawn takes char* for history's sake and changes nothing.
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

class SpawnSettings {
 public:
  SpawnSettings(int input, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
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
      HALLMARK_RETURN_IF_ERROR(Wait(context, kReapEvery));
    }
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t id_;
};

Result<pid_t> Spawn(const Program& program, int input, int output) {
  std::vector<std::string> arguments = {program.file};
  arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
  const SpawnSettings settings(input, output);
  pid_t id = 0;
  const int failure =
      posix_spawn(&id, program.file.c_str(), settings.actions(), settings.attributes(),
                  Pointers(arguments).data(), Pointers(program.environment).data());
  errno = failure;
  if (failure != 0) return SystemError("start");
  return id;
}

milliseconds TimeLeft(const Context& context) {
  return std::chrono::duration_cast<milliseconds>(context.deadline - steady_clock::now());
}

// Waits until `file` can be read or has ended.
Result<Done> Readable(const Context& context, int file) {
  while (true) {
    const milliseconds left = TimeLeft(context);
    if (left <= milliseconds(0) || context.stop.stop_requested()) {
      return Error(ErrorCode::kTimeout, "the deadline passed");
    }
    pollfd wanted{file, POLLIN, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(std::min(left, kPollEvery).count()));
    if (ready > 0) return Done{};
    if (ready < 0 && errno != EINTR) return SystemError("poll");
  }
}

// Reads to the end, into guarded memory only.
Result<Secret> ReadAll(const Context& context, int file, std::size_t max) {
  Secret buffer(max + 1);
  std::size_t size = 0;
  while (true) {
    HALLMARK_RETURN_IF_ERROR(Readable(context, file));
    const std::span<std::uint8_t> room = buffer.ExposeSecretForWriting().subspan(size);
    const ssize_t got = read(file, room.data(), room.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return SystemError("read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > max) return Error(ErrorCode::kLimit, "writes more than it may");
  }
  return Secret::TakeAndWipe(buffer.ExposeSecretForWriting().first(size));
}

}  // namespace

Result<Finished> Run(const Context& context, const Program& program) {
  HALLMARK_ASSIGN(Ends input, Connected());
  HALLMARK_ASSIGN(Ends output, Connected());
  HALLMARK_ASSIGN(const pid_t id, Spawn(program, input.theirs.number(), output.theirs.number()));
  Child child(id);
  input.theirs.Close();
  output.theirs.Close();
  // A child that does not read its input may still answer; only its answer counts.
  [[maybe_unused]] const ssize_t sent = send(input.ours.number(), program.input.data(),
                                             program.input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  input.ours.Close();
  HALLMARK_ASSIGN(Secret text, ReadAll(context, output.ours.number(), program.max_output));
  HALLMARK_ASSIGN(const int status, child.Reap(context));
  return Finished{status, std::move(text)};
}

}  // namespace hallmark::store::registry
