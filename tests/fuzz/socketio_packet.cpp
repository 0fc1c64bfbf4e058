// The messages of one connection, for the packet decoder: what it accepts can be encoded, and is then decoded to the
// same packet. In an input messages are separated by U+001E, and binary ones begin with `b`.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "socketio/packet.hpp"
#include "tests/fuzz/require.hpp"

namespace guildhall::fuzz {
namespace {

namespace json = boost::json;
using socketio::Packet;
using socketio::PacketDecoder;
using socketio::PacketType;

constexpr std::size_t max_attachments = 3;
constexpr std::size_t max_bytes = 2048;
/// Escapes make a packet longer when it is encoded again.
constexpr std::size_t max_encoded_bytes = 16 * max_bytes;

/// Equal numbers may differ in form: 5.0 is written as 5, and Boost.JSON may round the last digits of a fraction.
bool same(const json::value& a, const json::value& b) {
  if (a.is_number() || b.is_number()) return (a.is_number() || a.is_null()) && (b.is_number() || b.is_null());
  if (a.is_array() && b.is_array()) return std::ranges::equal(a.get_array(), b.get_array(), same);
  if (!a.is_object() || !b.is_object()) return a == b;
  const auto same_member = [](const auto& one, const auto& other) {
    return one.key() == other.key() && same(one.value(), other.value());
  };
  return std::ranges::equal(a.get_object(), b.get_object(), same_member);
}

/// The packet as text; nothing for a kind that only clients send.
std::optional<std::string> encode(const Packet& packet) {
  if (packet.type == PacketType::event || packet.type == PacketType::ack) {
    auto values = packet.data.as_array();
    if (packet.type == PacketType::ack) {
      return socketio::encode_ack(packet.nsp, *packet.id, socketio::Arguments(values, packet.attachments));
    }
    if (!values.front().is_string()) return std::nullopt;
    const std::string name(values.front().as_string());
    values.erase(values.begin());
    return socketio::encode_event(packet.nsp, name, socketio::Arguments(values, packet.attachments), packet.id);
  }
  if (packet.id) return std::nullopt;
  return socketio::encode_packet(packet.type, packet.nsp, packet.data);
}

void check(const Packet& packet) {
  require(packet.type != PacketType::binary_event && packet.type != PacketType::binary_ack);
  require(packet.nsp.starts_with('/') && packet.attachments.size() <= max_attachments);
  std::size_t bytes = 0;
  for (const auto& attachment : packet.attachments) bytes += attachment.size();
  require(bytes <= max_bytes);
  const auto text = encode(packet);
  if (!text) return;

  PacketDecoder decoder(max_attachments, max_encoded_bytes);
  auto decoded = decoder.text(*text);
  for (const auto& attachment : packet.attachments) {
    require(decoded.has_value() && !decoded->has_value());
    decoded = decoder.binary(attachment);
  }
  require(decoded.has_value() && decoded->has_value());
  const Packet& again = **decoded;
  require(again.type == packet.type && again.nsp == packet.nsp && again.id == packet.id);
  require(again.attachments == packet.attachments && same(again.data, packet.data));
}

void decode(std::string_view messages) {
  PacketDecoder decoder(max_attachments, max_bytes);
  for (;;) {
    const auto size = std::min(messages.find('\x1e'), messages.size());
    const auto message = messages.substr(0, size);
    const auto decoded = message.starts_with('b') ? decoder.binary(message.substr(1)) : decoder.text(message);
    if (!decoded) return;
    if (*decoded) check(**decoded);
    if (size == messages.size()) return;
    messages.remove_prefix(size + 1);
  }
}

}  // namespace
}  // namespace guildhall::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  guildhall::fuzz::decode({reinterpret_cast<const char*>(data), size});
  return 0;
}
