#include "socketio/engine/encoded_messages.hpp"

#include "base/encoding.hpp"
#include "net/websocket_deflate.hpp"
#include "net/websocket_frame.hpp"
#include "socketio/engine/packet.hpp"

namespace guildhall::socketio::engine {
namespace {

std::string encode_frames(std::string_view text, const std::vector<std::string>& attachments) {
  const std::string packet = encode_packet(PacketType::message, text);
  std::size_t size = net::frame_size(packet.size());
  for (const auto& attachment : attachments) size += net::frame_size(attachment.size());
  std::string frames;
  frames.reserve(size);
  net::append_frame(frames, net::Opcode::text, packet);
  for (const auto& attachment : attachments) net::append_frame(frames, net::Opcode::binary, attachment);
  return frames;
}

/// Most receivers use WebSocket, so the payload is derived from the frames when a poll first needs it.
std::string encode_payload(std::string_view frames) {
  std::string payload;
  while (const auto frame = net::take_frame(frames)) {
    if (!payload.empty()) payload.push_back(record_separator);
    if (frame->opcode == net::Opcode::text) {
      payload.append(frame->payload);
    } else {
      payload.push_back(binary_prefix);
      base::append_base64(payload, frame->payload);
    }
  }
  return payload;
}

/// The official server's threshold: compressing less costs more than it saves.
constexpr std::size_t min_deflated_size = 1024;

std::string deflate_frames(std::string_view frames) {
  std::string deflated;
  while (const auto frame = net::take_frame(frames)) {
    if (frame->payload.size() < min_deflated_size) {
      net::append_frame(deflated, frame->opcode, frame->payload);
    } else {
      net::append_frame(deflated, frame->opcode, net::deflate_message(frame->payload), net::Compression::deflate);
    }
  }
  return deflated;
}

}  // namespace

EncodedMessages::EncodedMessages(std::string_view text, const std::vector<std::string>& attachments)
    : frames_(encode_frames(text, attachments)), packets_(1 + attachments.size()) {
  bytes_.add(frames_.size());
}

EncodedMessages::EncodedMessages(BinaryMessage message) {
  net::append_frame(frames_, net::Opcode::binary, message.bytes);
  bytes_.add(frames_.size());
}

std::string_view EncodedMessages::deflated_frames() const {
  std::call_once(deflated_made_, [this] {
    deflated_ = deflate_frames(frames_);
    bytes_.add(deflated_.size());
  });
  return deflated_;
}

std::string_view EncodedMessages::payload() const {
  std::call_once(payload_made_, [this] {
    payload_ = encode_payload(frames_);
    bytes_.add(payload_.size());
  });
  return payload_;
}

}  // namespace guildhall::socketio::engine
