#include "socketio/engine/packet.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace guildhall::socketio::engine {
namespace {

using testing::ElementsAre;

/// What a payload holds, each packet as text; `!` where it ends in something that is none.
std::vector<std::string> read(std::string_view payload) {
  std::vector<std::string> packets;
  PayloadReader reader(payload);
  for (;;) {
    switch (reader.next()) {
      case PayloadReader::Outcome::packet:
        packets.push_back(encode_packet(reader.packet().type, reader.packet().data));
        break;
      case PayloadReader::Outcome::binary: packets.push_back("binary " + std::string(reader.binary())); break;
      case PayloadReader::Outcome::end: return packets;
      case PayloadReader::Outcome::failed: packets.emplace_back("!"); return packets;
    }
  }
}

TEST(Packet, HasATypeAndData) {
  EXPECT_EQ(encode_packet(PacketType::ping, "probe"), "2probe");
  const auto packet = decode_packet("4hello");
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->type, PacketType::message);
  EXPECT_EQ(packet->data, "hello");
}

TEST(Packet, UnknownTypesAreRefused) {
  for (const char* text : {"", "7", "/", "abc", "-1", " 4", "\xFF"})
    EXPECT_EQ(decode_packet(text), std::nullopt) << text;
}

TEST(Payload, HasSeveralPackets) {
  EXPECT_THAT(read("4hello\x1e"
                   "2\x1e"
                   "4w\xC3\xB6rld"),
              ElementsAre("4hello", "2", "4w\xC3\xB6rld"));
}

TEST(Payload, HasBinaryMessagesAsBase64) {
  EXPECT_THAT(read("4hello\x1e"
                   "bAQIDBA==\x1e"
                   "b"),
              ElementsAre("4hello", "binary \x01\x02\x03\x04", "binary "));
}

TEST(Payload, StopsAtTheFirstMalformedPacket) {
  EXPECT_THAT(read(""), ElementsAre("!"));
  EXPECT_THAT(read("abc"), ElementsAre("!"));
  EXPECT_THAT(read("4a\x1e"), ElementsAre("4a", "!"));
  EXPECT_THAT(read("4a\x1e\x1e"
                   "4b"),
              ElementsAre("4a", "!"));
  EXPECT_THAT(read("4a\x1e"
                   "b!!"),
              ElementsAre("4a", "!"));
}

}  // namespace
}  // namespace guildhall::socketio::engine
