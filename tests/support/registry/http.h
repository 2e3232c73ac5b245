#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_HTTP_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_HTTP_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/registry.h"
#include "tests/support/registry/tls.h"

// HTTP/1.1 on loopback sockets, a thread a connection: just enough for a registry, and low enough
// to break the rules on purpose.
namespace hallmark::test {

struct HttpRequest {
  std::string method;
  std::string target;  // path?query as sent
  std::string path;
  std::string query;
  HeaderLines headers;
  std::string body;

  const std::string* Header(std::string_view name) const;
  std::string Param(std::string_view name) const;  // decoded; empty when absent
  std::vector<std::string> Params(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  HeaderLines headers;
  std::string body;

  void Set(std::string_view name, std::string value);  // replaces all of that name
};

bool SameName(std::string_view a, std::string_view b);  // header names, any case
std::string UrlDecode(std::string_view text);
// Values of `name` in "a=b&c=d", decoded, in order.
std::vector<std::string> FormValues(std::string_view form, std::string_view name);

// Status line and header lines, ended by an empty line; says nothing about the body's length.
std::string HeadText(const HttpResponse& response);

class Connection {
 public:
  // `tls` null: plain. Outlives the connection.
  Connection(int fd, std::uint64_t number, SSL_CTX* tls);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::uint64_t number() const { return number_; }
  bool Read(HttpRequest& request);           // false: closed, or not HTTP
  bool Write(std::string_view bytes) const;  // false: the peer is gone
  // Head, Content-Length and body; no body for HEAD, 204 and 304.
  bool Answer(const HttpRequest& request, const HttpResponse& response) const;
  void ResetOnClose() const;
  void WakeUp();  // from another thread: every Read and Write ends
  void Close();

 private:
  bool Fill();  // reads more into buffer_
  bool ReadHead(HttpRequest& request);
  bool ReadBody(HttpRequest& request);
  bool ReadChunks(HttpRequest& request);
  bool TakeLine(std::string& line);
  bool TakeBytes(std::size_t count, std::string& into);

  std::optional<TlsStream> tls_;
  std::mutex mutex_;  // guards fd_ against WakeUp while it is closed
  int fd_;
  std::uint64_t number_;
  std::string buffer_;
};

class HttpServer {
 public:
  // Answers one request; false ends the connection.
  using Handler = std::function<bool(Connection&, const HttpRequest&)>;

  // Throws std::runtime_error when the port cannot be had.
  // `tls` null: plain; else it outlives the server.
  HttpServer(std::uint16_t port, SSL_CTX* tls, Handler handler);
  ~HttpServer();

  std::uint16_t port() const { return port_; }
  std::uint64_t connections() const { return accepted_; }
  // False when the server ends meanwhile.
  bool Sleep(std::chrono::milliseconds duration);
  bool stopping() const { return stopping_; }

 private:
  struct Peer {
    Peer(int fd, std::uint64_t number, SSL_CTX* tls) : connection(fd, number, tls) {}
    Connection connection;
    std::atomic<bool> done{false};
    std::thread thread;
  };

  void Accept();
  void Serve(Peer& peer);
  void Reap();

  SSL_CTX* tls_;
  Handler handler_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::list<Peer> peers_;
  std::thread acceptor_;
};

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_HTTP_H_
