#include "net/http_connection.hpp"

#include <netinet/tcp.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/failure.hpp"
#include "base/stacktrace/stack_trace.hpp"
#include "base/text.hpp"
#include "net/request_reader.hpp"
#include "net/response_writer.hpp"
#include "net/upgrade.hpp"
#include "net/url.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;

/// Bodies up to this size are sent in one buffer with their head.
constexpr std::size_t gathered_body = 16 * 1024;
/// How much of a rejected request is read and discarded, and for how long, so that the client can read the response
/// before the connection is reset (RFC 9112 section 9.6).
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;
constexpr std::chrono::seconds linger_time{2};

/// Up to this size an unwanted body is read and dropped, so that the connection can be used again.
constexpr std::size_t max_dropped_body = 16 * 1024;

/// How much of a response the kernel takes for a client that does not read. Without a limit it is megabytes, which no
/// bound of ours would see. What is on its way to the client does not count.
using UnsentInKernel = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
constexpr int max_unsent_in_kernel = 128 * 1024;

constexpr auto never = HttpConnection::Time::max();

/// Ids from outside go into log lines and headers, so they must be short and plain.
bool is_acceptable_request_id(std::string_view id) {
  const auto is_plain = [](char c) { return base::is_alnum(c) || c == '-' || c == '_'; };
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, is_plain);
}

std::optional<std::size_t> content_length(const Request& request) {
  auto text = request.headers.find("Content-Length").value_or("");
  return base::parse_number<std::size_t>(text);
}

/// A connection ends, or never begins.
void leave(const std::shared_ptr<ServerState>& server) {
  if (server->connections.fetch_sub(1) == 1 && server->stopping) {
    asio::post(server->loops.front()->executor, [server] { server->drained.set(); });
  }
}

template <class Stream>
class Connection final : public HttpConnection {
 public:
  template <class... Arguments>
  Connection(std::shared_ptr<ServerState> server, std::shared_ptr<ServerLoop> loop, Arguments&&... arguments)
      : server_(std::move(server)),
        loop_(std::move(loop)),
        stream_(std::forward<Arguments>(arguments)...),
        reader_(server_->options.head_limit, server_->options.body_limit) {
    error_code ignored;
    peer_ = socket().remote_endpoint(ignored).address();
    peer_network_ = client_network(peer_);
    socket().set_option(tcp::no_delay(true), ignored);
    socket().set_option(UnsentInKernel(max_unsent_in_kernel), ignored);
    socket().non_blocking(true, ignored);
    place_ = loop_->waiting.insert(loop_->waiting.end(), this);
    ++loop_->by_client[peer_network_];
    finishing_ = loop_->stopping;
  }
  ~Connection() override {
    set_body_memory(0);
    (busy_ ? loop_->busy : loop_->waiting).erase(place_);
    const auto own = loop_->by_client.find(peer_network_);
    if (--own->second == 0) loop_->by_client.erase(own);
    leave(server_);
  }

  void check_deadline(Time now) override {
    if (now < deadline_ && !(large_since_ && server_->unsent.must_leave(*large_since_, now))) return;
    expired_ = true;
    deadline_ = never;
    error_code ignored;
    socket().cancel(ignored);
  }

  void finish() override {
    finishing_ = true;
    if (idle_) abort();
  }

  void abort() override {
    error_code ignored;
    socket().close(ignored);
  }

  void evicted() override {
    busy_ = true;
    finishing_ = true;
    abort();
  }

  [[nodiscard]] const asio::ip::address& peer_network() const override { return peer_network_; }

  Task<> run() {
    if (!co_await shake_hands()) co_return;
    while (!finishing_) {
      if (!co_await read_request()) co_return;
      Request request = reader_.take();
      if (std::exchange(answered_, false)) continue;
      if (request.id.empty()) identify(request);
      request.received = std::chrono::steady_clock::now();
      Framing framing = framing_of(request);
      set_busy(true);
      Response response = co_await answer(request);
      if (response.abort) co_return abort();
      if (response.upgrade && response.status == 101) co_return hand_over(response, request.id);
      framing.keep_alive = framing.keep_alive && !response.close && !finishing_;
      set_busy(false);
      if (!co_await write(response, request.id, framing)) co_return;
      if (!framing.keep_alive) break;
    }
    co_await shut_down();
  }

