#include "socketio/engine/server_socket.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <utility>

#include "socketio/engine/answers.hpp"

namespace guildhall::socketio::engine {
namespace {

namespace asio = boost::asio;

constexpr auto never = net::Deadline::Time::max();

net::Deadline::Time now() { return std::chrono::steady_clock::now(); }

/// Packets without data as WebSocket frames, by their type.
constexpr std::array<std::string_view, 7> packet_frames{
    "\x81\x01"
    "0",
    "\x81\x01"
    "1",
    "\x81\x01"
    "2",
    "\x81\x01"
    "3",
    "\x81\x01"
    "4",
    "\x81\x01"
    "5",
    "\x81\x01"
    "6"};
constexpr std::string_view probe_answer_frame =
    "\x81\x06"
    "3probe";

/// What a WebSocket's end means for the session that uses it.
CloseReason reason_of(net::CloseCode code) {
  switch (code) {
    case net::CloseCode::protocol_error:
    case net::CloseCode::invalid_payload:
    case net::CloseCode::message_too_big: return CloseReason::transport_error;
    default: return CloseReason::transport_close;
  }
}

}  // namespace

ServerSocket::ServerSocket(std::shared_ptr<ServerContext> context, std::shared_ptr<net::WebSocketLoop> loop,
                           std::string id, Handshake handshake, Transport transport)
    : context_(std::move(context)),
      loop_(std::move(loop)),
      id_(std::move(id)),
      handshake_(std::move(handshake)),
      session_(context_->options, transport, now(), *this) {
  ++context_->sockets;
}

ServerSocket::~ServerSocket() {
  loop_->deadlines().clear(*this);
  if (websocket_) websocket_->abort();
  if (probe_) probe_->abort();
  --context_->sockets;
}

std::string ServerSocket::open_polling() {
  find_listener();
  return open_packet();
}

void ServerSocket::open_websocket(net::UpgradedConnection connection, bool deflate) {
  const auto self = shared_from_this();
  websocket_ = make_websocket(std::move(connection), deflate);
  ++context_->websockets;
  auto frame = std::make_shared<std::string>();
  net::append_frame(*frame, net::Opcode::text, open_packet());
  const std::string_view bytes = *frame;
  websocket_->send(std::move(frame), bytes);
  find_listener();
  if (const auto websocket = websocket_) websocket->start(*this);
}

/// Whoever listens may close the socket before it is known to.
void ServerSocket::find_listener() {
  auto listener = context_->accept(shared_from_this());
  if (session_.open()) {
    listener_ = std::move(listener);
  } else {
    listener->on_close(closed_because_);
  }
  if (session_.finished()) return;
  context_->table.add(shared_from_this());
  watch_deadline();
}

std::string ServerSocket::open_packet() const {
  const Options& options = context_->options;
  std::string packet = R"(0{"sid":")" + id_ + R"(","upgrades":[)";
  if (session_.transport() == Transport::polling) packet.append(R"("websocket")");
  packet.append(R"(],"pingInterval":)").append(std::to_string(options.ping_interval.count()));
  packet.append(R"(,"pingTimeout":)").append(std::to_string(options.ping_timeout.count()));
  packet.append(R"(,"maxPayload":)").append(std::to_string(options.max_payload)).append("}");
  return packet;
}

std::shared_ptr<net::WebSocket> ServerSocket::make_websocket(net::UpgradedConnection connection, bool deflate) {
  const net::WebSocketRules rules{net::WebSocketRole::server, context_->options.max_payload, deflate};
  return std::make_shared<net::WebSocket>(loop_, std::move(connection), rules);
}

void ServerSocket::poll(std::shared_ptr<Reply> reply) {
  const auto self = shared_from_this();
  // A client that has changed to WebSocket and polls all the same is to be refused, however the two arrive.
  if (const auto probe = probe_) probe->read_arrived();
  const auto time = now();
  session_.time_passed(time);
  const Refusal refusal = session_.finished() ? Refusal::unknown_sid : Refusal::bad_request;
  // Where one is held already, that is the one which the session answers: a second one ends it.
  const bool first = poll_ == nullptr;
  if (first) poll_ = reply;
  if (!session_.poll(time)) {
    if (first) poll_.reset();
    reply->give(refuse(refusal));
  }
  watch_deadline();
}

void ServerSocket::post(std::string_view payload, Reply& reply) {
  const auto self = shared_from_this();
  const auto time = now();
  session_.time_passed(time);
  const Refusal refusal = session_.finished() ? Refusal::unknown_sid : Refusal::bad_request;
  reply.give(session_.post(payload, time) ? post_answer() : refuse(refusal));
  watch_deadline();
}

void ServerSocket::probe(net::UpgradedConnection connection, bool deflate) {
  const auto self = shared_from_this();
  auto websocket = make_websocket(std::move(connection), deflate);
  if (session_.probe_opened(now())) {
    probe_ = websocket;
    websocket->start(*this);
  } else {
    websocket->close(net::CloseCode::normal);
  }
  watch_deadline();
}

void ServerSocket::send(std::shared_ptr<const Outgoing> messages, Delivery delivery) {
  session_.send(std::move(messages), delivery);
}

void ServerSocket::close(CloseReason reason) {
  const auto self = shared_from_this();
  session_.close(reason, now());
  watch_deadline();
}

void ServerSocket::answer_poll(std::string payload) {
  std::exchange(poll_, nullptr)->give(poll_answer(std::move(payload)));
}

void ServerSocket::flush_soon() {
  asio::post(loop_->executor(), [self = shared_from_this()] { self->session_.flush(); });
}

void ServerSocket::send(std::shared_ptr<const Outgoing> messages) {
  const std::string_view frames = websocket_->deflates() ? messages->deflated_frames() : messages->frames();
  websocket_->send(std::move(messages), frames);
}

void ServerSocket::send(PacketType packet) {
  websocket_->send(nullptr, packet_frames[static_cast<std::size_t>(packet)]);
}

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
  ++context_->websockets;
}

