#include <iostream>
#include <string>

#include "tests/conformance/client.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << hallmark::conformance::AnswerLine(line) << std::endl;  // flushed, as agreed
  }
  return 0;
}
