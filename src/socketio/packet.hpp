#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "socketio/arguments.hpp"

namespace guildhall::socketio {

/// Socket.IO v5's packet types, sent as the packet's first digit.
enum class PacketType : std::uint8_t { connect, disconnect, event, ack, connect_error, binary_event, binary_ack };

/// A received packet. The binary types become `event` and `ack` with attachments.
struct Packet {
  PacketType type{};
  std::string nsp{"/"};
  std::optional<std::uint64_t> id{};  ///< Of the acknowledgement that an event asks for or that this is.
  boost::json::value data{};          ///< An array for events and acknowledgements; an object, or null, for `connect`.
  std::vector<std::string> attachments{};
};

/// Throws std::invalid_argument for an event name that clients and the official server use themselves.
void require_unreserved(std::string_view event);

/// The text of a packet without arguments; null data is omitted.
[[nodiscard]] std::string encode_packet(PacketType type, std::string_view nsp,
                                        const boost::json::value& data = nullptr);
/// The text of an event, without its attachments. It ends with the `]` of the argument list.
[[nodiscard]] std::string encode_event(std::string_view nsp, std::string_view event, const Arguments& arguments,
                                       std::optional<std::uint64_t> id = std::nullopt);
[[nodiscard]] std::string encode_ack(std::string_view nsp, std::uint64_t id, const Arguments& arguments);

/// Assembles packets from the messages of one connection. Does no I/O.
class PacketDecoder {
 public:
  /// `max_attachments` and `max_bytes`, of its text and attachments, are for one packet.
  PacketDecoder(std::size_t max_attachments, std::size_t max_bytes)
      : max_attachments_(max_attachments), max_bytes_(max_bytes) {}

  /// A packet, or nothing while attachments are missing. Errc::malformed where the message is not a valid or not the
  /// expected packet; the connection must then be closed.
  [[nodiscard]] base::Result<std::optional<Packet>> text(std::string_view message);
  /// The same for a binary message: an attachment of the preceding packet.
  [[nodiscard]] base::Result<std::optional<Packet>> binary(std::string_view message);

 private:
  struct Incomplete {
    Packet packet;
    std::size_t attachments;
    std::size_t bytes;  ///< So far.
  };

  std::size_t max_attachments_;
  std::size_t max_bytes_;
  std::unique_ptr<Incomplete> incomplete_;
};

}  // namespace guildhall::socketio
