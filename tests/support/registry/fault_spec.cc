#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

#include "tests/support/registry.h"

// Faults as text, for the command line.
namespace hallmark::test {
namespace {

using Kind = Fault::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 19> kKinds = {{
    {"answer", Kind::kAnswer},
    {"raw", Kind::kRaw},
    {"delay", Kind::kDelay},
    {"drip", Kind::kDrip},
    {"reset", Kind::kReset},
    {"cut", Kind::kCut},
    {"endless", Kind::kEndless},
    {"oversize", Kind::kOversize},
    {"enlarge", Kind::kEnlarge},
    {"wrong-bytes", Kind::kWrongBytes},
    {"redirect", Kind::kRedirect},
    {"link-to", Kind::kLinkTo},
    {"extra-referrers", Kind::kExtraReferrers},
    {"serve-other", Kind::kServeOther},
    {"close-after", Kind::kCloseAfter},
    {"location", Kind::kLocation},
    {"then-answer", Kind::kThenAnswer},
    {"hold", Kind::kHold},
    {"add-headers", Kind::kAddHeaders},
}};

[[noreturn]] void Complain(std::string_view what, std::string_view text) {
  throw std::invalid_argument("fault: " + std::string(what) + ": " + std::string(text));
}

template <class Number>
Number Parse(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) Complain("no number", text);
  return number;
}

Kind ParseKind(std::string_view text) {
  for (const auto& [name, kind] : kKinds) {
    if (name == text) return kind;
  }
  Complain("no such kind", text);
}

std::pair<std::string, std::string> ParseHeader(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) Complain("no header", text);
  std::string_view value = text.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return {std::string(text.substr(0, colon)), std::string(value)};
}

std::string ReadWhole(std::string_view path) {
  std::ifstream file{std::string(path), std::ios::binary};
  if (!file) Complain("cannot read", path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool SetText(Fault& fault, std::string_view name, std::string_view value) {
  const std::array<std::pair<std::string_view, std::string*>, 5> fields = {
      {{"method", &fault.method},
       {"path", &fault.path},
       {"regex", &fault.path_regex},
       {"target", &fault.target},
       {"body", &fault.body}}};
  for (const auto& [field, place] : fields) {
    if (field == name) *place = value;
    if (field == name) return true;
  }
  return false;
}

void Set(Fault& fault, std::string_view name, std::string_view value) {
  if (SetText(fault, name, value)) return;
  if (name == "at") {
    fault.at = Parse<int>(value);
  } else if (name == "times") {
    fault.times = Parse<int>(value);
  } else if (name == "do") {
    fault.kind = ParseKind(value);
  } else if (name == "status") {
    fault.status = Parse<int>(value);
  } else if (name == "header") {
    fault.headers.push_back(ParseHeader(value));
  } else if (name == "body-file") {
    fault.body = ReadWhole(value);
  } else if (name == "size") {
    fault.size = Parse<std::size_t>(value);
  } else if (name == "delay") {
    fault.delay = std::chrono::milliseconds(Parse<int>(value));
  } else {
    Complain("no such name", name);
  }
}

}  // namespace

Fault ParseFault(std::string_view spec) {
  Fault fault;
  while (!spec.empty()) {
    const bool rest = spec.starts_with("body=");
    const std::string_view field = spec.substr(0, rest ? spec.size() : spec.find(';'));
    spec.remove_prefix(std::min(spec.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) Complain("want name=value", field);
    Set(fault, field.substr(0, equals), field.substr(equals + 1));
  }
  return fault;
}

}  // namespace hallmark::test
