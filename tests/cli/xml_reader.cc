#include "tests/cli/xml_reader.h"

#include <cctype>
#include <stdexcept>
#include <utility>

#include "hallmark/base/utf8.h"

namespace hallmark::cli::testing {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) { CheckCharacters(); }

  Element Document() {
    Expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    SkipBlanks();
    Expect("<");
    Element root = ReadElement();
    SkipBlanks();
    if (!rest_.empty()) Fail("text after the document");
    return root;
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw std::runtime_error(what + " at: " + std::string(rest_.substr(0, 40)));
  }

  void CheckCharacters() const {
    for (std::string_view left = rest_; !left.empty();) {
      const auto point = DecodeUtf8(left);
      if (!point) Fail("no UTF-8");
      const char32_t value = point->value;
      const bool is_blank = value == '\t' || value == '\n';
      if ((value < 0x20 && !is_blank) || value == 0xFFFE || value == 0xFFFF) Fail("no character");
      left.remove_prefix(point->length);
    }
  }

  bool Takes(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }

  void Expect(std::string_view wanted) {
    if (!Takes(wanted)) Fail("want " + std::string(wanted));
  }

  char Next() {
    if (rest_.empty()) Fail("the end");
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  void SkipBlanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n')) Next();
  }

  std::string Name() {
    std::string name;
    while (!rest_.empty() &&
           (std::isalnum(static_cast<unsigned char>(rest_.front())) != 0 || rest_.front() == '-')) {
      name += Next();
    }
    if (name.empty()) Fail("want a name");
    return name;
  }

  std::string Reference() {
    for (const auto& [reference, text] : {std::pair("amp;", "&"),
                                          {"lt;", "<"},
                                          {"gt;", ">"},
                                          {"quot;", "\""},
                                          {"#9;", "\t"},
                                          {"#10;", "\n"},
                                          {"#13;", "\r"}}) {
      if (Takes(reference)) return text;
    }
    Fail("no such reference");
  }

  // Up to, not including, `end`.
  std::string Text(char end) {
    std::string text;
    while (!rest_.empty() && rest_.front() != end) {
      const char c = Next();
      if (c == '<' || c == '>') Fail("stray markup");
      text += c == '&' ? Reference() : std::string(1, c);
    }
    return text;
  }

  void ReadAttribute(Element& element) {
    if (!std::exchange(blank_before_, false)) Fail("no blank before an attribute");
    const std::string name = Name();
    Expect("=\"");
    if (!element.attributes.emplace(name, Text('"')).second) Fail("twice: " + name);
    Expect("\"");
  }

  // After its '<'.
  Element ReadElement() {
    Element element;
    element.name = Name();
    while (true) {
      const std::size_t before = rest_.size();
      SkipBlanks();
      blank_before_ = rest_.size() != before;
      if (Takes("/>")) return element;
      if (Takes(">")) break;
      ReadAttribute(element);
    }
    while (true) {
      element.text += Text('<');
      if (Takes("</")) break;
      Expect("<");
      element.children.push_back(ReadElement());
    }
    Expect(element.name + ">");
    return element;
  }

  std::string_view rest_;
  bool blank_before_ = false;
};

}  // namespace

Element ReadXml(std::string_view text) { return Reader(text).Document(); }

}  // namespace hallmark::cli::testing
