#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/http.hpp"

namespace guildhall::net {

class Proxy;

struct HttpClientOptions {
  std::string user_agent;                           ///< Sent with each request that has none.
  std::chrono::milliseconds connect_timeout{5000};  ///< For name, TCP and TLS together.
  std::chrono::milliseconds total_timeout{15000};   ///< From the call to the last byte, retries included.
  std::chrono::seconds idle_timeout{30};            ///< How long an unused connection is kept.
  std::size_t connections_per_origin = 16;          ///< Simultaneous; further requests wait in a queue.
  std::size_t head_limit = 32 * 1024;
  std::size_t body_limit = 8 * 1024 * 1024;  ///< A larger response is Errc::bad_upstream.
  std::shared_ptr<const Proxy> proxy{};      ///< For https; null for none.
};

struct ClientRequest {
  Method method = Method::get;
  std::string url;  ///< Absolute, http or https.
  Headers headers;
  std::string body;
};

struct ClientResponse {
  unsigned status = 0;
  Headers headers;
  std::string body;
};

/// An HTTP/1.1 client with kept-alive connections per origin. TLS certificates and host names are verified against the
/// system's roots and SSL_CERT_FILE; there is no way to switch that off. Redirects are not followed.
///
/// A request is repeated only if that is safe: the connection failed before a byte of it was written, or the method is
/// idempotent (RFC 9110 section 9.2.2) and a kept-alive connection turned out to be closed.
///
/// Any thread may call `send`; it runs on `home`, and the caller resumes on its own executor.
class HttpClient {
 public:
  HttpClient(Executor home, HttpClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Returns a response with any status. Errors: Errc::unavailable if no connection could be made or it broke,
  /// Errc::timed_out, Errc::bad_upstream if the response is not HTTP or too large or the certificate is not trusted.
  /// The message names the host and the cause, never headers or bodies.
  [[nodiscard]] Task<base::Result<ClientResponse>> send(ClientRequest request);

  /// Closes idle connections and makes all requests fail. Await it before the loops stop.
  [[nodiscard]] Task<> close();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace guildhall::net
