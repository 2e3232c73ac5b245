#ifndef HALLMARK_PROCESS_CHILD_PROCESS_H_
#define HALLMARK_PROCESS_CHILD_PROCESS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

// Other people's programs (credential helpers, signing plugins), run once each: a fixed input, a
// bounded output, a deadline, and no more of our surroundings than they are given.
namespace hallmark::process {

// A program to run once. Everything it sees is here: no descriptor but its three is passed on.
struct Program {
  std::string file;  // absolute
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  std::string input;           // of any size; a child need not read it
  std::size_t max_output = 0;  // more is kLimit
  std::size_t max_errors = 0;  // how much of standard error is kept; the rest is read and dropped
};

struct Finished {
  int exit_status = -1;  // -1: ended by a signal
  Secret output;         // standard output
  std::string errors;    // the start of standard error
};

// Runs a program in a process group of its own and waits for its end. kTimeout when the context
// ends first, kLimit for too much output; the group is killed then. kStorage when it cannot be
// started.
Result<Finished> Run(const Context&, const Program& program);

}  // namespace hallmark::process

#endif  // HALLMARK_PROCESS_CHILD_PROCESS_H_
