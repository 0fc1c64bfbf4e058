#include "socketio/packet.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace guildhall::socketio {
namespace {

using boost::json::parse;

TEST(Packet, Events) {
  EXPECT_EQ(encode_event("/", "hello", {}), R"(2["hello"])");
  EXPECT_EQ(encode_event("/", "say \"hi\"", {1, "2", {{"3", {true}}}}), R"(2["say \"hi\"",1,"2",{"3":[true]}])");
  EXPECT_EQ(encode_event("/admin", "hello", {1}, 13), R"(2/admin,13["hello",1])");
}

TEST(Packet, Acknowledgements) {
  EXPECT_EQ(encode_ack("/", 12, {}), "312[]");
  EXPECT_EQ(encode_ack("/admin", 0, {"a", nullptr}), R"(3/admin,0["a",null])");
}

TEST(Packet, AttachmentsMakeAPacketBinary) {
  Arguments picture{"cat.png"};
  picture.append(boost::json::object{{"data", picture.attach("\x01\x02")}, {"thumbnail", picture.attach("\x03")}});
  EXPECT_EQ(
      encode_event("/", "picture", picture, 7),
      R"(52-7["picture","cat.png",{"data":{"_placeholder":true,"num":0},"thumbnail":{"_placeholder":true,"num":1}}])");
  EXPECT_EQ(encode_ack("/", 7, Arguments({1}, {"x"})), "61-7[1]");
}

TEST(Packet, ConnectDisconnectAndErrors) {
  EXPECT_EQ(encode_packet(PacketType::connect, "/", {{"sid", "abc"}}), R"(0{"sid":"abc"})");
  EXPECT_EQ(encode_packet(PacketType::disconnect, "/admin"), "1/admin,");
  EXPECT_EQ(encode_packet(PacketType::connect_error, "/x", {{"message", "no"}}), R"(4/x,{"message":"no"})");
}

std::optional<Packet> decode(std::string_view message) {
  auto decoded = PacketDecoder(10, 1000).text(message);
  return decoded ? *decoded : std::nullopt;
}

TEST(PacketDecoder, Connect) {
  const auto bare = decode("0").value();
  EXPECT_EQ(bare.type, PacketType::connect);
  EXPECT_EQ(bare.nsp, "/");
  EXPECT_TRUE(bare.data.is_null());
  const auto custom = decode(R"(0/custom,{"token":"x"})").value();
  EXPECT_EQ(custom.nsp, "/custom");
  EXPECT_EQ(custom.data, parse(R"({"token":"x"})"));
  EXPECT_EQ(decode("0/custom").value().nsp, "/custom");
  EXPECT_EQ(decode("0/custom,").value().nsp, "/custom");
}

TEST(PacketDecoder, EventsAndAcknowledgements) {
  const auto event = decode(R"(2/admin,456["project:delete",123])").value();
  EXPECT_EQ(event.type, PacketType::event);
  EXPECT_EQ(event.nsp, "/admin");
  EXPECT_EQ(event.id, 456);
  EXPECT_EQ(event.data, parse(R"(["project:delete",123])"));
  EXPECT_FALSE(decode(R"(2["a"])").value().id);
  EXPECT_TRUE(decode(R"(2[1])")) << "JavaScript may name an event by a number";
  const auto ack = decode("30[]").value();
  EXPECT_EQ(ack.type, PacketType::ack);
  EXPECT_EQ(ack.id, 0);
  EXPECT_EQ(decode("1/admin,").value().type, PacketType::disconnect);
}

