#include "tests/support/registry/http.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace hallmark::test {
namespace {

const char* Phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 401:
      return "Unauthorized";
    case 404:
      return "Not Found";
    case 412:
      return "Precondition Failed";
    case 429:
      return "Too Many Requests";
    default:
      return "Status";
  }
}

char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

template <class Lines>
const std::string* FirstOf(const Lines& lines, std::string_view name) {
  for (const auto& [key, value] : lines) {
    if (SameName(key, name)) return &value;
  }
  return nullptr;
}

}  // namespace

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string UrlDecode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const std::string hex(text.substr(i + 1, 2));
      out += static_cast<char>(std::strtol(hex.c_str(), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::vector<std::string> FormValues(std::string_view form, std::string_view name) {
  std::vector<std::string> values;
  while (!form.empty()) {
    const std::string_view pair = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(form.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (UrlDecode(pair.substr(0, equals)) != name) continue;
    values.push_back(UrlDecode(pair.substr(std::min(pair.size(), equals + 1))));
  }
  return values;
}

const std::string* HttpRequest::Header(std::string_view name) const {
  return FirstOf(headers, name);
}

std::vector<std::string> HttpRequest::Params(std::string_view name) const {
  return FormValues(query, name);
}

std::string HttpRequest::Param(std::string_view name) const {
  const std::vector<std::string> values = Params(name);
  return values.empty() ? std::string() : values.front();
}

void HttpResponse::Set(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const auto& line) { return SameName(line.first, name); });
  headers.emplace_back(name, std::move(value));
}

std::string HeadText(const HttpResponse& response) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " + Phrase(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers) head += name + ": " + value + "\r\n";
  return head + "\r\n";
}

const std::string* RequestRecord::Header(std::string_view name) const {
  return FirstOf(headers, name);
}

std::vector<std::string> RequestRecord::HeaderAll(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers) {
    if (SameName(key, name)) values.push_back(value);
  }
  return values;
}

}  // namespace hallmark::test
