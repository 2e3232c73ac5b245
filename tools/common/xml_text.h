#ifndef HALLMARK_TOOLS_COMMON_XML_TEXT_H_
#define HALLMARK_TOOLS_COMMON_XML_TEXT_H_

#include <string>
#include <string_view>

namespace hallmark::cli {

// Any text as character data of XML 1.0 in UTF-8: markup is escaped, and what is no Char of
// section 2.2 (control characters, bytes that are not UTF-8) becomes U+FFFD. Line breaks stay;
// a carriage return is kept as a reference, which a parser does not turn into a line break.
std::string XmlText(std::string_view text);

// The same with quotes around it, for an attribute: tabs and line breaks are references too, since
// a parser makes blanks of them otherwise (section 3.3.3).
std::string XmlQuoted(std::string_view text);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_XML_TEXT_H_