TEST(PacketDecoder, AttachmentsFollowTheirPacket) {
  PacketDecoder decoder(10, 1000);
  const auto* text = R"(52-/admin,1["a",{"b":[{"_placeholder":true,"num":1}]},{"_placeholder":true,"num":0}])";
  EXPECT_FALSE(decoder.text(text).value());
  EXPECT_FALSE(decoder.binary(std::string_view("\x00\x01", 2)).value());
  const auto packet = decoder.binary("two").value().value();
  EXPECT_EQ(packet.type, PacketType::event);
  EXPECT_EQ(packet.nsp, "/admin");
  EXPECT_EQ(packet.id, 1);
  const Arguments arguments(packet.data.as_array(), packet.attachments);
  EXPECT_EQ(*arguments.bytes(arguments[1].at("b").at(0)), "two");
  EXPECT_EQ(*arguments.bytes(arguments[2]), std::string("\x00\x01", 2));
  EXPECT_TRUE(decoder.text("2[\"next\"]").value());

  EXPECT_FALSE(decoder.text(R"(61-3[{"_placeholder":true,"num":0}])").value());
  EXPECT_EQ(decoder.binary("x").value().value().type, PacketType::ack);
}

class Malformed : public testing::TestWithParam<const char*> {};

TEST_P(Malformed, IsRefused) { EXPECT_TRUE(PacketDecoder(10, 1000).text(GetParam()).has_error()); }

INSTANTIATE_TEST_SUITE_P(
    PacketDecoder, Malformed,
    testing::Values("", "7", "abc", "-1", " ",                                                // no type
                    "0[]", "0null", "0\"x\"", "0{", "0/a,[]",                                 // auth is an object
                    "1{}", "1/a,[]",                                                          // no data
                    "2", "2{}", "2[]", "2[null]", "2[{}]", "2\"a\"", "2[\"a\"", "2[\"a\"]x",  // not an event
                    "2abc[\"a\"]", "2-1[\"a\"]", "29007199254740992[\"a\"]",                  // not an id
                    "2[\"connect\"]", "2[\"connect_error\"]", "2[\"disconnect\"]", "2[\"disconnecting\"]",
                    "2[\"newListener\"]", "2[\"removeListener\"]",  // reserved
                    "3", "31", "31{}", "3[]", "31[",                // not an acknowledgement
                    "4[]", "4true",                                 // not an error
                    "5[\"a\"]", "5-[\"a\"]", "50-[\"a\"]", "511-[\"a\"]", "51.5-[\"a\"]", "5+1-[\"a\"]", "5-1-[\"a\"]",
                    "51[\"a\"]", "51", "51-", "51-{}", "61-[]",  // not a number of attachments
                    "2[\"\xff\"]"));                             // not UTF-8

TEST(PacketDecoder, AttachmentsTogetherHaveALimit) {
  PacketDecoder decoder(10, 1000);
  const std::string_view text = R"(52-["a"])";
  ASSERT_TRUE(decoder.text(text));
  ASSERT_TRUE(decoder.binary(std::string(500, 'x')));
  EXPECT_TRUE(decoder.binary(std::string(501 - text.size(), 'x')).has_error());
}

TEST(PacketDecoder, TextInsteadOfAnAttachmentIsRefused) {
  PacketDecoder decoder(10, 1000);
  EXPECT_FALSE(decoder.text(R"(51-["a",{"_placeholder":true,"num":0}])").value());
  EXPECT_TRUE(decoder.text(R"(2["a"])").has_error());
}

TEST(PacketDecoder, UnexpectedAttachmentsAreRefused) { EXPECT_TRUE(PacketDecoder(10, 1000).binary("x").has_error()); }

TEST(PacketDecoder, PlaceholdersWithoutAttachmentAreRefused) {
  for (const auto* number : {"1", "-1", "0.5", "\"0\"", "null", "18446744073709551615"}) {
    PacketDecoder decoder(10, 1000);
    const auto text = std::string(R"(51-["a",[{"x":{"_placeholder":true,"num":)") + number + "}}]]";
    ASSERT_TRUE(decoder.text(text)) << number;
    EXPECT_TRUE(decoder.binary("x").has_error()) << number;
  }
}

}  // namespace
}  // namespace guildhall::socketio
