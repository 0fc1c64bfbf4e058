#include "socketio/engine/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "net/form.hpp"
#include "net/websocket_handshake.hpp"
#include "socketio/engine/answers.hpp"
#include "socketio/engine/context.hpp"
#include "socketio/engine/server_socket.hpp"

namespace guildhall::socketio::engine {
namespace {

namespace asio = boost::asio;

/// How long clients may take to answer when the server closes.
constexpr std::chrono::seconds close_time{1};
constexpr std::size_t sid_bytes = 15;

/// Fields that say how this one request is sent, and not who sends it: 10,000 sockets need not remember them.
constexpr std::array<std::string_view, 11> forgotten_fields{"Connection",
                                                            "Upgrade",
                                                            "Sec-WebSocket-Key",
                                                            "Sec-WebSocket-Version",
                                                            "Sec-WebSocket-Extensions",
                                                            "Accept",
                                                            "Accept-Encoding",
                                                            "Cache-Control",
                                                            "Pragma",
                                                            "Content-Length",
                                                            "Content-Type"};

std::string new_sid() {
  std::string bytes(sid_bytes, '\0');
  base::random_bytes(std::as_writable_bytes(std::span(bytes)));
  return base::encode_base64url(bytes);
}

Handshake handshake_of(const net::Request& request) {
  Handshake handshake;
  const auto is_forgotten = [](const net::Header& field) {
    return std::any_of(forgotten_fields.begin(), forgotten_fields.end(),
                       [&](std::string_view name) { return net::equal_ignoring_case(field.name, name); });
  };
  const auto kept = std::count_if(request.headers.begin(), request.headers.end(), std::not_fn(is_forgotten));
  handshake.headers.reserve(static_cast<std::size_t>(kept));
  for (const auto& field : request.headers) {
    if (!is_forgotten(field)) handshake.headers.add(field.name, field.value);
  }
  handshake.query = request.query();
  handshake.client = request.client;
  handshake.time = std::chrono::system_clock::now();
  return handshake;
}

/// What an Engine.IO request asks for in its query.
struct Query {
  std::string transport;
  std::string sid;
  std::string version;
  bool jsonp = false;
};

std::optional<Query> parse_query(const net::Request& request) {
  const auto fields = net::parse_form(request.query());
  if (!fields) return std::nullopt;
  const auto value = [&](std::string_view name) { return std::string(net::find_field(*fields, name).value_or("")); };
  return Query{value("transport"), value("sid"), value("EIO"), net::find_field(*fields, "j").has_value()};
}

/// Opens a session, or changes one's transport, on the connection of its request.
class EngineUpgrade final : public net::Upgrade {
 public:
  using Take = std::function<void(net::UpgradedConnection connection, bool deflate)>;
  EngineUpgrade(Take take, bool deflate) : take_(std::move(take)), deflate_(deflate) {}
  void take(net::UpgradedConnection connection) override { take_(std::move(connection), deflate_); }

