#include "net/http_server.hpp"

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/random.hpp"
#include "net/async/spawn.hpp"
#include "net/http_connection.hpp"
#include "net/response_writer.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

/// The precision of connections' time limits. One timer per loop costs nothing per request.
constexpr std::chrono::milliseconds tick{250};
/// The pause before the next accept when the process has no descriptor left.
constexpr std::chrono::milliseconds accept_pause{100};
/// The time that aborted connections get to end.
constexpr std::chrono::seconds abort_limit{1};

tcp::endpoint resolve(const std::string& host, std::uint16_t port, const Executor& executor) {
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (!error) return {address, port};
  tcp::resolver resolver(executor);
  return resolver.resolve(host, std::to_string(port), tcp::resolver::passive).begin()->endpoint();
}

void for_each_connection(ServerLoop& loop, const std::function<void(HttpConnection&)>& action) {
  for (auto* connections : {&loop.busy, &loop.waiting}) {
    for (auto at = connections->begin(); at != connections->end();) action(**at++);
  }
}

/// Refreshes the date and checks the connections' deadlines at each tick, until the server has stopped.
Task<> watch(std::shared_ptr<ServerLoop> loop) {
  while (!loop->stopping || !loop->busy.empty() || !loop->waiting.empty()) {
    loop->date = http_date();
    const auto now = std::chrono::steady_clock::now();
    for_each_connection(*loop, [now](HttpConnection& connection) { connection.check_deadline(now); });
    co_await sleep_for(tick);
  }
}

void admit(const std::shared_ptr<ServerState>& server, const std::shared_ptr<ServerLoop>& loop, tcp::socket socket) {
  ++server->connections;
  spawn(loop->executor, serve_connection(server, loop, std::move(socket)));
}

/// Distributes connections to the loops in turn.
Task<> accept(std::shared_ptr<ServerState> server, std::shared_ptr<tcp::acceptor> acceptor) {
  for (std::size_t turn = 0; acceptor->is_open(); ++turn) {
    const auto loop = server->loops[turn % server->loops.size()];
    tcp::socket socket(loop->executor);
    error_code error;
    co_await acceptor->async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (!acceptor->is_open()) break;
    if (error) {
      server->log.warn("Cannot accept a connection", {{"reason", error.message()}});
      co_await sleep_for(accept_pause);
      continue;
    }
    admit(server, loop, std::move(socket));
  }
}

/// Waits until no connection is left, up to `limit`.
Task<> drain_connections(std::shared_ptr<ServerState> server, std::chrono::milliseconds limit) {
  server->drained.reset();
  if (server->connections > 0) co_await server->drained.wait_for(limit);
}

Task<> stop_server(std::shared_ptr<ServerState> server, std::chrono::milliseconds grace) {
  error_code ignored;
  if (const auto acceptor = server->acceptor.lock()) acceptor->close(ignored);
  server->stopping = true;
  for (const auto& loop : server->loops) {
    asio::post(loop->executor, [loop] {
      loop->stopping = true;
      for_each_connection(*loop, &HttpConnection::finish);
    });
  }
  co_await drain_connections(server, grace);
  for (const auto& loop : server->loops) {
    asio::post(loop->executor, [loop] { for_each_connection(*loop, &HttpConnection::abort); });
  }
  co_await drain_connections(server, abort_limit);
}

}  // namespace

ServerState::ServerState(EventLoops& on, HttpServerOptions with, Handler handle, base::Log to)
    : options(std::move(with)), handler(std::move(handle)), log(std::move(to)), unsent(options.unsent_limit) {
  for (std::size_t i = 0; i < on.size(); ++i) {
    loops.push_back(std::make_shared<ServerLoop>(on.executor(i), base::random_hex(4) + "-"));
  }
}

HttpServer::HttpServer(EventLoops& loops, HttpServerOptions options, Handler handler, base::Log log) {
  if (!options.reject) {
    options.reject = [](unsigned status, std::string_view sentence) {
      return Response{.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::string(sentence)};
    };
  }
  state_ = std::make_shared<ServerState>(loops, std::move(options), std::move(handler), std::move(log));
}

HttpServer::~HttpServer() { state_->stopping = false; }  // The loops may be destroyed before the last connection.

void HttpServer::start() {
  const auto shared = std::make_shared<tcp::acceptor>(state_->loops.front()->executor);
  auto& acceptor = *shared;
  state_->acceptor = shared;
  const auto endpoint = resolve(state_->options.host, state_->options.port, acceptor.get_executor());
  acceptor.open(endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
  port_ = acceptor.local_endpoint().port();
  for (const auto& loop : state_->loops) {
    loop->date = http_date();
    spawn(loop->executor, watch(loop));
  }
  spawn(acceptor.get_executor(), accept(state_, shared));
}

Task<> HttpServer::stop(std::chrono::milliseconds grace) { return stop_server(state_, grace); }

HttpServerStats HttpServer::stats() const {
  return {state_->connections, state_->accepted, state_->refused, state_->evicted, state_->malformed};
}

}  // namespace guildhall::net
