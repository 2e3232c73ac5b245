#include "tests/support/registry/program.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace hallmark::test {

void WriteWholeFile(const std::string& path, const std::string& text) {
  const std::string draft = path + ".new";
  std::ofstream(draft) << text;
  if (std::rename(draft.c_str(), path.c_str()) != 0) {
    throw std::runtime_error("cannot write " + path);
  }
}

EndSignals::EndSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void EndSignals::Wait() const {
  int received = 0;
  sigwait(&signals_, &received);
}

}  // namespace hallmark::test
