#include <array>
#include <span>
#include <string>
#include <string_view>

#include "bench/instructions/counting.hpp"
#include "bench/instructions/paths.hpp"
#include "net/websocket_frame.hpp"
#include "net/websocket_reader.hpp"
#include "socketio/engine/packet.hpp"
#include "socketio/packet.hpp"

namespace guildhall::bench {
namespace {

constexpr std::array<std::string_view, 5> texts{
    "3", R"(42["watch",{"guildId":"3000000000000000001","events":["MESSAGE_CREATE","GUILD_MEMBER_ADD"],"limit":50}])",
    R"(4217["save",{"trigger":"hello","response":{"content":"Hello ${1}, how are you?","embeds":[{"title":"Welcome",)"
    R"("description":"Read the rules in <#3000000000000000201> first.","color":5793266,"fields":[{"name":"Since",)"
    R"("value":"2024-02-11","inline":true},{"name":"Members","value":"1234","inline":true}]}]},"interaction":null}])",
    R"(4318[{"ok":true,"id":"42","took":1.25}])", R"(451-["picture",{"_placeholder":true,"num":0},"cat.png"])"};
constexpr int packets = 5;

std::string wire() {
  constexpr net::MaskingKey key{'k', 'e', 'y', '!'};
  std::string bytes;
  for (const auto text : texts) net::append_masked_frame(bytes, net::Opcode::text, text, key);
  net::append_masked_frame(bytes, net::Opcode::binary, std::string(1024, '\x7f'), key);
  return bytes;
}

/// The receiving side of one connection.
class Way {
 public:
  /// The number of Engine.IO and Socket.IO packets.
  int parse(std::span<char> bytes) {
    int parsed = 0;
    while (reader_.next(bytes) == net::WebSocketReader::Outcome::message) {
      if (reader_.kind() == net::Opcode::binary) {
        parsed += is_packet(decoder_.binary(reader_.payload()));
        continue;
      }
      const auto packet = socketio::engine::decode_packet(reader_.payload());
      if (!packet) continue;
      const bool is_message = packet->type == socketio::engine::PacketType::message;
      parsed += is_message ? is_packet(decoder_.text(packet->data)) : 1;
    }
    return parsed;
  }

 private:
  static int is_packet(const base::Result<std::optional<socketio::Packet>>& packet) {
    return packet && packet->has_value() ? 1 : 0;
  }

  net::WebSocketReader reader_{net::WebSocketRules{}};
  socketio::PacketDecoder decoder_{10, 1'000'000};
};

}  // namespace

void parse_packets(unsigned warm_up, unsigned operations) {
  const std::string sent = wire();
  Way way;
  for (unsigned i = 0; i < warm_up + operations; ++i) {
    std::string bytes = sent;  // It is unmasked where it is.
    if (i < warm_up) {
      demand(way.parse(bytes) == packets, "a packet is missing");
    } else {
      const Counting counting;
      way.parse(bytes);
    }
  }
}

}  // namespace guildhall::bench
