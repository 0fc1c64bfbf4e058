#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http.hpp"
#include "net/ip_network.hpp"

namespace guildhall::net {

struct HttpServerOptions {
  std::string host = "127.0.0.1";                  ///< An address or a name; a name's first address is bound.
  std::uint16_t port = 0;                          ///< 0: the kernel chooses, see HttpServer::port.
  std::size_t head_limit = 16 * 1024;              ///< Bytes of request line and header fields; more is 431.
  std::size_t body_limit = 1024 * 1024;            ///< Bytes of a body; more is 413.
  std::size_t connection_limit = 10'000;           ///< Connections at once; one more gets 503 and is closed.
  std::chrono::seconds head_timeout{10};           ///< For a head to arrive, from its first byte; then 408.
  std::chrono::seconds body_timeout{30};           ///< For a body to arrive; then 408.
  std::chrono::seconds idle_timeout{60};           ///< Between two requests.
  std::chrono::seconds write_timeout{60};          ///< For an answer to leave.
  std::vector<IpNetwork> trusted_proxies;          ///< Whose X-Forwarded-For and X-Request-Id are believed.
  Headers common_headers;                          ///< Added to each answer that has no field of that name.
  std::shared_ptr<boost::asio::ssl::context> tls;  ///< Where set, the server speaks HTTPS.
  /// Makes the body of an answer that the server gives by itself (400, 408, 413, 431, 500, 501, 503, 505).
  std::function<Response(unsigned status, std::string_view sentence)> reject;
};

/// What the server counts about itself; read from any thread.
struct HttpServerStats {
  std::size_t connections = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;    ///< Over the connection limit.
  std::uint64_t malformed = 0;  ///< Requests that were not HTTP.
};

/// An HTTP/1.1 server (RFC 9112): keep-alive, pipelining, HEAD, Expect: 100-continue, on all event loops. What could be
/// read two ways (both Content-Length and Transfer-Encoding, more than one Host, bare line feeds, ...) is refused and
/// ends the connection.
class HttpServer {
 public:
  HttpServer(EventLoops& loops, HttpServerOptions options, Handler handler, base::Log log);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Binds, listens and begins to accept. Throws boost::system::system_error where the address cannot be had. Call
  /// before the loops run, or on loop 0.
  void start();

  /// The port that is bound, once started.
  [[nodiscard]] std::uint16_t port() const;

  /// Stops accepting, closes idle connections, lets requests that run finish (their answers close the connection) and
  /// drops what is left after `grace`. Await it on loop 0, before the loops stop.
  [[nodiscard]] Task<> stop(std::chrono::milliseconds grace);

  [[nodiscard]] HttpServerStats stats() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace guildhall::net
