#include "sim/gateway/socket.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/gateway/hub.hpp"

namespace guildhall::sim {
namespace {

constexpr std::uint8_t final_bit = 0x80;

/// A message as a frame, or in frames that hold `piece` bytes each.
std::vector<std::string> frames_of(net::Opcode kind, std::string_view message, std::size_t piece) {
  std::vector<std::string> frames;
  do {
    const auto part = piece == 0 ? message : message.substr(0, piece);
    message.remove_prefix(part.size());
    std::string& frame = frames.emplace_back();
    net::append_frame(frame, frames.size() == 1 ? kind : net::Opcode::continuation, part);
    if (!message.empty()) frame[0] = static_cast<char>(static_cast<std::uint8_t>(frame[0]) & ~final_bit);
  } while (!message.empty());
  return frames;
}

std::vector<std::string> cut(std::string_view bytes, std::size_t piece) {
  std::vector<std::string> pieces;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
    pieces.emplace_back(bytes.substr(0, piece));
  return pieces;
}

}  // namespace

GatewaySocket::GatewaySocket(GatewayHub& hub, std::shared_ptr<net::WebSocket> websocket, GatewayAddress address,
                             std::unique_ptr<PayloadCompressor> compressor)
    : hub_(hub),
      websocket_(std::move(websocket)),
      compressor_(std::move(compressor)),
      connection_(hub, *this, std::move(address)) {}

GatewaySocket::~GatewaySocket() {
  if (!finished()) websocket_->abort();
}

void GatewaySocket::open() {
  connection_.open();
  if (!finished()) websocket_->start(*this);
}

void GatewaySocket::close_going_away() {
  if (!finished()) connection_.close(static_cast<std::uint16_t>(net::CloseCode::going_away), "The simulator ends.");
}

void GatewaySocket::on_message(net::WebSocket&, net::Opcode kind, std::string_view message) {
  if (kind == net::Opcode::text) {
    connection_.take_text(message);
  } else {
    connection_.take_binary();
  }
}

void GatewaySocket::on_close(net::WebSocket&, net::CloseCode code) {
  connection_.client_closed(static_cast<std::uint16_t>(code));
}

void GatewaySocket::send(std::string_view payload, const TrafficShape& shape) {
  const auto kind = compressor_ ? net::Opcode::binary : net::Opcode::text;
  std::string compressed;
  if (compressor_) {
    compressed = compressor_->compress(payload);
    payload = compressed;
  }
  auto pieces = frames_of(kind, payload, shape.tcp ? 0 : shape.piece);
  if (shape.tcp && shape.piece > 0) pieces = cut(pieces.front(), shape.piece);
  auto due = hub_.now() + shape.wait;
  for (auto& piece : pieces) {
    // Held frames must be sent first.
    if (held_.empty() && due <= hub_.now()) {
      send_frames(std::move(piece));
      // Each piece is a write of its own.
      if (shape.piece > 0) websocket_->write_queued();
    } else {
      hold(std::move(piece), due);
    }
    due += shape.pause;
  }
}

void GatewaySocket::hold(std::string frames, base::Timestamp due) {
  if (!held_.empty()) due = std::max(due, held_.back().due);
  held_bytes_ += frames.size();
  held_.push_back({due, std::move(frames)});
}

void GatewaySocket::send_frames(std::string frames) {
  auto owner = std::make_shared<const std::string>(std::move(frames));
  const std::string_view bytes = *owner;
  websocket_->send(std::move(owner), bytes);
}

void GatewaySocket::tick() {
  while (!held_.empty() && held_.front().due <= hub_.now()) {
    held_bytes_ -= held_.front().frames.size();
    send_frames(std::move(held_.front().frames));
    held_.pop_front();
    websocket_->write_queued();
  }
}

void GatewaySocket::enable_payload_compression() { compressor_ = make_single_payload_compressor(); }

void GatewaySocket::close(std::uint16_t code, std::string_view reason) {
  for (auto& held : std::exchange(held_, {})) send_frames(std::move(held.frames));
  websocket_->close(static_cast<net::CloseCode>(code), reason);
}

void GatewaySocket::reset() { websocket_->reset(); }

}  // namespace guildhall::sim
