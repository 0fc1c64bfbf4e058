#include "socketio/engine/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "net/async/spawn.hpp"
#include "net/form.hpp"
#include "net/websocket_handshake.hpp"
#include "socketio/engine/responses.hpp"
#include "socketio/engine/server_socket.hpp"

namespace guildhall::socketio::engine {
namespace {

namespace asio = boost::asio;

/// How long `close` waits for clients to close their WebSockets.
constexpr std::chrono::seconds max_close_time{1};
constexpr std::size_t sid_bytes = 15;

/// Header fields that describe one request only, so a socket need not keep them.
constexpr std::array<std::string_view, 11> dropped_fields{"Connection",
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
  const auto is_dropped = [](const net::Header& field) {
    return std::any_of(dropped_fields.begin(), dropped_fields.end(),
                       [&](std::string_view name) { return net::equal_ignoring_case(field.name, name); });
  };
  const auto kept = std::count_if(request.headers.begin(), request.headers.end(), std::not_fn(is_dropped));
  handshake.headers.reserve(static_cast<std::size_t>(kept));
  for (const auto& field : request.headers) {
    if (!is_dropped(field)) handshake.headers.add(field.name, field.value);
  }
  handshake.query = request.query();
  handshake.client = request.client;
  handshake.time = std::chrono::system_clock::now();
  return handshake;
}

RequestOrigin origin_of(const net::Request& request) {
  const auto origin = request.headers.find("Origin");
  const auto site = request.headers.find("Sec-Fetch-Site");
  return {origin ? std::optional<std::string>(*origin) : std::nullopt, site == "same-origin"};
}

/// An Engine.IO request's query.
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

/// Opens a session or upgrades one on its request's connection.
class EngineUpgrade final : public net::Upgrade {
 public:
  using Take = std::function<void(net::UpgradedConnection connection, bool deflate)>;
  EngineUpgrade(Take take, bool deflate) : take_(std::move(take)), deflate_(deflate) {}
  void take(net::UpgradedConnection connection) override { take_(std::move(connection), deflate_); }

