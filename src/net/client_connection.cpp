#include "net/client_connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

#include "net/client_tls.hpp"
#include "net/response_reader.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using base::Errc;
using base::Error;
using boost::system::error_code;

constexpr std::size_t max_proxy_head = 16 * 1024;

/// The bytes of a request (RFC 9112 section 2.1). Line breaks in fields become spaces.
std::string serialize(const ClientRequest& request, const Url& url, std::string_view target,
                      std::string_view user_agent) {
  Headers headers = request.headers;
  const auto offer = [&headers](std::string_view name, std::string_view value) {
    if (!headers.find(name)) headers.add(name, value);
  };
  offer("Host", url.host_field());
  offer("User-Agent", user_agent);
  if (!headers.find("Upgrade")) offer("Accept", "application/json");
  if (!request.body.empty() || request.method == Method::post || request.method == Method::put ||
      request.method == Method::patch) {
    headers.set("Content-Length", std::to_string(request.body.size()));
  }
  std::string text;
  text.append(to_string(request.method)).append(" ").append(target).append(" HTTP/1.1\r\n");
  for (const Header& field : headers) {
    text.append(field.name).append(": ");
    for (const char c : field.value) text.push_back(c == '\r' || c == '\n' ? ' ' : c);
    text.append("\r\n");
  }
  return text.append("\r\n").append(request.body);
}

}  // namespace

struct ClientConnection::Impl : std::enable_shared_from_this<Impl> {
  Impl(const Executor& executor, Url to, std::shared_ptr<const Proxy> via)
      : url(std::move(to)), resolver(executor), socket(executor), timer(executor) {
    if (via && via->serves(url)) proxy = std::move(via);
    if (url.tls) tls.emplace(socket, client_tls());
  }

  /// Closes the connection at `deadline`, unless `disarm` is called before.
  void arm(Deadline deadline) {
    expired = false;
    timer.expires_at(deadline);
    timer.async_wait([self = weak_from_this()](error_code error) {
      const auto impl = self.lock();
      if (error || !impl) return;
      impl->expired = true;
      impl->drop();
    });
  }

  void disarm() { timer.cancel(); }

  void drop() {
    error_code ignored;
    resolver.cancel();
    socket.close(ignored);
  }

  /// The error for the caller. Its message names only the host and the cause.
  [[nodiscard]] Error to_error(error_code error) const {
    const std::string where = url.host_field();
    if (expired) return {Errc::timed_out, where + " did not answer in time."};
    const bool closed = error == asio::error::eof || error == asio::ssl::error::stream_truncated;
    if (!closed && error.category() == asio::error::get_ssl_category()) {
      return {Errc::bad_upstream, "TLS with " + where + " failed: " + error.message() + "."};
    }
    return {Errc::unavailable, where + (closed ? " closed the connection." : ": " + error.message() + ".")};
  }

  [[nodiscard]] Error to_error(Error error) const {
    error.message = url.host_field() + ": " + error.message + ".";
    return error;
  }

