#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "tests/support/registry/http.h"

namespace hallmark::test {
namespace {

constexpr std::size_t kMaxHead = std::size_t{128} * 1024;
constexpr std::size_t kMaxBody = std::size_t{256} * 1024 * 1024;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// A TLS ClientHello where HTTP was expected would otherwise wait for a line that never ends.
bool StartsLikeHttp(std::string_view bytes) {
  return !bytes.empty() && bytes.front() >= 'A' && bytes.front() <= 'Z';
}

bool HasNoBody(const HttpRequest& request, int status) {
  return request.method == "HEAD" || status == 204 || status == 304;
}

}  // namespace

Connection::Connection(int fd, std::uint64_t number, SSL_CTX* tls) : fd_(fd), number_(number) {
  if (tls != nullptr) tls_.emplace(tls, fd);
}

bool Connection::Fill() {
  std::array<char, 16384> piece;
  const ssize_t got =
      tls_ ? tls_->Read(piece.data(), piece.size()) : ::recv(fd_, piece.data(), piece.size(), 0);
  if (got <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

bool Connection::TakeLine(std::string& line) {
  std::size_t end = buffer_.find("\r\n");
  while (end == std::string::npos) {
    if (buffer_.size() > kMaxHead || !Fill()) return false;
    end = buffer_.find("\r\n");
  }
  line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return true;
}

bool Connection::TakeBytes(std::size_t count, std::string& into) {
  if (count > kMaxBody || into.size() > kMaxBody) return false;
  while (buffer_.size() < count) {
    if (!Fill()) return false;
  }
  into += buffer_.substr(0, count);
  buffer_.erase(0, count);
  return true;
}

bool Connection::ReadHead(HttpRequest& request) {
  std::string line;
  if (buffer_.empty() && !Fill()) return false;
  if (!StartsLikeHttp(buffer_)) {
    Write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    return false;
  }
  if (!TakeLine(line)) return false;
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string::npos || last <= first) return false;
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  const std::size_t question = std::min(request.target.find('?'), request.target.size());
  request.path = request.target.substr(0, question);
  request.query = request.target.substr(std::min(request.target.size(), question + 1));
  while (TakeLine(line)) {
    if (line.empty()) return true;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || request.headers.size() > 1000) return false;
    request.headers.emplace_back(line.substr(0, colon),
                                 std::string(Trim(std::string_view(line).substr(colon + 1))));
  }
  return false;
}

bool Connection::ReadChunks(HttpRequest& request) {
  std::string line;
  while (TakeLine(line)) {
    const auto size = static_cast<std::size_t>(std::strtoull(line.c_str(), nullptr, 16));
    if (size == 0) break;
    if (!TakeBytes(size, request.body) || !TakeLine(line)) return false;
  }
  while (TakeLine(line)) {  // trailers
    if (line.empty()) return true;
  }
  return false;
}

bool Connection::ReadBody(HttpRequest& request) {
  const std::string* expect = request.Header("Expect");
  if (expect != nullptr && SameName(*expect, "100-continue") &&
      !Write("HTTP/1.1 100 Continue\r\n\r\n")) {
    return false;
  }
  if (request.Header("Transfer-Encoding") != nullptr) return ReadChunks(request);
  const std::string* length = request.Header("Content-Length");
  if (length == nullptr) return true;
  return TakeBytes(static_cast<std::size_t>(std::strtoull(length->c_str(), nullptr, 10)),
                   request.body);
}

bool Connection::Read(HttpRequest& request) { return ReadHead(request) && ReadBody(request); }

bool Connection::Write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent =
        tls_ ? tls_->Write(bytes) : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Connection::Answer(const HttpRequest& request, const HttpResponse& response) const {
  HttpResponse full = response;
  if (response.status != 204 && response.status != 304 &&
      std::none_of(full.headers.begin(), full.headers.end(),
                   [](const auto& line) { return SameName(line.first, "Content-Length"); })) {
    full.Set("Content-Length", std::to_string(response.body.size()));
  }
  std::string bytes = HeadText(full);
  if (!HasNoBody(request, response.status)) bytes += response.body;
  return Write(bytes);
}

void Connection::ResetOnClose() const {
  const linger now{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

void Connection::WakeUp() {
  const std::lock_guard lock(mutex_);
  if (fd_ >= 0) ::shutdown(fd_, SHUT_RDWR);
}

void Connection::Close() {
  const std::lock_guard lock(mutex_);
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

}  // namespace hallmark::test