 private:
  Take take_;
  bool deflate_;
};

net::Response switch_protocols(const ServerState& server, const net::Request& request, EngineUpgrade::Take take) {
  const auto offer = server.options.per_message_deflate ? net::DeflateOffer::yes : net::DeflateOffer::no;
  auto answer = net::answer_websocket(request, offer);
  if (answer.response.status == 400) return error_response(ErrorCode::bad_request);
  if (answer.response.status != 101) return std::move(answer.response);
  answer.response.upgrade = std::make_shared<EngineUpgrade>(std::move(take), answer.deflate);
  return std::move(answer.response);
}

/// Opens a session on the event loop of its first request, `executor`.
net::Response open(const std::shared_ptr<ServerState>& server, const net::Request& request, const Query& query,
                   const net::Executor& executor) {
  const bool websocket = query.transport == "websocket";
  if (request.method != net::Method::get) return error_response(ErrorCode::bad_handshake_method);
  if (query.version != "4") return error_response(ErrorCode::unsupported_protocol_version);
  if (websocket != net::asks_for_websocket(request) || query.jsonp) return error_response(ErrorCode::bad_request);
  if (server->closed) return unavailable_response("The server is shutting down.");
  if (server->sockets >= server->options.max_sockets) {
    server->log.debug("Too many clients", {{"client", request.client.to_string()}});
    return unavailable_response("Too many clients; try again shortly.");
  }
  const auto found = std::ranges::find(server->loops, executor, [](const auto& each) { return each->executor(); });
  const auto& loop = found == server->loops.end() ? server->loops.front() : *found;
  if (!websocket) {
    const auto socket = std::make_shared<ServerSocket>(server, loop, new_sid(), handshake_of(request),
                                                       origin_of(request), Transport::polling);
    return payload_response(socket->open_polling());
  }
  return switch_protocols(*server, request,
                          [server, loop, handshake = handshake_of(request), carrier = origin_of(request)](
                              net::UpgradedConnection connection, bool deflate) {
                            if (server->closed) return;
                            std::make_shared<ServerSocket>(server, loop, new_sid(), handshake, carrier,
                                                           Transport::websocket)
                                ->open_websocket(std::move(connection), deflate);
                          });
}

net::Response probe(const ServerState& server, const net::Request& request,
                    const std::shared_ptr<ServerSocket>& socket) {
  return switch_protocols(
      server, request, [socket, carrier = origin_of(request)](net::UpgradedConnection connection, bool deflate) {
        asio::dispatch(socket->executor(), [socket, deflate, carrier, connection = std::move(connection)]() mutable {
          socket->probe(std::move(connection), std::move(carrier), deflate);
        });
      });
}

}  // namespace

Server::Server(net::EventLoops& loops, Options options, Accept accept, base::Log log)
    : state_(new ServerState{std::move(options), std::move(accept), std::move(log)}) {
  for (std::size_t i = 0; i < loops.size(); ++i) {
    state_->loops.push_back(std::make_shared<net::WebSocketLoop>(loops.executor(i)));
  }
}

Server::~Server() {
  state_->closed = true;
  for (const auto& socket : state_->all()) {
    socket->drop_listener();
    state_->remove(socket->id());
  }
}

net::Task<net::Response> Server::answer(net::Request& request) {
  const auto origin = request.headers.find("Origin");
  const auto& allowed = state_->options.allow_origin;
  const bool refused = origin && allowed && !allowed(*origin);
  if (refused && state_->options.refuse_other_origins) co_return error_response(ErrorCode::forbidden);
  const bool foreign = origin && allowed && !refused;
  net::Response response;
  if (foreign && is_preflight(request)) {
    response = preflight_response(request);
  } else {
    response = co_await answer_allowed(request);
  }
  if (foreign && response.status != 101) allow_origin(request, response);
  co_return response;
}

net::Task<net::Response> Server::answer_allowed(net::Request& request) {
  const auto query = parse_query(request);
  if (!query) co_return error_response(ErrorCode::bad_request);
  const bool websocket = query->transport == "websocket";
  if (!websocket && query->transport != "polling") co_return error_response(ErrorCode::unknown_transport);
  const net::Executor executor = co_await asio::this_coro::executor;
  if (query->sid.empty()) co_return open(state_, request, *query, executor);
  const auto socket = state_->find(query->sid);
  if (!socket) co_return error_response(ErrorCode::unknown_sid);
  if (websocket != net::asks_for_websocket(request)) co_return error_response(ErrorCode::bad_request);
  if (websocket) co_return probe(*state_, request, socket);
  const auto pending = std::make_shared<PendingResponse>(executor);
  if (request.method == net::Method::get) {
    asio::dispatch(socket->executor(), [socket, pending] { socket->poll(pending); });
  } else if (request.method == net::Method::post && request.body.size() <= socket->max_payload()) {
    asio::dispatch(socket->executor(),
                   [socket, pending, carrier = origin_of(request), payload = std::move(request.body)]() mutable {
                     socket->post(payload, std::move(carrier), *pending);
                   });
  } else {
    auto response = error_response(ErrorCode::bad_request);
    if (request.method == net::Method::post) response.status = 413;
    co_return response;
  }
  co_return co_await PendingResponse::wait(pending);
}

net::Task<net::HeadVerdict> Server::judge_head(net::Request& head) {
  const auto query = parse_query(head);
  const auto socket = query && head.method == net::Method::post ? state_->find(query->sid) : nullptr;
  net::HeadVerdict verdict;
  if (socket) {
    verdict.max_body = socket->max_payload();
  } else if (head.method == net::Method::post) {
    verdict.refusal = co_await answer(head);
  } else {
    verdict.refusal = error_response(ErrorCode::bad_request);  // Nothing else has a body.
  }
  co_return verdict;
}

net::Task<> Server::close() {
  state_->closed = true;
  for (const auto& socket : state_->all()) {
    asio::post(socket->executor(), [socket] { socket->close(DisconnectReason::server_shutting_down); });
  }
  const auto until = std::chrono::steady_clock::now() + max_close_time;
  for (const auto& loop : state_->loops) {
    const auto left = std::max(until - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration{1});
    co_await net::run_on(loop->executor(), loop->drained(std::chrono::ceil<std::chrono::milliseconds>(left)));
  }
}

Stats Server::stats() const { return {state_->sockets, state_->websockets}; }

}  // namespace guildhall::socketio::engine
