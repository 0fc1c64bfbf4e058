#include "socketio/engine/packet.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace guildhall::socketio::engine {

std::string encode_packet(PacketType type, std::string_view data) {
  std::string text;
  text.reserve(1 + data.size());
  text.push_back(static_cast<char>('0' + static_cast<char>(type)));
  text.append(data);
  return text;
}

std::optional<Packet> decode_packet(std::string_view text) {
  if (text.empty() || text.front() < '0' || text.front() > '6') return std::nullopt;
  return Packet{static_cast<PacketType>(text.front() - '0'), text.substr(1)};
}

PayloadReader::Outcome PayloadReader::next() {
  if (at_end_) return Outcome::end;
  const auto size = std::min(rest_.find(record_separator), rest_.size());
  const auto text = rest_.substr(0, size);
  at_end_ = size == rest_.size();
  if (!at_end_) rest_.remove_prefix(size + 1);

  if (text.starts_with(binary_prefix)) {
    auto bytes = base::decode_base64(text.substr(1));
    if (!bytes) return Outcome::failed;
    binary_ = std::move(*bytes);
    return Outcome::binary;
  }
  const auto packet = decode_packet(text);
  if (!packet) return Outcome::failed;
  packet_ = *packet;
  return Outcome::packet;
}

}  // namespace guildhall::socketio::engine
