#include "socketio/packet.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>

namespace guildhall::socketio {
namespace {

TEST(Packet, Events) {
  EXPECT_EQ(encode_event("/", "hello", {}), R"(2["hello"])");
  EXPECT_EQ(encode_event("/", "say \"hi\"", {1, "2", {{"3", {true}}}}), R"(2["say \"hi\"",1,"2",{"3":[true]}])");
  EXPECT_EQ(encode_event("/admin", "hello", {1}, 13), R"(2/admin,13["hello",1])");
}

TEST(Packet, Acknowledgements) {
  EXPECT_EQ(encode_ack("/", 12, {}), "312[]");
  EXPECT_EQ(encode_ack("/admin", 0, {"a", nullptr}), R"(3/admin,0["a",null])");
}

TEST(Packet, AttachmentsMakeItBinary) {
  Arguments picture{"cat.png"};
  picture.append(boost::json::object{{"data", picture.attach("\x01\x02")}, {"thumbnail", picture.attach("\x03")}});
  EXPECT_EQ(
      encode_event("/", "picture", picture, 7),
      R"(52-7["picture","cat.png",{"data":{"_placeholder":true,"num":0},"thumbnail":{"_placeholder":true,"num":1}}])");
  EXPECT_EQ(encode_ack("/", 7, Arguments({1}, {"x"})), "61-7[1]");
}

TEST(Packet, Others) {
  EXPECT_EQ(encode_packet(PacketType::connect, "/", {{"sid", "abc"}}), R"(0{"sid":"abc"})");
  EXPECT_EQ(encode_packet(PacketType::disconnect, "/admin"), "1/admin,");
  EXPECT_EQ(encode_packet(PacketType::connect_error, "/x", {{"message", "no"}}), R"(4/x,{"message":"no"})");
}

TEST(Arguments, PlaceholdersLeadToBytes) {
  Arguments arguments;
  const auto first = arguments.attach("one");
  const auto second = arguments.attach("two");
  ASSERT_NE(arguments.bytes(second), nullptr);
  EXPECT_EQ(*arguments.bytes(first), "one");
  EXPECT_EQ(*arguments.bytes(second), "two");
  EXPECT_EQ(arguments.bytes(boost::json::object{{"_placeholder", true}, {"num", 2}}), nullptr);
  EXPECT_EQ(arguments.bytes(boost::json::object{{"_placeholder", true}, {"num", -1}}), nullptr);
  EXPECT_EQ(arguments.bytes(boost::json::object{{"_placeholder", "yes"}, {"num", 0}}), nullptr);
  EXPECT_EQ(arguments.bytes("text"), nullptr);
}

TEST(Arguments, PartsKeepTheirBytes) {
  Arguments arguments{"to whom"};
  arguments.append(arguments.attach("what"));
  const auto rest = arguments.from(1);
  ASSERT_EQ(rest.size(), 1);
  EXPECT_EQ(*rest.bytes(rest[0]), "what");
  EXPECT_EQ(arguments.from(3).size(), 0);
}

TEST(Arguments, WhatIsNotThereIsNull) {
  const Arguments arguments{"only"};
  EXPECT_EQ(arguments[0], "only");
  EXPECT_TRUE(arguments[1].is_null());
}

}  // namespace
}  // namespace guildhall::socketio