 private:
  tcp::socket& socket() {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }

  Task<bool> shake_hands() {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      limit(server_->options.head_timeout);
      error_code error;
      co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, error));
      co_return !error;
    }
    co_return true;
  }

  /// The list is ordered by when the connection last began to wait for its client.
  void set_busy(bool busy) {
    (busy ? loop_->busy : loop_->waiting)
        .splice((busy ? loop_->busy : loop_->waiting).end(), busy_ ? loop_->busy : loop_->waiting, place_);
    busy_ = busy;
  }

  [[nodiscard]] Framing framing_of(const Request& request) const {
    return {reader_.keep_alive(), reader_.http_1_0(), request.method == Method::head};
  }

  /// Changes what the incomplete body counts; false if all of them together are too large.
  bool set_body_memory(std::size_t bytes) {
    const auto before = std::exchange(body_memory_, bytes);
    if (bytes == before) return true;
    const auto total = server_->incomplete_bodies += bytes - before;
    return bytes < before || total <= server_->options.max_incomplete_bodies;
  }

  /// Reads until a request is complete. False if the connection must end; an error response has then been sent if one
  /// was due.
  Task<bool> read_request() {
    auto limited = RequestReader::State::done;  // The state that the current deadline is for.
    bool judged = false;
    for (;;) {
      const auto state = reader_.advance();
      const bool fits = set_body_memory(state == RequestReader::State::need_body ? reader_.body_memory() : 0);
      if (state == RequestReader::State::done) co_return true;
      if (state == RequestReader::State::failed) {
        const auto [status, sentence] = reader_.failure();
        co_await reject(status, sentence);
        co_return false;
      }
      if (!fits) {
        co_await reject(503, "Too many requests are on their way; try again shortly.");
        co_return false;
      }
      if (state == RequestReader::State::need_body && !std::exchange(judged, true) && !co_await judge_head()) {
        co_return false;
      }
      if (state == RequestReader::State::need_body && reader_.take_expect_continue() && !co_await write_continue()) {
        co_return false;
      }
      if (state != limited) {
        limited = state;
        limit(time_limit(state));
      }
      idle_ = state == RequestReader::State::idle;
      const bool got = co_await read_some();
      idle_ = false;
      if (got) continue;
      if (expired_ && state != RequestReader::State::idle && !answered_) {
        expired_ = false;
        co_await reject(408, "The request did not arrive in time.");
      }
      co_return false;
    }
  }

  /// Answers a request from its head if its body is not wanted. False if the connection must end.
  Task<bool> judge_head() {
    if (!server_->options.judge_head) co_return true;
    Request& request = reader_.request();
    identify(request);
    HeadVerdict verdict;
    deadline_ = never;  // As for a handler.
    try {
      verdict = co_await server_->options.judge_head(request);
    } catch (const std::exception&) {
      co_return true;
    }
    reader_.limit_body(verdict.max_body);
    const auto length = content_length(request);
    if (!verdict.refusal && length && *length > verdict.max_body) {
      co_await reject(413, "The body is too large.");
      co_return false;
    }
    if (!verdict.refusal) co_return true;
    Framing framing = framing_of(request);
    const bool droppable = length && *length <= max_dropped_body && !reader_.take_expect_continue();
    framing.keep_alive = framing.keep_alive && droppable && !verdict.refusal->close && !finishing_;
    answered_ = co_await write(*verdict.refusal, request.id, framing);
    const bool goes_on = answered_ && framing.keep_alive;
    if (answered_ && !goes_on) co_await shut_down();
    co_return goes_on;
  }

  [[nodiscard]] std::chrono::seconds time_limit(RequestReader::State state) const {
    switch (state) {
      case RequestReader::State::need_head: return server_->options.head_timeout;
      case RequestReader::State::need_body: return server_->options.body_timeout;
      default: return server_->options.idle_timeout;
    }
  }

  Task<bool> read_some() {
    error_code error;
    if constexpr (!std::is_same_v<Stream, TlsStream>) {
      if (idle_) {
        // An idle connection needs no memory for what it may receive.
        reader_.release_memory();
        co_await stream_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return false;
        const auto space = reader_.prepare();
        const auto bytes = stream_.read_some(asio::buffer(space.data(), space.size()), error);
        reader_.commit(bytes);
        co_return !error || error == asio::error::would_block;
      }
    }
    const auto space = reader_.prepare();
    const auto bytes = co_await stream_.async_read_some(asio::buffer(space.data(), space.size()),
                                                        asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    reader_.commit(bytes);
    co_return true;
  }

  void identify(Request& request) {
    request.received = std::chrono::steady_clock::now();
    const auto& proxies = server_->options.trusted_proxies;
    // A proxy may add its own field after one that the client forged.
    const auto forwarded_for = proxies.empty() ? std::nullopt : request.headers.find_list("X-Forwarded-For");
    request.client = client_address(peer_, forwarded_for, proxies);
    const auto given = request.headers.find("X-Request-Id");
    if (given && is_acceptable_request_id(*given) &&
        std::ranges::any_of(proxies, [this](const auto& proxy) { return proxy.contains(peer_); })) {
      request.id = *given;
    } else {
      request.id = next_request_id();
    }
  }

  std::string next_request_id() { return loop_->request_id_prefix + std::to_string(loop_->next_request++); }

  Task<Response> answer(Request& request) {
    std::exception_ptr failure;
    try {
      deadline_ = never;  // Handlers limit their own time.
      co_return co_await server_->handler(request);
    } catch (...) {
      failure = std::current_exception();
    }
    log_handler_failure(server_->log, request, failure);
    co_return server_->options.reject(500, "Something went wrong here.");
  }

  /// Hands the connection to another protocol; it no longer belongs to this server.
  void hand_over(const Response& response, std::string_view request_id) {
    error_code error;
    const int descriptor = socket().release(error);
    if (error) return;
    UpgradedConnection connection(descriptor);
    connection.head = serialize_head(response, server_->options.common_headers, loop_->date, request_id, Framing{});
    connection.early = reader_.take_rest();
    if constexpr (std::is_same_v<Stream, TlsStream>) connection.adopt_tls(stream_.native_handle());
    response.upgrade->take(std::move(connection));
  }

  Task<> reject(unsigned status, std::string_view sentence) {
    ++server_->malformed;
    const std::string id = reader_.request().id.empty() ? next_request_id() : reader_.request().id;
    server_->log.http("Refused", {{"request", id}, {"client", peer_.to_string()}, {"status", status}});
    Response response = server_->options.reject(status, sentence);
    if (status == 503) response.headers.set("Retry-After", "1");
    const Framing framing{false, false, false};
    if (co_await write(response, id, framing)) co_await shut_down();
  }

  Task<bool> write_continue() {
    static constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code error;
    co_await asio::async_write(stream_, asio::buffer(interim), asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
  }

  Task<bool> write(const Response& response, std::string_view request_id, Framing framing) {
    std::string head = serialize_head(response, server_->options.common_headers, loop_->date, request_id, framing);
    std::string_view body = has_content(response.status, framing) ? response.payload() : std::string_view();
    std::optional<UnsentBytes::Holder> unsent;
    if (body.size() <= gathered_body) {
      head.append(body);
      body = {};
    } else {
      const auto now = std::chrono::steady_clock::now();
      unsent = server_->unsent.enter(response, now);
      if (!unsent) {
        Response busy = server_->options.reject(503, "Too many responses wait to be read; try again shortly.");
        busy.headers.set("Retry-After", "1");
        co_return co_await write(busy, request_id, framing);
      }
      large_since_ = now;
    }
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
    limit(server_->options.write_timeout);
    error_code error;
    co_await asio::async_write(stream_, buffers, asio::redirect_error(asio::use_awaitable, error));
    large_since_.reset();
    co_return !error;
  }

  /// Closes the sending side, then waits briefly for the peer to close, so that it can read everything that was sent.
  Task<> shut_down() {
    error_code error;
    limit(linger_time);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
    }
    socket().shutdown(tcp::socket::shutdown_send, error);
    std::array<char, 4096> discarded{};
    for (std::size_t total = 0; total < linger_bytes && !error;) {
      total +=
          co_await socket().async_read_some(asio::buffer(discarded), asio::redirect_error(asio::use_awaitable, error));
    }
    abort();
  }

  void limit(std::chrono::seconds time) { deadline_ = std::chrono::steady_clock::now() + time; }

  std::shared_ptr<ServerState> server_;
  std::shared_ptr<ServerLoop> loop_;
  Stream stream_;
  RequestReader reader_;
  std::list<HttpConnection*>::iterator place_;
  asio::ip::address peer_;
  asio::ip::address peer_network_;
  Time deadline_ = never;
  std::optional<Time> large_since_;  ///< When the response that is being sent began, if it counts as unsent.
  std::size_t body_memory_ = 0;      ///< Of the incomplete body; counted by the server.
  bool expired_ = false;
  bool idle_ = false;
  bool busy_ = false;
  bool answered_ = false;  ///< The request that is being read has been answered from its head.
  bool finishing_ = false;
};

