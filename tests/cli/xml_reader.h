#ifndef HALLMARK_TESTS_CLI_XML_READER_H_
#define HALLMARK_TESTS_CLI_XML_READER_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::cli::testing {

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::vector<Element> children;
  std::string text;  // its own, without that of children
};

// The part of XML 1.0 that reports are written in: a declaration, elements, attributes in double
// quotes, character data, references. Throws std::runtime_error for everything else, and for what
// is not well formed: characters that are no Char, a stray '<', '>' or '&', an attribute twice.
Element ReadXml(std::string_view text);

}  // namespace hallmark::cli::testing

#endif  // HALLMARK_TESTS_CLI_XML_READER_H_
