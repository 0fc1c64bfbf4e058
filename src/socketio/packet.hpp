#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "socketio/arguments.hpp"

namespace guildhall::socketio {

/// Socket.IO v5's kinds of packets; each is one digit at the packet's beginning.
enum class PacketType : std::uint8_t { connect, disconnect, event, ack, connect_error, binary_event, binary_ack };

/// A packet as it was received. The binary kinds are `event` and `ack` here, with attachments.
struct Packet {
  PacketType type{};
  std::string nsp{"/"};
  std::optional<std::uint64_t> id{};  ///< Asks for an acknowledgement, or is one.
  boost::json::value data{};          ///< An array for events and acknowledgements; an object, or null, for `connect`.
  std::vector<std::string> attachments{};
};

/// True for a name that events cannot have, since clients and the official server use it themselves.
[[nodiscard]] bool is_reserved(std::string_view event);

/// The text of a packet without arguments; null data is left out.
[[nodiscard]] std::string encode_packet(PacketType type, std::string_view nsp,
                                        const boost::json::value& data = nullptr);
/// The text of an event; its attachments follow it. Ends with `]`, after which there could be one argument more.
[[nodiscard]] std::string encode_event(std::string_view nsp, std::string_view event, const Arguments& arguments,
                                       std::optional<std::uint64_t> id = std::nullopt);
[[nodiscard]] std::string encode_ack(std::string_view nsp, std::uint64_t id, const Arguments& arguments);

}  // namespace guildhall::socketio
