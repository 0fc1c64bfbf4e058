#include "net/client_connection.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <utility>

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using base::Errc;
using boost::system::error_code;

http::verb to_verb(Method method) { return http::string_to_verb(to_string(method)); }

/// What a failure means for the caller. The text names the host and the cause, nothing else.
base::Error to_error(const Url& url, error_code error, bool deadline_passed) {
  const std::string where = url.host_field();
  if (deadline_passed || error == beast::error::timeout) return {Errc::timed_out, where + " did not answer in time."};
  if (error.category() == asio::error::get_ssl_category() ||
      error.category() == asio::ssl::error::get_stream_category()) {
    if (error == asio::ssl::error::stream_truncated) return {Errc::unavailable, where + " closed the connection."};
    return {Errc::bad_upstream, "TLS with " + where + " failed: " + error.message() + "."};
  }
  const bool gone = error == http::error::end_of_stream || error == http::error::partial_message;
  if (!gone && error.category() == http::make_error_code(http::error::end_of_stream).category()) {
    return {Errc::bad_upstream, where + " answered with malformed HTTP: " + error.message() + "."};
  }
  return {Errc::unavailable, where + " cannot be reached: " + error.message() + "."};
}

Headers to_headers(const http::fields& fields) {
  Headers headers;
  for (const auto& field : fields) headers.add(field.name_string(), field.value());
  return headers;
}

http::request<http::string_body> to_beast(const ClientRequest& request, const Url& url, std::string_view user_agent) {
  http::request<http::string_body> message{to_verb(request.method), url.target, 11};
  message.set(http::field::host, url.host_field());
  message.set(http::field::user_agent, user_agent);
  message.set(http::field::accept, "application/json");
  for (const Header& field : request.headers) message.set(field.name, field.value);
  message.body() = request.body;
  message.prepare_payload();
  return message;
}

}  // namespace

struct ClientConnection::Impl {
  Impl(const Executor& executor, Url to, std::shared_ptr<asio::ssl::context> context)
      : url(std::move(to)), tls_context(std::move(context)), resolver(executor), tcp_stream(executor) {
    if (url.tls) tls_stream.emplace(tcp_stream, *tls_context);
  }

  /// True while the time allowed has passed; the streams' own timers may fire a little later.
  static bool passed(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }

  Task<base::Result<void>> shake_hands() {
    auto& stream = *tls_stream;
    error_code not_an_address;
    asio::ip::make_address(url.host, not_an_address);
    if (not_an_address) {  // Addresses are not sent in SNI (RFC 6066 section 3).
      // SSL_set_tlsext_host_name without its C cast.
      SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, url.host.data());
    }
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(url.host));
    error_code error;
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return to_error(url, error, false);
    co_return base::Result<void>{};
  }

  template <class Stream>
  Task<boost::system::result<ClientResponse, ExchangeFailure>> exchange(Stream& stream,
                                                                        http::request<http::string_body>& message,
                                                                        const HttpClientOptions& limits,
                                                                        Deadline deadline) {
    tcp_stream.expires_at(deadline);
    error_code error;
    const std::size_t written =
        co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, error));
    auto progress = written == 0 ? Progress::nothing_written : Progress::written;
    if (error) co_return ExchangeFailure{to_error(url, error, passed(deadline)), progress};

    std::optional<http::response_parser<http::string_body>> parser;
    do {  // Interim answers (1xx) come before the one that counts.
      parser.emplace();
      parser->header_limit(static_cast<std::uint32_t>(limits.head_limit));
      parser->body_limit(limits.body_limit);
      if (message.method() == http::verb::head) parser->skip(true);
      co_await http::async_read_header(stream, buffer, *parser, asio::redirect_error(asio::use_awaitable, error));
    } while (!error && parser->get().result_int() < 200);
    if (!error) co_await http::async_read(stream, buffer, *parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return ExchangeFailure{to_error(url, error, passed(deadline)), Progress::written};

    auto answer = parser->release();
    keep_alive = answer.keep_alive() && buffer.size() == 0;
    tcp_stream.expires_never();
    co_return ClientResponse{answer.result_int(), to_headers(answer.base()), std::move(answer.body())};
  }

  Url url;
  std::shared_ptr<asio::ssl::context> tls_context;
  tcp::resolver resolver;
  beast::tcp_stream tcp_stream;
  std::optional<asio::ssl::stream<beast::tcp_stream&>> tls_stream;
  beast::flat_buffer buffer;
  bool keep_alive = false;
};

ClientConnection::ClientConnection(const Executor& executor, Url url, std::shared_ptr<asio::ssl::context> tls)
    : impl_(std::make_unique<Impl>(executor, std::move(url), std::move(tls))) {}

ClientConnection::~ClientConnection() = default;

Task<base::Result<void>> ClientConnection::connect(Deadline deadline) {
  using asio::experimental::awaitable_operators::operator||;
  Impl& self = *impl_;
  error_code error;
  asio::steady_timer timer(self.tcp_stream.get_executor(), deadline);
  auto resolved = co_await (
      self.resolver.async_resolve(self.url.host, self.url.port, asio::redirect_error(asio::use_awaitable, error)) ||
      timer.async_wait(asio::use_awaitable));
  if (resolved.index() != 0) co_return to_error(self.url, beast::error::timeout, true);
  if (error) co_return to_error(self.url, error, false);

  const auto endpoints = std::get<0>(resolved);
  self.tcp_stream.expires_at(deadline);
  co_await self.tcp_stream.async_connect(endpoints, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return to_error(self.url, error, Impl::passed(deadline));
  self.tcp_stream.socket().set_option(tcp::no_delay(true), error);
  if (self.tls_stream) {
    const base::Result<void> secured = co_await self.shake_hands();
    co_return secured;
  }
  co_return base::Result<void>{};
}

Task<boost::system::result<ClientResponse, ExchangeFailure>> ClientConnection::exchange(const ClientRequest& request,
                                                                                        const Url& url,
                                                                                        std::string_view user_agent,
                                                                                        const HttpClientOptions& limits,
                                                                                        Deadline deadline) {
  Impl& self = *impl_;
  self.keep_alive = false;
  auto message = to_beast(request, url, user_agent);
  if (self.tls_stream) {
    auto outcome = co_await self.exchange(*self.tls_stream, message, limits, deadline);
    co_return outcome;
  }
  auto outcome = co_await self.exchange(self.tcp_stream, message, limits, deadline);
  co_return outcome;
}

bool ClientConnection::reusable() {
  if (!impl_->keep_alive) return false;
  auto& socket = impl_->tcp_stream.socket();
  error_code error;
  socket.non_blocking(true, error);
  char byte = 0;
  socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
  // Bytes or an end where nobody asked for any: the connection is of no use.
  return error == asio::error::would_block;
}

void ClientConnection::cancel() {
  impl_->keep_alive = false;
  impl_->resolver.cancel();
  impl_->tcp_stream.close();
}

}  // namespace guildhall::net
