#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::socketio::engine {

/// Engine.IO v4's packet types, sent as one character, `0` to `6`, before the packet's data.
enum class PacketType : std::uint8_t { open, close, ping, pong, message, upgrade, noop };

/// Separates the packets of a long-polling payload.
inline constexpr char record_separator = '\x1e';
/// Precedes the base64 of a binary message in a long-polling payload.
inline constexpr char binary_prefix = 'b';

/// A text packet for a WebSocket message or a payload.
[[nodiscard]] std::string encode_packet(PacketType type, std::string_view data);

struct Packet {
  PacketType type = PacketType::noop;
  std::string_view data;
};

/// Decodes a WebSocket text message; nothing if it does not begin with a packet type.
[[nodiscard]] std::optional<Packet> decode_packet(std::string_view text);

/// Reads the packets of a long-polling payload one by one.
class PayloadReader {
 public:
  enum class Outcome : std::uint8_t {
    packet,  ///< `packet()` is the next one.
    binary,  ///< The next one is a binary message, `binary()`.
    end,     ///< No packets are left.
    failed,  ///< The next one is malformed.
  };

  /// `payload` outlives the reader. An empty one is malformed: it has no packet.
  explicit PayloadReader(std::string_view payload) : rest_(payload) {}

  [[nodiscard]] Outcome next();
  [[nodiscard]] Packet packet() const { return packet_; }
  [[nodiscard]] std::string_view binary() const { return binary_; }  ///< Valid until `next` is called again.

 private:
  std::string_view rest_;
  bool at_end_ = false;
  Packet packet_;
  std::string binary_;
};

}  // namespace guildhall::socketio::engine