void ServerSocket::on_text(std::string_view message) {
  if (listener_) listener_->on_text(message);
}

void ServerSocket::on_binary(std::string_view message) {
  if (listener_) listener_->on_binary(message);
}

/// The listener may be in the middle of a call, so it goes when this turn of the loop is over.
void ServerSocket::on_close(CloseReason reason) {
  closed_because_ = reason;
  context_->log.debug("A client has gone", {{"client", handshake_.client.to_string()}, {"reason", to_string(reason)}});
  if (!listener_) return;
  std::shared_ptr<SocketListener> listener = std::move(listener_);
  listener->on_close(reason);
  asio::post(loop_->executor(), [listener = std::move(listener)] {});
}

void ServerSocket::on_finished() {
  if (session_.transport() == Transport::websocket) --context_->websockets;
  loop_->deadlines().clear(*this);
  context_->table.remove(id_);
}

void ServerSocket::on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) {
  const auto self = shared_from_this();
  const bool is_text = kind == net::Opcode::text;
  if (&socket == websocket_.get()) {
    is_text ? session_.websocket_text(message, now()) : session_.websocket_binary(message, now());
  } else {
    is_text ? session_.probe_text(message, now()) : session_.probe_binary();
  }
  watch_deadline();
}

void ServerSocket::on_close(net::WebSocket& socket, net::CloseCode code) {
  const auto self = shared_from_this();
  if (&socket == websocket_.get()) {
    websocket_.reset();
    session_.websocket_lost(reason_of(code));
  } else {
    probe_.reset();
    session_.probe_lost();
  }
  watch_deadline();
}

void ServerSocket::on_deadline(net::Deadline::Time time) {
  const auto self = shared_from_this();
  watched_ = never;
  session_.time_passed(time);
  watch_deadline();
}

/// Between two messages the session's deadline is mostly the same.
void ServerSocket::watch_deadline() {
  const auto deadline = session_.deadline();
  if (deadline == watched_ || session_.finished()) return;
  watched_ = deadline;
  loop_->deadlines().set(*this, deadline);
}

}  // namespace guildhall::socketio::engine
