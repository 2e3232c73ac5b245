#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_CHILD_PROCESS_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_CHILD_PROCESS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::store::registry {

// A program to run once. Everything it sees is here: no descriptor but its three is passed on.
struct Program {
  std::string file;  // absolute
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  std::string input;           // at most a few KiB: it has to fit into a socket's buffer
  std::size_t max_output = 0;  // more is kLimit
};

struct Finished {
  int exit_status = -1;  // -1: ended by a signal
  Secret output;         // standard output; standard error is dropped
};

// Runs a program in a process group of its own and waits for its end. kTimeout when the context
// ends first, kLimit for too much output; the group is killed then. kStorage when it cannot be
// started.
Result<Finished> Run(const Context&, const Program& program);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_CHILD_PROCESS_H_
