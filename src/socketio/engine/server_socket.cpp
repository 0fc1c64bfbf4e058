#include "socketio/engine/server_socket.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "net/ip_network.hpp"

namespace guildhall::socketio::engine {
namespace {

namespace asio = boost::asio;

constexpr std::string_view ping_frame =
    "\x81\x01"
    "2";
constexpr std::string_view probe_answer_frame =
    "\x81\x06"
    "3probe";

net::Deadline::Time steady_now() { return std::chrono::steady_clock::now(); }

DisconnectReason reason_of(net::CloseCode code) {
  switch (code) {
    case net::CloseCode::protocol_error:
    case net::CloseCode::invalid_payload:
    case net::CloseCode::message_too_big: return DisconnectReason::transport_error;
    default: return DisconnectReason::transport_close;
  }
}

}  // namespace

void ServerState::add(std::shared_ptr<ServerSocket> socket) {
  const std::string_view id = socket->id();
  const std::lock_guard lock(mutex);
  by_id.emplace(id, std::move(socket));
}

void ServerState::remove(std::string_view id) {
  std::shared_ptr<ServerSocket> removed;  // Destroyed after the lock is released and after the key, which it owns.
  const std::lock_guard lock(mutex);
  const auto found = by_id.find(id);
  if (found == by_id.end()) return;
  removed = std::move(found->second);
  by_id.erase(found);
}

std::shared_ptr<ServerSocket> ServerState::find(std::string_view id) const {
  const std::lock_guard lock(mutex);
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<ServerSocket>> ServerState::all() const {
  std::vector<std::shared_ptr<ServerSocket>> result;
  const std::lock_guard lock(mutex);
  result.reserve(by_id.size());
  for (const auto& [id, socket] : by_id) result.push_back(socket);
  return result;
}

ServerSocket::ServerSocket(std::shared_ptr<ServerState> server, std::shared_ptr<net::WebSocketLoop> loop,
                           std::string id, Handshake handshake, RequestOrigin carrier, Transport transport)
    : server_(std::move(server)),
      loop_(std::move(loop)),
      id_(std::move(id)),
      handshake_(std::move(handshake)),
      carrier_(std::move(carrier)),
      session_(server_->options, transport, steady_now(), *this),
      admitted_(session_.admitted()) {
  ++server_->sockets;
}

ServerSocket::~ServerSocket() {
  loop_->deadlines().clear(*this);
  if (websocket_) websocket_->abort();
  if (probe_) probe_->abort();
  server_->unadmitted.remove(unadmitted_);
  --server_->sockets;
}

std::string ServerSocket::open_polling() {
  accept();
  return open_packet();
}

void ServerSocket::open_websocket(net::UpgradedConnection connection, bool deflate) {
  const auto self = shared_from_this();
  websocket_ = make_websocket(std::move(connection), deflate);
  ++server_->websockets;
  auto frame = std::make_shared<std::string>();
  net::append_frame(*frame, net::Opcode::text, open_packet());
  const std::string_view bytes = *frame;
  websocket_->send(std::move(frame), bytes);
  accept();
  if (const auto websocket = websocket_) websocket->start(*this);
}

/// The new listener may close the socket while it is being made.
void ServerSocket::accept() {
  auto listener = server_->accept(shared_from_this());
  if (session_.open()) {
    listener_ = std::move(listener);
  } else {
    listener->on_close(close_reason_);
  }
  if (session_.finished()) return;
  server_->add(shared_from_this());
  if (!session_.admitted()) {
    auto [number, evicted] = server_->unadmitted.add(weak_from_this(), net::client_network(handshake_.client));
    unadmitted_ = number;
    if (evicted) asio::post(evicted->executor(), [socket = evicted] { socket->evict(); });
  }
  update_deadline();
}

std::size_t ServerSocket::max_payload() const {
  const auto& options = server_->options;
  return admitted_ ? options.max_payload : std::min(options.max_payload, options.unadmitted->max_payload);
}

void ServerSocket::admit() {
  if (admitted_.exchange(true)) return;
  server_->unadmitted.remove(unadmitted_);
  session_.admit();
  for (const auto& websocket : {websocket_, probe_}) {
    if (websocket) websocket->set_max_message(max_payload());
  }
}

void ServerSocket::evict() {
  if (admitted_) return;
  const auto self = shared_from_this();
  session_.abort();
}

std::string ServerSocket::open_packet() const {
  const Options& options = server_->options;
  std::string packet = R"(0{"sid":")" + id_ + R"(","upgrades":[)";
  if (session_.transport() == Transport::polling) packet.append(R"("websocket")");
  packet.append(R"(],"pingInterval":)").append(std::to_string(options.ping_interval.count()));
  packet.append(R"(,"pingTimeout":)").append(std::to_string(options.ping_timeout.count()));
  packet.append(R"(,"maxPayload":)").append(std::to_string(options.max_payload)).append("}");
  return packet;
}

std::shared_ptr<net::WebSocket> ServerSocket::make_websocket(net::UpgradedConnection connection, bool deflate) {
  const net::WebSocketRules rules{net::WebSocketRole::server, max_payload(), deflate};
  return std::make_shared<net::WebSocket>(loop_, std::move(connection), rules);
}

/// What a request is answered with if the session refuses it.
ErrorCode ServerSocket::error_code(net::Deadline::Time time) {
  session_.on_time(time);
  return session_.finished() ? ErrorCode::unknown_sid : ErrorCode::bad_request;
}

void ServerSocket::poll(std::shared_ptr<PendingResponse> response) {
  const auto self = shared_from_this();
  // A client that has changed to WebSocket must not poll: read its last packet first, in whatever order they arrived.
  if (const auto probe = probe_) probe->read_arrived();
  const auto time = steady_now();
  const auto code = error_code(time);
  // A second poll ends the session, which then answers the first.
  const bool first = poll_ == nullptr;
  if (first) poll_ = response;
  if (!session_.on_poll(time)) {
    if (first) poll_.reset();
    response->give(error_response(code));
  }
  update_deadline();
}

void ServerSocket::post(std::string_view payload, RequestOrigin carrier, PendingResponse& response) {
  const auto self = shared_from_this();
  if (session_.transport() == Transport::polling) carrier_ = std::move(carrier);
  const auto time = steady_now();
  const auto code = error_code(time);
  response.give(session_.on_post(payload, time) ? ok_response() : error_response(code));
  update_deadline();
}

void ServerSocket::probe(net::UpgradedConnection connection, RequestOrigin carrier, bool deflate) {
  const auto self = shared_from_this();
  auto websocket = make_websocket(std::move(connection), deflate);
  if (session_.on_probe_opened(steady_now())) {
    probe_ = websocket;
    probe_carrier_ = std::move(carrier);
    websocket->start(*this);
  } else {
    websocket->close(net::CloseCode::normal);
  }
  update_deadline();
}

void ServerSocket::send(std::shared_ptr<const EncodedMessages> messages, Delivery delivery) {
  session_.send(std::move(messages), delivery);
}

void ServerSocket::close(DisconnectReason reason) {
  const auto self = shared_from_this();
  session_.close(reason, steady_now());
  update_deadline();
}

void ServerSocket::answer_poll(std::string payload) {
  std::exchange(poll_, nullptr)->give(payload_response(std::move(payload)));
}

void ServerSocket::flush_soon() {
  asio::post(loop_->executor(), [self = shared_from_this()] { self->session_.flush(); });
}

void ServerSocket::send(std::shared_ptr<const EncodedMessages> messages) {
  const std::string_view frames = websocket_->deflates() ? messages->deflated_frames() : messages->frames();
  websocket_->send(std::move(messages), frames);
}

void ServerSocket::send_ping() { websocket_->send(nullptr, ping_frame); }

void ServerSocket::write_now() {
  if (const auto websocket = websocket_) websocket->write_queued();
}

void ServerSocket::close_websocket(net::CloseCode code) {
  if (const auto websocket = std::exchange(websocket_, nullptr)) websocket->close(code);
}

void ServerSocket::abort_websocket() {
  if (const auto websocket = std::exchange(websocket_, nullptr)) websocket->abort();
}

void ServerSocket::answer_probe() { probe_->send(nullptr, probe_answer_frame); }

void ServerSocket::close_probe() {
  if (const auto probe = std::exchange(probe_, nullptr)) probe->close(net::CloseCode::normal);
}

void ServerSocket::adopt_probe() {
  websocket_ = std::exchange(probe_, nullptr);
  carrier_ = std::move(probe_carrier_);
  ++server_->websockets;
}

void ServerSocket::on_text(std::string_view message) {
  if (const auto listener = listener_) listener->on_text(message);
}

void ServerSocket::on_binary(std::string_view message) {
  if (const auto listener = listener_) listener->on_binary(message);
}

void ServerSocket::on_close(DisconnectReason reason) {
  close_reason_ = reason;
  server_->log.debug("Client disconnected", {{"client", handshake_.client.to_string()}, {"reason", to_string(reason)}});
  if (const auto listener = std::exchange(listener_, nullptr)) listener->on_close(reason);
}

void ServerSocket::on_finished() {
  if (session_.transport() == Transport::websocket) --server_->websockets;
  loop_->deadlines().clear(*this);
  server_->unadmitted.remove(unadmitted_);
  server_->remove(id_);
}

void ServerSocket::on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) {
  const auto self = shared_from_this();
  const bool is_text = kind == net::Opcode::text;
  if (&socket == websocket_.get()) {
    is_text ? session_.on_websocket_text(message, steady_now()) : session_.on_websocket_binary(message, steady_now());
  } else {
    is_text ? session_.on_probe_text(message, steady_now()) : session_.on_probe_binary();
  }
  update_deadline();
}

void ServerSocket::on_close(net::WebSocket& socket, net::CloseCode code) {
  const auto self = shared_from_this();
  if (&socket == websocket_.get()) {
    websocket_.reset();
    session_.on_websocket_closed(reason_of(code));
  } else {
    probe_.reset();
    session_.on_probe_closed();
  }
  update_deadline();
}

void ServerSocket::on_deadline(net::Deadline::Time time) {
  const auto self = shared_from_this();
  deadline_ = net::Deadline::Time::max();
  session_.on_time(time);
  update_deadline();
}

/// Most messages do not change the session's deadline.
void ServerSocket::update_deadline() {
  const auto deadline = session_.deadline();
  if (deadline == deadline_ || session_.finished()) return;
  deadline_ = deadline;
  loop_->deadlines().set(*this, deadline);
}

}  // namespace guildhall::socketio::engine
