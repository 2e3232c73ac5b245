// hallmark-measure: runs a command and writes what it cost, "PEAK_KIB CPU_US WALL_US", to a file.
// Ends as the command ended: with its exit code, or 128 and the number of the signal. The system
// counts what a process had before exec as its own, so whoever measures must be small: this is.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

constexpr int kCannot = 125;

long MicrosecondsOf(const timeval& time) { return time.tv_sec * 1000000L + time.tv_usec; }

bool Write(const char* file, const rusage& used, std::chrono::microseconds wall) {
  std::FILE* out = std::fopen(file, "we");
  if (out == nullptr) return false;
  const bool written = std::fprintf(out, "%ld %ld %ld\n", used.ru_maxrss,
                                    MicrosecondsOf(used.ru_utime) + MicrosecondsOf(used.ru_stime),
                                    static_cast<long>(wall.count())) > 0;
  return std::fclose(out) == 0 && written;
}

int Measure(const char* file, char** command) {
  const auto began = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child < 0) return kCannot;
  if (child == 0) {
    ::execvp(command[0], command);
    std::perror(command[0]);
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  while (::wait4(child, &status, 0, &used) < 0) {
  }
  const auto wall = std::chrono::steady_clock::now() - began;
  if (!Write(file, used, std::chrono::duration_cast<std::chrono::microseconds>(wall))) {
    return kCannot;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: hallmark-measure FILE COMMAND [ARGUMENT...]\n");
    return kCannot;
  }
  return Measure(argv[1], argv + 2);
}
