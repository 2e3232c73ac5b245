#include "tests/support/registry/faults.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace hallmark::test {
namespace {

using Kind = Fault::Kind;

constexpr std::size_t kPiece = std::size_t{64} * 1024;

std::string Expand(std::string target, const HttpRequest& request) {
  constexpr std::string_view kMark = "{path}";
  const std::size_t at = target.find(kMark);
  return at == std::string::npos ? target : target.replace(at, kMark.size(), request.target);
}

void AddReferrers(const std::string& entries, HttpResponse& response) {
  constexpr std::string_view kList = "\"manifests\":[";
  const std::size_t at = response.body.find(kList);
  if (at == std::string::npos) return;
  const std::size_t inside = at + kList.size();
  const bool empty = response.body.compare(inside, 1, "]") == 0;
  response.body.insert(inside, entries + (empty ? "" : ","));
}

std::string Chunk(std::string_view bytes) {
  std::array<char, 24> size;
  std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
  return size.data() + std::string(bytes) + "\r\n";
}

// Filler up to `size` bytes, in chunks when nothing was announced.
bool Pour(HttpServer& server, const Connection& connection, std::size_t size, bool chunked) {
  const std::string filler(kPiece, 'x');
  while (size != 0 && !server.stopping()) {
    const std::string_view piece = std::string_view(filler).substr(0, std::min(size, kPiece));
    size -= piece.size();
    if (!(chunked ? connection.Write(Chunk(piece)) : connection.Write(piece))) return false;
  }
  return size == 0;
}

bool SendChunked(const Fault& fault, HttpServer& server, const Connection& connection) {
  HttpResponse head{200, fault.headers, {}};
  head.Set("Transfer-Encoding", "chunked");
  if (!connection.Write(HeadText(head))) return false;
  const bool endless = fault.kind == Kind::kEndless;
  return Pour(server, connection, endless ? SIZE_MAX : fault.size, true) &&
         connection.Write("0\r\n\r\n");
}

bool SendOversize(const Fault& fault, HttpServer& server, const Connection& connection,
                  HttpResponse response) {
  response.Set("Content-Length", std::to_string(fault.size));
  const std::size_t kept = std::min(fault.size, response.body.size());
  return connection.Write(HeadText(response) + response.body.substr(0, kept)) &&
         Pour(server, connection, fault.size - kept, false);
}

bool SendDrip(const Fault& fault, HttpServer& server, const Connection& connection,
              HttpResponse response) {
  response.Set("Content-Length", std::to_string(response.body.size()));
  if (!connection.Write(HeadText(response))) return false;
  for (const char c : response.body) {
    if (!server.Sleep(fault.delay) || !connection.Write({&c, 1})) return false;
  }
  return true;
}

void SendCut(const Connection& connection, HttpResponse response) {
  response.Set("Content-Length", std::to_string(response.body.size()));
  connection.Write(HeadText(response) + response.body.substr(0, response.body.size() / 2));
}

}  // namespace

void FaultList::Add(Fault fault) {
  Armed armed{std::move(fault), std::nullopt, 0};
  if (!armed.fault.path_regex.empty()) armed.regex.emplace(armed.fault.path_regex);
  const std::lock_guard lock(mutex_);
  faults_.push_back(std::move(armed));
}

void FaultList::Clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

std::optional<Fault> FaultList::Match(const HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  std::optional<Fault> acting;
  for (Armed& armed : faults_) {
    const Fault& fault = armed.fault;
    if (!fault.method.empty() && fault.method != request.method) continue;
    if (!request.target.starts_with(fault.path)) continue;
    if (armed.regex && !std::regex_search(request.target, *armed.regex)) continue;
    ++armed.seen;
    const bool over = fault.times != 0 && armed.seen >= fault.at + fault.times;
    if (!acting && armed.seen >= fault.at && !over) acting = fault;
  }
  return acting;
}

bool NeedsTrueAnswer(Kind kind) {
  switch (kind) {
    case Kind::kAnswer:
    case Kind::kRaw:
    case Kind::kReset:
    case Kind::kEndless:
    case Kind::kEnlarge:
    case Kind::kRedirect:
    case Kind::kHold:
      return false;
    default:
      return true;
  }
}

HttpRequest Rewrite(const Fault& fault, const HttpRequest& request) {
  HttpRequest rewritten = request;
  if (fault.kind == Kind::kServeOther) {
    rewritten.path.replace(rewritten.path.rfind('/') + 1, std::string::npos, fault.target);
  }
  return rewritten;
}

void Change(const Fault& fault, const HttpRequest& request, HttpResponse& response) {
  switch (fault.kind) {
    case Kind::kAnswer:
    case Kind::kThenAnswer:
      response = {fault.status == 0 ? 200 : fault.status, fault.headers, fault.body};
      break;
    case Kind::kRaw:
    case Kind::kReset:
    case Kind::kHold:
      response.status = 0;
      break;
    case Kind::kAddHeaders:
      for (const auto& [name, value] : fault.headers) response.Set(name, value);
      break;
    case Kind::kRedirect:
      response = {fault.status == 0 ? 307 : fault.status, fault.headers, fault.body};
      response.Set("Location", Expand(fault.target, request));
      break;
    case Kind::kWrongBytes:
      if (!response.body.empty()) response.body[0] = static_cast<char>(response.body[0] ^ 1);
      break;
    case Kind::kLinkTo:
      response.Set("Link",
                   "<" + (fault.target == "self" ? request.target : Expand(fault.target, request)) +
                       ">; rel=\"next\"");
      break;
    case Kind::kExtraReferrers:
      AddReferrers(fault.body, response);
      break;
    case Kind::kLocation:
      response.Set("Location", Expand(fault.target, request));
      break;
    default:
      break;
  }
}

bool SendFaulty(const Fault& fault, HttpServer& server, const Connection& connection,
                const HttpRequest& request, const HttpResponse& response) {
  switch (fault.kind) {
    case Kind::kRaw:
      connection.Write(fault.body);
      return false;
    case Kind::kReset:
      connection.ResetOnClose();
      return false;
    case Kind::kCut:
      SendCut(connection, response);
      return false;
    case Kind::kEndless:
    case Kind::kEnlarge:
      return SendChunked(fault, server, connection);
    case Kind::kOversize:
      return SendOversize(fault, server, connection, response);
    case Kind::kDrip:
      return SendDrip(fault, server, connection, response);
    case Kind::kCloseAfter:
      connection.Answer(request, response);
      return false;
    case Kind::kHold:
      server.Sleep(fault.delay);
      return false;
    case Kind::kDelay:
      return server.Sleep(fault.delay) && connection.Answer(request, response);
    default:
      return connection.Answer(request, response);
  }
}

}  // namespace hallmark::test
