#include "hallmark/net/internal/answer.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "hallmark/net/limits.h"

namespace hallmark::net {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string_view WithoutLineBreak(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The announced length; saturates, so that an absurd one is over every limit. nullopt: no digits.
std::optional<std::uint64_t> ReadLength(std::string_view text) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error == std::errc::result_out_of_range) return UINT64_MAX;
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

}  // namespace

const std::string* Response::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (SameName(key, name)) return &value;
  }
  return nullptr;
}

bool Answer::Refuse(ErrorCode code, std::string_view why) {
  if (!refusal_) refusal_.emplace(code, std::string(why));
  return false;
}

bool Answer::TakeHeaderLine(std::string_view untrusted_line) {
  header_bytes_ += untrusted_line.size();
  ++header_lines_;
  if (header_bytes_ > kMaxHeaderBytes || header_lines_ > kMaxHeaders) {
    return Refuse(ErrorCode::kLimit, "the answer's headers are over 64 KiB or 256 lines");
  }
  const std::string_view line = WithoutLineBreak(untrusted_line);
  if (line.starts_with("HTTP/")) return StartOver(line);
  if (headers_ended_) return true;  // a trailer
  return line.empty() ? EndHeaders() : TakeField(line);
}

bool Answer::StartOver(std::string_view status_line) {
  const std::string_view status =
      Trim(status_line.substr(std::min(status_line.find(' '), status_line.size())));
  bodiless_ = status.starts_with('1') || status.starts_with("204") || status.starts_with("304");
  headers_ended_ = false;
  response_ = Response();
  return true;
}

bool Answer::TakeField(std::string_view line) {
  const std::size_t colon = line.find(':');
  // A line that starts blank continues the one before (RFC 9112 section 5.2); servers must not.
  if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' ||
      line.front() == '\t') {
    return Refuse(ErrorCode::kProtocol, "the answer has a header line that is none");
  }
  response_.headers.emplace_back(Trim(line.substr(0, colon)), Trim(line.substr(colon + 1)));
  return true;
}

bool Answer::EndHeaders() {
  headers_ended_ = true;
  if (to_head_ || bodiless_) return true;
  const std::string* announced = response_.Header("Content-Length");
  if (announced == nullptr) return true;
  const std::optional<std::uint64_t> length = ReadLength(*announced);
  if (!length) return Refuse(ErrorCode::kProtocol, "the answer's Content-Length is no number");
  if (*length > max_body_bytes_) {
    return Refuse(ErrorCode::kLimit, "the answer announces " + std::to_string(*length) +
                                         " bytes, " + std::to_string(max_body_bytes_) +
                                         " are allowed");
  }
  response_.body.reserve(static_cast<std::size_t>(*length));
  return true;
}

bool Answer::TakeBody(ByteView untrusted_bytes) {
  if (untrusted_bytes.size() > max_body_bytes_ - response_.body.size()) {
    return Refuse(ErrorCode::kLimit,
                  "the answer is over " + std::to_string(max_body_bytes_) + " bytes");
  }
  response_.body.insert(response_.body.end(), untrusted_bytes.begin(), untrusted_bytes.end());
  return true;
}

Response Answer::Finish(int status) && {
  response_.status = status;
  return std::move(response_);
}

}  // namespace hallmark::net