 private:
  Take take_;
  bool deflate_;
};

}  // namespace

class Server::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(net::EventLoops& loops, Options options, Accept accept, base::Log log)
      : context_(std::make_shared<ServerContext>(std::move(options), std::move(accept), std::move(log))) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
      loops_.push_back(std::make_shared<net::WebSocketLoop>(loops.executor(i)));
    }
  }
  ~Impl() {
    for (const auto& socket : context_->table.all()) {
      socket->forget_listener();
      context_->table.remove(socket->id());
    }
  }

  net::Task<net::Response> answer(net::Request& request) {
    const auto origin = request.headers.find("Origin");
    const auto& allowed = context_->options.allow_origin;
    if (origin && allowed && !allowed(*origin)) co_return refuse(Refusal::forbidden);
    const bool foreign = origin && allowed;
    net::Response response;
    if (foreign && is_preflight(request)) {
      response = preflight_answer(request);
    } else {
      response = co_await answer_allowed(request);
    }
    if (foreign && response.status != 101) allow_origin(request, response);
    co_return response;
  }

  net::Task<> close() {
    context_->closed = true;
    for (const auto& socket : context_->table.all()) {
      asio::post(socket->executor(), [socket] { socket->close(CloseReason::server_shutting_down); });
    }
    const auto until = std::chrono::steady_clock::now() + close_time;
    for (const auto& loop : loops_) {
      const auto left = std::max(until - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration{1});
      auto drained = loop->drained(std::chrono::ceil<std::chrono::milliseconds>(left));
      co_await asio::co_spawn(loop->executor(), std::move(drained), asio::use_awaitable);
    }
  }

  [[nodiscard]] Stats stats() const { return {context_->sockets, context_->websockets}; }

 private:
  net::Task<net::Response> answer_allowed(net::Request& request) {
    const auto query = parse_query(request);
    if (!query) co_return refuse(Refusal::bad_request);
    const bool websocket = query->transport == "websocket";
    if (!websocket && query->transport != "polling") co_return refuse(Refusal::unknown_transport);
    const net::Executor executor = co_await asio::this_coro::executor;
    if (query->sid.empty()) co_return open(request, *query, executor);
    const auto socket = context_->table.find(query->sid);
    if (!socket) co_return refuse(Refusal::unknown_sid);
    if (websocket != net::asks_for_websocket(request)) co_return refuse(Refusal::bad_request);
    if (websocket) co_return probe(request, socket);
    const auto reply = std::make_shared<Reply>(executor);
    if (request.method == net::Method::get) {
      asio::dispatch(socket->executor(), [socket, reply] { socket->poll(reply); });
    } else if (request.method == net::Method::post && request.body.size() <= context_->options.max_payload) {
      asio::dispatch(socket->executor(),
                     [socket, reply, payload = std::move(request.body)] { socket->post(payload, *reply); });
    } else {
      net::Response response = refuse(Refusal::bad_request);
      if (request.method == net::Method::post) response.status = 413;
      co_return response;
    }
    net::Response response = co_await Reply::wait(reply);
    co_return response;
  }

  /// A new session, on the event loop of its first request.
  net::Response open(const net::Request& request, const Query& query, const net::Executor& executor) {
    const bool websocket = query.transport == "websocket";
    if (request.method != net::Method::get) return refuse(Refusal::bad_handshake_method);
    if (websocket != net::asks_for_websocket(request) || query.jsonp) return refuse(Refusal::bad_request);
    if (query.version != "4") return refuse(Refusal::unsupported_protocol_version);
    if (context_->closed) return refuse_for_now("The server is shutting down.");
    if (context_->sockets >= context_->options.max_sockets) {
      context_->log.debug("Too many clients", {{"client", request.client.to_string()}});
      return refuse_for_now("Too many clients; try again shortly.");
    }
    const auto loop = loop_of(executor);
    if (!websocket) return poll_answer(make_socket(loop, handshake_of(request), Transport::polling)->open_polling());
    const auto take = [impl = shared_from_this(), loop, handshake = handshake_of(request)](
                          net::UpgradedConnection connection, bool deflate) {
      if (impl->context_->closed) return;
      impl->make_socket(loop, handshake, Transport::websocket)->open_websocket(std::move(connection), deflate);
    };
    return switch_protocols(request, take);
  }

  net::Response probe(const net::Request& request, const std::shared_ptr<ServerSocket>& socket) {
    return switch_protocols(request, [socket](net::UpgradedConnection connection, bool deflate) {
      asio::dispatch(socket->executor(), [socket, deflate, connection = std::move(connection)]() mutable {
        socket->probe(std::move(connection), deflate);
      });
    });
  }

  net::Response switch_protocols(const net::Request& request, EngineUpgrade::Take take) {
    const auto offer = context_->options.per_message_deflate ? net::DeflateOffer::yes : net::DeflateOffer::no;
    auto answer = net::answer_websocket(request, offer);
    if (answer.response.status == 400) return refuse(Refusal::bad_request);
    if (answer.response.status != 101) return std::move(answer.response);
    answer.response.upgrade = std::make_shared<EngineUpgrade>(std::move(take), answer.deflate);
    return std::move(answer.response);
  }

  std::shared_ptr<ServerSocket> make_socket(const std::shared_ptr<net::WebSocketLoop>& loop, Handshake handshake,
                                            Transport transport) {
    return std::make_shared<ServerSocket>(context_, loop, new_sid(), std::move(handshake), transport);
  }

  [[nodiscard]] std::shared_ptr<net::WebSocketLoop> loop_of(const net::Executor& executor) const {
    const auto is_it = [&](const auto& loop) { return loop->executor() == executor; };
    const auto found = std::find_if(loops_.begin(), loops_.end(), is_it);
    return found == loops_.end() ? loops_.front() : *found;
  }

  std::shared_ptr<ServerContext> context_;
  std::vector<std::shared_ptr<net::WebSocketLoop>> loops_;
};

Server::Server(net::EventLoops& loops, Options options, Accept accept, base::Log log)
    : impl_(std::make_shared<Impl>(loops, std::move(options), std::move(accept), std::move(log))) {}

Server::~Server() = default;

net::Task<net::Response> Server::answer(net::Request& request) { return impl_->answer(request); }

net::Task<> Server::close() { return impl_->close(); }

Stats Server::stats() const { return impl_->stats(); }

}  // namespace guildhall::socketio::engine
