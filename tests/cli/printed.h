#ifndef HALLMARK_TESTS_CLI_PRINTED_H_
#define HALLMARK_TESTS_CLI_PRINTED_H_

#include <string>
#include <vector>

#include "tools/common/verdict_output.h"

namespace hallmark::cli::testing {

// What stdout gets from these verdicts, in a process of its own.
std::string Printed(const OutputStyle& style, const std::vector<policy::VerdictReport>& reports);

}  // namespace hallmark::cli::testing

#endif  // HALLMARK_TESTS_CLI_PRINTED_H_