  Task<base::Result<void>> open() {
    error_code error;
    const std::string host = proxy ? proxy->host() : url.host;
    const std::string port = proxy ? proxy->port() : url.port;
    const auto endpoints =
        co_await resolver.async_resolve(host, port, asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_await asio::async_connect(socket, endpoints, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      if (proxy) co_return proxy_error(error.message());
      co_return to_error(error);
    }
    socket.set_option(tcp::no_delay(true), error);
    if (proxy) {
      const auto tunnel = co_await open_tunnel();
      if (!tunnel) co_return tunnel.error();
    }
    if (tls) co_await shake_hands(error);
    if (error) co_return to_error(error);
    co_return base::Result<void>{};
  }

  Task<base::Result<void>> open_tunnel() {
    error_code error;
    const std::string request = proxy->connect_request(url);
    co_await asio::async_write(socket, asio::buffer(request), asio::redirect_error(asio::use_awaitable, error));
    std::string head;
    // The peer of the tunnel is silent until the TLS handshake begins, so nothing is read that belongs to it.
    if (!error) {
      co_await asio::async_read_until(socket, asio::dynamic_buffer(head, max_proxy_head), "\r\n\r\n",
                                      asio::redirect_error(asio::use_awaitable, error));
    }
    if (error) co_return proxy_error(error.message());
    if (const auto refusal = refusal_of_tunnel(head)) co_return proxy_error(*refusal);
    co_return base::Result<void>{};
  }

  [[nodiscard]] Error proxy_error(std::string_view reason) const {
    const std::string where = "The proxy " + proxy->host() + ":" + proxy->port();
    if (expired) return {Errc::timed_out, where + " made no connection to " + url.host_field() + " in time."};
    return {Errc::unavailable,
            where + " makes no connection to " + url.host_field() + ": " + std::string(reason) + "."};
  }

  Task<> shake_hands(error_code& error) {
    error_code not_an_address;
    asio::ip::make_address(url.host, not_an_address);
    if (not_an_address) {  // Addresses are not sent in SNI (RFC 6066 section 3).
      // SSL_set_tlsext_host_name without its C cast.
      SSL_ctrl(tls->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, url.host.data());
    }
    tls->set_verify_mode(asio::ssl::verify_peer);
    tls->set_verify_callback(asio::ssl::host_name_verification(url.host));
    co_await tls->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
  }

  Task<std::size_t> write(std::string_view text, error_code& error) {
    const auto buffer = asio::buffer(text);
    if (tls) {
      co_return co_await asio::async_write(*tls, buffer, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return co_await asio::async_write(socket, buffer, asio::redirect_error(asio::use_awaitable, error));
  }

  Task<std::size_t> read(std::span<char> space, error_code& error) {
    const auto buffer = asio::buffer(space.data(), space.size());
    if (tls) {
      co_return co_await tls->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return co_await socket.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, error));
  }

  Task<base::Result<void>> read_response(ResponseReader& reader) {
    while (!reader.done()) {
      error_code error;
      const auto bytes = co_await read(reader.prepare(), error);
      // Over TLS an end without close_notify may be a truncation attack.
      const bool closed = error == asio::error::eof;
      if (error && !closed) co_return to_error(error);
      const auto state = closed ? reader.finish() : reader.commit(bytes);
      if (!state) co_return to_error(state.error());
    }
    co_return base::Result<void>{};
  }

  Url url;
  std::shared_ptr<const Proxy> proxy;  ///< Null for a direct connection.
  tcp::resolver resolver;
  tcp::socket socket;
  std::optional<asio::ssl::stream<tcp::socket&>> tls;
  asio::steady_timer timer;
  bool expired = false;
  bool keep_alive = false;
  std::string rest;  ///< Bytes after a 101 response.
};

ClientConnection::ClientConnection(const Executor& executor, Url url, std::shared_ptr<const Proxy> proxy)
    : impl_(std::make_shared<Impl>(executor, std::move(url), std::move(proxy))) {}

ClientConnection::~ClientConnection() = default;

Task<base::Result<void>> ClientConnection::connect(Deadline deadline) {
  Impl& self = *impl_;
  self.arm(deadline);
  const auto opened = co_await self.open();
  self.disarm();
  co_return opened;
}

Task<boost::system::result<ClientResponse, ExchangeFailure>> ClientConnection::exchange(
    const ClientRequest& request, std::string_view target, const HttpClientOptions& options, Deadline deadline) {
  Impl& self = *impl_;
  self.keep_alive = false;
  self.arm(deadline);
  const std::string text = serialize(request, self.url, target, options.user_agent);
  error_code error;
  const auto written = co_await self.write(text, error);
  if (error) {
    self.disarm();
    const auto progress = written == 0 ? Progress::nothing_written : Progress::written;
    co_return ExchangeFailure{self.to_error(error), progress};
  }
  ResponseReader reader(request.method, options.head_limit, options.body_limit);
  const auto read = co_await self.read_response(reader);
  self.disarm();
  if (!read) co_return ExchangeFailure{read.error(), Progress::written};
  self.keep_alive = reader.keep_alive();
  self.rest = reader.take_rest();
  co_return reader.take();
}

bool ClientConnection::reusable() {
  if (!impl_->keep_alive) return false;
  error_code error;
  impl_->socket.non_blocking(true, error);
  char byte = 0;
  impl_->socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
  // The peer has closed the connection or sent bytes without a request.
  return error == asio::error::would_block;
}

void ClientConnection::cancel() {
  impl_->keep_alive = false;
  impl_->drop();
}

UpgradedConnection ClientConnection::release() {
  UpgradedConnection connection(impl_->socket.release());
  connection.early = std::move(impl_->rest);
  if (impl_->tls) connection.adopt_tls(impl_->tls->native_handle());
  return connection;
}

}  // namespace guildhall::net