/// Closes the connection that has waited longest for its client, of `network` if given; false if there is none.
bool evict(ServerState& server, ServerLoop& loop, const asio::ip::address* network) {
  const auto oldest = std::ranges::find_if(loop.waiting, [network](const HttpConnection* connection) {
    return network == nullptr || connection->peer_network() == *network;
  });
  if (oldest == loop.waiting.end()) return false;
  HttpConnection& connection = **oldest;
  loop.busy.splice(loop.busy.end(), loop.waiting, oldest);
  connection.evicted();
  ++server.evicted;
  return true;
}

/// Makes room for a new connection of `socket`'s peer; false if there is none.
bool make_room(ServerState& server, ServerLoop& loop, const tcp::socket& socket) {
  error_code ignored;
  const auto peer = socket.remote_endpoint(ignored).address();
  const auto network = client_network(peer);
  const auto& limit = server.options.connection_limit;
  const auto share = std::max<std::size_t>(1, limit / 2 / server.loops.size());
  const auto own = loop.by_client.find(network);
  const bool is_proxy =
      std::ranges::any_of(server.options.trusted_proxies, [&peer](const auto& proxy) { return proxy.contains(peer); });
  if (own != loop.by_client.end() && own->second >= share && !is_proxy && evict(server, loop, &network)) return true;
  return server.connections <= limit || evict(server, loop, nullptr);
}

