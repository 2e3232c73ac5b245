#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_PROGRAM_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_PROGRAM_H_

#include <signal.h>

#include <string>

// What servers need that are programs of their own.
namespace hallmark::test {

// By rename, so that a reader never sees half of it. Throws std::runtime_error.
void WriteWholeFile(const std::string& path, const std::string& text);

// SIGINT and SIGTERM, which end a server in good order. Made before any thread is there to take
// them.
class EndSignals {
 public:
  EndSignals();
  void Wait() const;

 private:
  sigset_t signals_{};
};

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_PROGRAM_H_
