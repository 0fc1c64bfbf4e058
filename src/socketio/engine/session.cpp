#include "socketio/engine/session.hpp"

#include <algorithm>
#include <utility>

#include "net/websocket.hpp"

namespace guildhall::socketio::engine {
namespace {

net::CloseCode close_code(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::parse_error: return net::CloseCode::protocol_error;
    case DisconnectReason::server_shutting_down: return net::CloseCode::going_away;
    default: return net::CloseCode::normal;
  }
}

/// What queued messages count.
std::size_t cost_of(const EncodedMessages& messages) { return messages.frames().size() + net::WebSocket::piece_cost; }

}  // namespace

Session::Session(const Options& options, Transport transport, Time now, SessionIo& io)
    : options_(options),
      io_(io),
      heartbeat_at_(now + options.ping_interval),
      last_received_(now),
      transport_(transport),
      admitted_(!options.unadmitted) {}

bool Session::on_poll(Time now) {
  on_time(now);
  if (state_ == State::finished || transport_ != Transport::polling) return false;
  if (poll_held_) {
    finish(DisconnectReason::transport_error, PacketType::close);
    return false;
  }
  poll_held_ = true;
  if (probe_ == Probe::answered) poll_until_ = now + max_probed_poll;
  flush();
  return true;
}

bool Session::on_post(std::string_view payload, Time now) {
  on_time(now);
  if (state_ == State::closing) return true;
  if (state_ == State::finished || transport_ != Transport::polling) return false;
  if (read_payload(payload, now)) return true;
  finish(DisconnectReason::parse_error, PacketType::close);
  return false;
}

/// False at the first malformed packet, and at one that only servers send.
bool Session::read_payload(std::string_view payload, Time now) {
  PayloadReader reader(payload);
  while (state_ == State::open) {
    switch (reader.next()) {
      case PayloadReader::Outcome::end: return true;
      case PayloadReader::Outcome::failed: return false;
      case PayloadReader::Outcome::packet:
        if (!on_packet(reader.packet(), now)) return false;
        break;
      case PayloadReader::Outcome::binary:
        last_received_ = now;
        io_.on_binary(reader.binary());
        break;
    }
  }
  return true;
}

bool Session::on_packet(Packet packet, Time now) {
  last_received_ = now;
  switch (packet.type) {
    case PacketType::message: io_.on_text(packet.data); return true;
    case PacketType::pong:
      awaits_pong_ = false;
      heartbeat_at_ = now + options_.ping_interval;
      return true;
    case PacketType::close: on_close_packet(now); return true;
    case PacketType::noop: return true;
    case PacketType::open:
    case PacketType::ping:
    case PacketType::upgrade: return false;
  }
  return false;
}

/// A client that closes with a POST has usually sent a poll before it, which may arrive later.
void Session::on_close_packet(Time now) {
  if (transport_ == Transport::websocket || poll_held_)
    return finish(DisconnectReason::transport_close, PacketType::noop);
  queue_ = {};
  close_with_next_poll(DisconnectReason::transport_close, PacketType::noop, now + max_late_poll_wait);
}

void Session::on_websocket_text(std::string_view text, Time now) {
  if (state_ != State::open) return;
  const auto packet = decode_packet(text);
  if (!packet || !on_packet(*packet, now)) finish(DisconnectReason::parse_error, PacketType::close);
}

void Session::on_websocket_binary(std::string_view bytes, Time now) {
  if (state_ != State::open) return;
  last_received_ = now;
  io_.on_binary(bytes);
}

void Session::on_websocket_closed(DisconnectReason reason) { finish(reason, PacketType::close); }

bool Session::on_probe_opened(Time now) {
  on_time(now);
  if (state_ != State::open || transport_ != Transport::polling || probe_ != Probe::none) return false;
  probe_ = Probe::opened;
  upgrade_until_ = now + options_.upgrade_timeout;
  return true;
}

void Session::on_probe_text(std::string_view text, Time now) {
  if (probe_ == Probe::none) return;
  const auto packet = decode_packet(text);
  if (packet && packet->type == PacketType::ping && packet->data == "probe") {
    probe_ = Probe::answered;
    io_.answer_probe();
    if (poll_held_) answer_poll(PacketType::noop);
  } else if (packet && packet->type == PacketType::upgrade && probe_ == Probe::answered) {
    last_received_ = now;
    complete_upgrade();
  } else {
    abandon_probe();
  }
}

void Session::on_probe_binary() { abandon_probe(); }

void Session::on_probe_closed() {
  probe_ = Probe::none;
  upgrade_until_ = never;
  poll_until_ = never;
}

void Session::abandon_probe() {
  if (probe_ == Probe::none) return;
  on_probe_closed();
  io_.close_probe();
}

/// What is still queued goes over the new transport first.
void Session::complete_upgrade() {
  if (poll_held_) answer_poll(PacketType::noop);
  on_probe_closed();
  transport_ = Transport::websocket;
  io_.adopt_probe();
  for (auto& queued : std::exchange(queue_, {})) {
    if (queued.messages) {
      io_.send(std::move(queued.messages));
    } else if (queued.packet == PacketType::ping) {
      io_.send_ping();
    }
  }
  queued_bytes_ = 0;
  if (state_ == State::closing) finish(DisconnectReason::forced_close, PacketType::close);
}

