#include "net/http_server.hpp"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>

#include "base/random.hpp"
#include "net/http_connection.hpp"
#include "net/response_writer.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

/// How exactly time limits of connections are kept. One timer a loop costs nothing per request.
constexpr std::chrono::milliseconds tick{250};
/// How long to wait before accepting again when the process has no descriptor left.
constexpr std::chrono::milliseconds accept_pause{100};
/// How long dropped connections may take to notice.
constexpr std::chrono::seconds drop_time{1};

tcp::endpoint resolve(const std::string& host, std::uint16_t port, const Executor& executor) {
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (!error) return {address, port};
  tcp::resolver resolver(executor);
  return resolver.resolve(host, std::to_string(port), tcp::resolver::passive).begin()->endpoint();
}

/// Each tick: refreshes the date and looks at the connections' deadlines, until the loop ends.
Task<> watch(std::shared_ptr<ServerLoop> loop) {
  asio::steady_timer timer(loop->executor);
  while (!loop->stopping || !loop->connections.empty()) {
    loop->date = http_date();
    const auto now = std::chrono::steady_clock::now();
    for (auto at = loop->connections.begin(); at != loop->connections.end();) {
      HttpConnection* connection = *at++;
      connection->check_deadline(now);
    }
    timer.expires_after(tick);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

}  // namespace

class HttpServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(EventLoops& loops, HttpServerOptions options, Handler handler, base::Log log)
      : shared_(new ServerShared{std::move(options), std::move(handler), std::move(log), {}}),
        acceptor_(loops.home()),
        drained_(loops.home()) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
      loops_.push_back(std::make_shared<ServerLoop>(loops.executor(i), base::random_hex(4) + "-"));
    }
  }

  void start() {
    const auto& options = shared_->options;
    const auto endpoint = resolve(options.host, options.port, acceptor_.get_executor());
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
    port_ = acceptor_.local_endpoint().port();
    shared_->on_drained = [self = weak_from_this()] {
      if (const auto impl = self.lock()) {
        asio::post(impl->acceptor_.get_executor(), [impl] { impl->drained_.cancel(); });
      }
    };
    for (const auto& loop : loops_) {
      loop->date = http_date();
      asio::co_spawn(loop->executor, watch(loop), asio::detached);
    }
    asio::co_spawn(acceptor_.get_executor(), accept(shared_from_this()), asio::detached);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  Task<> stop(std::chrono::milliseconds grace) {
    error_code ignored;
    acceptor_.close(ignored);
    shared_->stopping = true;
    for_each_loop([](ServerLoop& loop) {
      loop.stopping = true;
      for_each_connection(loop, &HttpConnection::finish);
    });
    co_await drained_within(grace);
    for_each_loop([](ServerLoop& loop) { for_each_connection(loop, &HttpConnection::abort); });
    co_await drained_within(drop_time);
  }

  [[nodiscard]] HttpServerStats stats() const {
    return {shared_->connections, shared_->accepted, shared_->refused, shared_->malformed};
  }

 private:
  static Task<> accept(std::shared_ptr<Impl> impl) {
    asio::steady_timer pause(impl->acceptor_.get_executor());
    for (std::size_t turn = 0; impl->acceptor_.is_open(); ++turn) {
      // Connections are dealt out in turn, so that all loops have the same number.
      const auto loop = impl->loops_[turn % impl->loops_.size()];
      tcp::socket socket(loop->executor);
      error_code error;
      co_await impl->acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
      if (!impl->acceptor_.is_open()) break;
      if (error) {
        impl->shared_->log.warn("Cannot accept a connection", {{"reason", error.message()}});
        pause.expires_after(accept_pause);
        co_await pause.async_wait(asio::use_awaitable);
        continue;
      }
      impl->admit(loop, std::move(socket));
    }
  }

  void admit(const std::shared_ptr<ServerLoop>& loop, tcp::socket socket) {
    if (shared_->connections.fetch_add(1) >= shared_->options.connection_limit) {
      --shared_->connections;
      ++shared_->refused;
      refuse(std::move(socket));
      return;
    }
    ++shared_->accepted;
    asio::co_spawn(loop->executor, serve_connection(shared_, loop, std::move(socket)), asio::detached);
  }

  /// Tells a client over the limit so, if its socket takes the answer at once.
  void refuse(tcp::socket socket) {
    if (shared_->options.tls) return;
    Response response = shared_->options.reject(503, "Too many connections; try again shortly.");
    response.headers.set("Retry-After", "1");
    const Framing framing{false, false, false};
    const std::string text = serialize_head(response, shared_->options.common_headers, http_date(), "", framing) +
                             std::string(response.payload());
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void for_each_loop(void (*action)(ServerLoop&)) {
    for (const auto& loop : loops_) asio::post(loop->executor, [loop, action] { action(*loop); });
  }

  static void for_each_connection(ServerLoop& loop, void (HttpConnection::*action)()) {
    for (auto at = loop.connections.begin(); at != loop.connections.end();) {
      HttpConnection* connection = *at++;
      (connection->*action)();
    }
  }

  Task<> drained_within(std::chrono::milliseconds time) {
    drained_.expires_after(time);
    if (shared_->connections == 0) co_return;
    error_code ignored;
    co_await drained_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  std::shared_ptr<ServerShared> shared_;
  std::vector<std::shared_ptr<ServerLoop>> loops_;
  tcp::acceptor acceptor_;
  asio::steady_timer drained_;
  std::uint16_t port_ = 0;
};

HttpServer::HttpServer(EventLoops& loops, HttpServerOptions options, Handler handler, base::Log log) {
  if (!options.reject) {
    options.reject = [](unsigned status, std::string_view sentence) {
      return Response{.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::string(sentence)};
    };
  }
  impl_ = std::make_shared<Impl>(loops, std::move(options), std::move(handler), std::move(log));
}

HttpServer::~HttpServer() = default;

void HttpServer::start() { impl_->start(); }

std::uint16_t HttpServer::port() const { return impl_->port(); }

Task<> HttpServer::stop(std::chrono::milliseconds grace) { return impl_->stop(grace); }

HttpServerStats HttpServer::stats() const { return impl_->stats(); }

}  // namespace guildhall::net
