#include "socketio/engine/session.hpp"

#include <algorithm>
#include <utility>

#include "net/websocket.hpp"

namespace guildhall::socketio::engine {
namespace {

net::CloseCode close_code(CloseReason reason) {
  switch (reason) {
    case CloseReason::parse_error: return net::CloseCode::protocol_error;
    case CloseReason::server_shutting_down: return net::CloseCode::going_away;
    default: return net::CloseCode::normal;
  }
}

}  // namespace

Session::Session(const Options& options, Transport transport, Time now, SessionActions& actions)
    : options_(options),
      actions_(actions),
      heartbeat_at_(now + options.ping_interval),
      last_heard_(now),
      transport_(transport) {}

bool Session::poll(Time now) {
  time_passed(now);
  if (state_ == State::finished || transport_ != Transport::polling) return false;
  if (poll_held_) {
    end(CloseReason::transport_error, PacketType::close);
    return false;
  }
  poll_held_ = true;
  if (probe_ == Probe::probed) poll_until_ = now + probed_poll_limit;
  answer_queued();
  return true;
}

bool Session::post(std::string_view payload, Time now) {
  time_passed(now);
  if (state_ == State::closing) return true;
  if (state_ == State::finished || transport_ != Transport::polling) return false;
  if (take_payload(payload, now)) return true;
  end(CloseReason::parse_error, PacketType::close);
  return false;
}

/// False at the first thing that is no packet, or none for a client to send.
bool Session::take_payload(std::string_view payload, Time now) {
  PayloadReader reader(payload);
  while (state_ == State::open) {
    switch (reader.next()) {
      case PayloadReader::Outcome::end: return true;
      case PayloadReader::Outcome::failed: return false;
      case PayloadReader::Outcome::packet:
        if (!take_packet(reader.packet(), now)) return false;
        break;
      case PayloadReader::Outcome::binary:
        last_heard_ = now;
        actions_.on_binary(reader.binary());
        break;
    }
  }
  return true;
}

bool Session::take_packet(Packet packet, Time now) {
  last_heard_ = now;
  switch (packet.type) {
    case PacketType::message: actions_.on_text(packet.data); return true;
    case PacketType::pong:
      awaits_pong_ = false;
      heartbeat_at_ = now + options_.ping_interval;
      return true;
    case PacketType::close: take_close(now); return true;
    case PacketType::noop: return true;
    case PacketType::open:
    case PacketType::ping:
    case PacketType::upgrade: return false;
  }
  return false;
}

/// Whoever closes with a POST has mostly sent a poll before it, which may arrive behind it.
void Session::take_close(Time now) {
  if (transport_ == Transport::websocket || poll_held_) return end(CloseReason::transport_close, PacketType::noop);
  queue_ = {};
  close_with_next_poll(CloseReason::transport_close, PacketType::noop, now + late_poll_limit);
}

void Session::websocket_text(std::string_view text, Time now) {
  if (state_ != State::open) return;
  const auto packet = decode_packet(text);
  if (!packet || !take_packet(*packet, now)) end(CloseReason::parse_error, PacketType::close);
}

void Session::websocket_binary(std::string_view bytes, Time now) {
  if (state_ != State::open) return;
  last_heard_ = now;
  actions_.on_binary(bytes);
}

void Session::websocket_lost(CloseReason reason) { end(reason, PacketType::close); }

bool Session::probe_opened(Time now) {
  time_passed(now);
  if (state_ != State::open || transport_ != Transport::polling || probe_ != Probe::none) return false;
  probe_ = Probe::opened;
  upgrade_until_ = now + options_.upgrade_timeout;
  return true;
}

void Session::probe_text(std::string_view text, Time now) {
  if (probe_ == Probe::none) return;
  const auto packet = decode_packet(text);
  if (packet && packet->type == PacketType::ping && packet->data == "probe") {
    probe_ = Probe::probed;
    actions_.answer_probe();
    if (poll_held_) answer_with(PacketType::noop);
  } else if (packet && packet->type == PacketType::upgrade && probe_ == Probe::probed) {
    last_heard_ = now;
    complete_upgrade();
  } else {
    give_up_probe();
  }
}

void Session::probe_binary() { give_up_probe(); }

void Session::probe_lost() {
  probe_ = Probe::none;
  upgrade_until_ = never;
  poll_until_ = never;
}

void Session::give_up_probe() {
  if (probe_ == Probe::none) return;
  probe_lost();
  actions_.close_probe();
}

/// What no poll has taken goes first over the new transport.
void Session::complete_upgrade() {
  if (poll_held_) answer_with(PacketType::noop);
  probe_lost();
  transport_ = Transport::websocket;
  actions_.adopt_probe();
  for (auto& queued : std::exchange(queue_, {})) {
    if (queued.messages) {
      actions_.send(std::move(queued.messages));
    } else if (queued.packet == PacketType::ping) {
      actions_.send(queued.packet);
    }
  }
  queued_bytes_ = 0;
  if (state_ == State::closing) end(CloseReason::forced_close, PacketType::close);
}

void Session::send(std::shared_ptr<const Outgoing> messages, Delivery delivery) {
  if (state_ != State::open) return;
  if (delivery == Delivery::droppable && !takes_at_once()) return;
  const std::size_t bytes = messages->frames().size() + net::WebSocket::piece_cost;
  if (!has_room_for(bytes)) {
    if (delivery == Delivery::reliable) end(CloseReason::transport_error, PacketType::close);
    return;
  }
  // Making room may have shown that the connection is gone.
  if (state_ != State::open) return;
  if (transport_ == Transport::websocket) return actions_.send(std::move(messages));
  queue_.push_back({std::move(messages)});
  queued_bytes_ += bytes;
  if (poll_held_ && !std::exchange(flush_asked_, true)) actions_.flush_soon();
}

void Session::send_packet(PacketType packet) {
  if (transport_ == Transport::websocket) return actions_.send(packet);
  queue_.push_back({nullptr, packet});
  answer_queued();
}

std::size_t Session::unsent() const {
  return transport_ == Transport::websocket ? actions_.unsent_bytes() : queued_bytes_;
}

bool Session::takes_at_once() const { return transport_ == Transport::websocket ? actions_.writable() : poll_held_; }

/// A client that has read everything may be sent a message of any size.
bool Session::has_room_for(std::size_t bytes) {
  const auto fits = [this, bytes] { return unsent() == 0 || unsent() + bytes <= options_.max_unsent; };
  if (fits()) return true;
  if (transport_ == Transport::websocket) {
    actions_.write_now();
  } else {
    answer_queued();
  }
  return fits();
}

void Session::close(CloseReason reason, Time now) {
  if (state_ != State::open) return;
  const bool waits_for_poll = transport_ == Transport::polling && !poll_held_;
  if (!waits_for_poll || reason == CloseReason::server_shutting_down) {
    answer_queued();
    return end(reason, PacketType::close);
  }
  close_with_next_poll(reason, PacketType::close, now + closing_limit);
}

void Session::close_with_next_poll(CloseReason reason, PacketType last_word, Time until) {
  queue_.push_back({nullptr, last_word});
  state_ = State::closing;
  closing_until_ = until;
  actions_.on_close(reason);
}

void Session::flush() {
  flush_asked_ = false;
  answer_queued();
}

Session::Time Session::deadline() const {
  if (state_ == State::finished) return never;
  const Time own = state_ == State::closing ? closing_until_ : heartbeat_at_;
  return std::min({own, upgrade_until_, poll_held_ ? poll_until_ : never});
}

void Session::time_passed(Time now) {
  if (now < deadline()) return;
  if (now >= upgrade_until_) give_up_probe();
  if (poll_held_ && now >= poll_until_) answer_with(PacketType::noop);
  if (state_ == State::closing && now >= closing_until_) return end(CloseReason::forced_close, PacketType::close);
  if (state_ == State::open && now >= heartbeat_at_) beat(now);
}

void Session::beat(Time now) {
  if (!std::exchange(awaits_pong_, true)) {
    heartbeat_at_ = now + options_.ping_timeout;
    return send_packet(PacketType::ping);
  }
  // A client that is heard is there, even if its pong is behind other things.
  heartbeat_at_ = last_heard_ + options_.ping_timeout;
  if (now >= heartbeat_at_) end(CloseReason::ping_timeout, PacketType::close);
}

void Session::answer_queued() {
  if (!poll_held_ || queue_.empty()) return;
  std::string payload;
  for (const auto& queued : queue_) {
    if (!payload.empty()) payload.push_back(record_separator);
    payload.append(queued.messages ? queued.messages->payload() : encode_packet(queued.packet, {}));
  }
  queue_ = {};
  queued_bytes_ = 0;
  poll_held_ = false;
  actions_.answer_poll(std::move(payload));
  if (state_ == State::closing) end(CloseReason::forced_close, PacketType::close);
}

void Session::answer_with(PacketType packet) {
  poll_held_ = false;
  actions_.answer_poll(encode_packet(packet, {}));
}

/// Ends the session at once; a poll that waits is told `last_word`.
void Session::end(CloseReason reason, PacketType last_word) {
  if (state_ == State::finished) return;
  const bool was_open = std::exchange(state_, State::finished) == State::open;
  if (poll_held_) answer_with(last_word);
  queue_ = {};
  queued_bytes_ = 0;
  give_up_probe();
  if (transport_ == Transport::websocket) {
    if (reason == CloseReason::transport_error) {
      actions_.abort_websocket();
    } else {
      actions_.close_websocket(close_code(reason));
    }
  }
  if (was_open) actions_.on_close(reason);
  actions_.on_finished();
}

}  // namespace guildhall::socketio::engine