void Session::send(std::shared_ptr<const EncodedMessages> messages, Delivery delivery) {
  if (state_ != State::open) return;
  if (delivery == Delivery::volatile_ && !can_send_now()) return;
  const auto bytes = cost_of(*messages);
  if (!has_room_for(bytes)) {
    if (delivery == Delivery::reliable) finish(DisconnectReason::transport_error, PacketType::close);
    return;
  }
  // Making room may have revealed that the connection is closed.
  if (state_ != State::open) return;
  if (transport_ == Transport::websocket) return io_.send(std::move(messages));
  queue_.push_back({std::move(messages)});
  queued_bytes_ += bytes;
  if (poll_held_ && !std::exchange(flush_requested_, true)) io_.flush_soon();
}

void Session::ping() {
  if (transport_ == Transport::websocket) return io_.send_ping();
  queue_.push_back({nullptr, PacketType::ping});
  flush();
}

std::size_t Session::unsent() const { return transport_ == Transport::websocket ? io_.unsent_bytes() : queued_bytes_; }

bool Session::can_send_now() const { return transport_ == Transport::websocket ? io_.writable() : poll_held_; }

std::size_t Session::max_unsent() const {
  const auto most = admitted_ ? options_.max_unsent : options_.unadmitted->max_unsent;
  if (EncodedMessages::all_bytes() <= options_.max_total_unsent) return most;
  return std::min(most, options_.max_unsent_over_total);
}

/// A client that has read everything may get a message of any size.
bool Session::has_room_for(std::size_t bytes) {
  const auto fits = [this, bytes] { return unsent() == 0 || unsent() + bytes <= max_unsent(); };
  if (fits()) return true;
  if (transport_ == Transport::websocket) {
    io_.write_now();
  } else {
    flush();
  }
  return fits();
}

void Session::close(DisconnectReason reason, Time now) {
  if (state_ != State::open) return;
  const bool waits_for_poll = transport_ == Transport::polling && !poll_held_;
  if (!waits_for_poll || reason == DisconnectReason::server_shutting_down) {
    flush();
    if (queue_.empty() || reason == DisconnectReason::server_shutting_down) return finish(reason, PacketType::close);
  }
  close_with_next_poll(reason, PacketType::close, now + max_close_wait);
}

void Session::abort() { finish(DisconnectReason::transport_error, PacketType::close); }

void Session::close_with_next_poll(DisconnectReason reason, PacketType final_packet, Time until) {
  queue_.push_back({nullptr, final_packet});
  state_ = State::closing;
  closing_until_ = until;
  io_.on_close(reason);
}

Session::Time Session::deadline() const {
  if (state_ == State::finished) return never;
  const Time own = state_ == State::closing ? closing_until_ : heartbeat_at_;
  return std::min({own, upgrade_until_, poll_held_ ? poll_until_ : never});
}

void Session::on_time(Time now) {
  if (now < deadline()) return;
  if (now >= upgrade_until_) abandon_probe();
  if (poll_held_ && now >= poll_until_) answer_poll(PacketType::noop);
  if (state_ == State::closing && now >= closing_until_)
    return finish(DisconnectReason::forced_close, PacketType::close);
  if (state_ == State::open && now >= heartbeat_at_) check_heartbeat(now);
}

void Session::check_heartbeat(Time now) {
  if (!std::exchange(awaits_pong_, true)) {
    heartbeat_at_ = now + options_.ping_timeout;
    return ping();
  }
  // Any packet proves that the client is alive; its pong may be delayed behind other packets.
  heartbeat_at_ = last_received_ + options_.ping_timeout;
  if (now >= heartbeat_at_) finish(DisconnectReason::ping_timeout, PacketType::close);
}

void Session::flush() {
  flush_requested_ = false;
  if (!poll_held_ || queue_.empty()) return;
  auto payload = take_payload();
  poll_held_ = false;
  io_.answer_poll(std::move(payload));
  if (state_ == State::closing && queue_.empty()) finish(DisconnectReason::forced_close, PacketType::close);
}

/// Takes up to `max_poll_packets` packets off the queue, or one message with more attachments than that.
std::string Session::take_payload() {
  std::string payload;
  std::size_t packets = 0;
  auto at = queue_.begin();
  for (; at != queue_.end(); ++at) {
    packets += at->messages ? at->messages->packets() : 1;
    if (packets > max_poll_packets && at != queue_.begin()) break;
    if (!payload.empty()) payload.push_back(record_separator);
    payload.append(at->messages ? at->messages->payload() : encode_packet(at->packet, {}));
    if (at->messages) queued_bytes_ -= cost_of(*at->messages);
  }
  queue_.erase(queue_.begin(), at);
  if (queue_.empty()) queue_ = {};
  return payload;
}

void Session::answer_poll(PacketType packet) {
  poll_held_ = false;
  io_.answer_poll(encode_packet(packet, {}));
}

/// Ends the session at once; a held poll is answered with `final_packet`.
void Session::finish(DisconnectReason reason, PacketType final_packet) {
  if (state_ == State::finished) return;
  const bool was_open = std::exchange(state_, State::finished) == State::open;
  if (poll_held_) answer_poll(final_packet);
  queue_ = {};
  queued_bytes_ = 0;
  abandon_probe();
  if (transport_ == Transport::websocket) {
    if (reason == DisconnectReason::transport_error) {
      io_.abort_websocket();
    } else {
      io_.close_websocket(close_code(reason));
    }
  }
  if (was_open) io_.on_close(reason);
  io_.on_finished();
}

}  // namespace guildhall::socketio::engine
