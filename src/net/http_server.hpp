#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http.hpp"
#include "net/ip_network.hpp"

namespace guildhall::net {

/// What is decided about a request from its head, while its body is incomplete.
struct HeadVerdict {
  std::optional<Response> refusal{};                    ///< Sent at once; the body is not wanted.
  std::size_t max_body = static_cast<std::size_t>(-1);  ///< In bytes; more is 413. The server's limit holds too.
};

/// Judges a request whose body is incomplete. As net::Handler, but for exceptions: these leave it to the handler.
using HeadHandler = std::function<Task<HeadVerdict>(Request& head)>;

struct HttpServerOptions {
  std::string host = "127.0.0.1";        ///< An address or a name; the name's first address is bound.
  std::uint16_t port = 0;                ///< 0: the kernel chooses, see HttpServer::port.
  std::size_t head_limit = 16 * 1024;    ///< Bytes of the request line and header fields; more is 431.
  std::size_t body_limit = 1024 * 1024;  ///< Bytes of a body; more is 413.
  /// The memory in bytes of all incomplete bodies together; for more, the request that needs it gets 503.
  std::size_t max_incomplete_bodies = 64 * 1024 * 1024;
  /// Simultaneous connections. For one more, the one closes that has waited longest for its client (to send a request
  /// or to take a response); if there is none, the new one gets 503. A client_network() may have half of them, unless
  /// it is a trusted proxy; beyond, its own one closes.
  std::size_t connection_limit = 10'000;
  std::chrono::seconds head_timeout{10};           ///< From the first byte of a head to its last; then 408.
  std::chrono::seconds body_timeout{30};           ///< For the whole body; then 408.
  std::chrono::seconds idle_timeout{60};           ///< Between two requests.
  std::chrono::seconds write_timeout{60};          ///< For sending a response.
  std::size_t unsent_limit = 64 << 20;             ///< Bytes of bodies that wait to be sent; one more is answered 503.
  std::vector<IpNetwork> trusted_proxies;          ///< Their X-Forwarded-For and X-Request-Id are trusted.
  Headers common_headers;                          ///< Added to each response that has no field of that name.
  std::shared_ptr<boost::asio::ssl::context> tls;  ///< If set, the server uses HTTPS.
  HeadHandler judge_head;                          ///< May be empty.
  /// Creates the server's own error responses (400, 408, 413, 417, 431, 500, 501, 503, 505).
  std::function<Response(unsigned status, std::string_view sentence)> reject;
};

/// Logs an exception that a handler threw, with its stack.
void log_handler_failure(const base::Log& log, const Request& request, const std::exception_ptr& failure);

struct ServerState;

/// Counters; read from any thread.
struct HttpServerStats {
  std::size_t connections = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;    ///< Over the connection limit.
  std::uint64_t evicted = 0;    ///< Closed to make room for others.
  std::uint64_t malformed = 0;  ///< Requests that were not HTTP.
};

/// An HTTP/1.1 server (RFC 9112) on all event loops: keep-alive, pipelining, HEAD, Expect: 100-continue. Ambiguous
/// requests (both Content-Length and Transfer-Encoding, several Host fields, bare line feeds, ...) are answered with
/// 400 and the connection is closed.
class HttpServer {
 public:
  HttpServer(EventLoops& loops, HttpServerOptions options, Handler handler, base::Log log);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Binds, listens and starts to accept. Throws boost::system::system_error if the address cannot be bound. Call
  /// before the loops run, or on loop 0.
  void start();

  /// The bound port, once started.
  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Stops accepting, closes idle connections, lets requests in flight finish (their responses close the connection)
  /// and aborts the rest after `grace`. Await it on loop 0, before the loops stop.
  [[nodiscard]] Task<> stop(std::chrono::milliseconds grace);

  [[nodiscard]] HttpServerStats stats() const;

 private:
  std::shared_ptr<ServerState> state_;
  std::uint16_t port_ = 0;
};

}  // namespace guildhall::net
