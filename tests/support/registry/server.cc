#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "tests/support/registry/http.h"

namespace hallmark::test {
namespace {

sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int Listen(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  const sockaddr_in address = Loopback(port);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::listen(fd, SOMAXCONN) != 0) {
    ::close(fd);
    throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(port));
  }
  return fd;
}

std::uint16_t PortOf(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

// OpenSSL writes to sockets without MSG_NOSIGNAL.
void BlockSigpipe() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

HttpServer::HttpServer(std::uint16_t port, SSL_CTX* tls, Handler handler)
    : tls_(tls), handler_(std::move(handler)), listener_(Listen(port)), port_(PortOf(listener_)) {
  acceptor_ = std::thread([this] { Accept(); });
}

HttpServer::~HttpServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (Peer& peer : peers_) peer.connection.WakeUp();
  for (Peer& peer : peers_) peer.thread.join();
  ::close(listener_);
}

bool HttpServer::Sleep(std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, duration, [this] { return stopping_.load(); });
}

void HttpServer::Accept() {
  while (!stopping_) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) {
      // Out of descriptors: wait for connections to end rather than spin.
      if (!stopping_) Sleep(std::chrono::milliseconds(5));
      continue;
    }
    const int yes = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    Reap();
    Peer& peer = peers_.emplace_back(fd, ++accepted_, tls_);
    peer.thread = std::thread([this, &peer] { Serve(peer); });
  }
}

void HttpServer::Serve(Peer& peer) {
  BlockSigpipe();
  bool stays = true;
  while (stays && !stopping_) {
    HttpRequest request;
    stays = peer.connection.Read(request) && handler_(peer.connection, request);
  }
  peer.connection.Close();
  peer.done = true;
}

void HttpServer::Reap() {
  for (auto peer = peers_.begin(); peer != peers_.end();) {
    if (peer->done) {
      peer->thread.join();
      peer = peers_.erase(peer);
    } else {
      ++peer;
    }
  }
}

}  // namespace hallmark::test