/// Answers 503 if the socket takes the response at once.
void refuse(const ServerState& server, tcp::socket socket) {
  if (server.options.tls) return;
  Response response = server.options.reject(503, "Too many connections; try again shortly.");
  response.headers.set("Retry-After", "1");
  const Framing framing{false, false, false};
  const std::string text = serialize_head(response, server.options.common_headers, http_date(), "", framing) +
                           std::string(response.payload());
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

void log_handler_failure(const base::Log& log, const Request& request, const std::exception_ptr& failure) {
  log.error("A handler failed",
            {{"request", request.id}, {"path", path_for_log(request.path())}, {"reason", base::describe(failure)}},
            base::StackTrace::of(failure));
}

Task<> serve_connection(std::shared_ptr<ServerState> server, std::shared_ptr<ServerLoop> loop, tcp::socket socket) {
  try {
    if (!make_room(*server, *loop, socket)) {
      leave(server);
      ++server->refused;
      co_return refuse(*server, std::move(socket));
    }
    ++server->accepted;
    if (server->options.tls) {
      Connection<TlsStream> connection(server, loop, std::move(socket), *server->options.tls);
      co_await connection.run();
    } else {
      Connection<tcp::socket> connection(server, loop, std::move(socket));
      co_await connection.run();
    }
  } catch (const std::exception& exception) {
    server->log.error("A connection failed", {{"reason", exception.what()}},
                      base::StackTrace::of(std::current_exception()));
  }
}

}  // namespace guildhall::net
