#include "discord/gateway/payload.hpp"

#include <gmock/gmock.h>

#include "discord/model/padded_text.hpp"

namespace guildhall::discord {
namespace {

using test_support::PaddedText;

class PayloadTest : public ::testing::Test {
 protected:
  /// `op s t d`, or `malformed`.
  std::string read(std::string_view text) {
    const PaddedText padded(text);
    const auto payload = reader_.read(padded.view());
    if (!payload) return "malformed";
    return std::to_string(payload->opcode) + " " +
           (payload->sequence ? std::to_string(*payload->sequence) : std::string("null")) + " " +
           std::string(payload->name) + " " + std::string(payload->data);
  }

  PayloadReader reader_;
};

TEST_F(PayloadTest, ReadsTheEnvelopeInAnyOrder) {
  EXPECT_EQ(read(R"({"t":"MESSAGE_CREATE","s":42,"op":0,"d":{"id":"1","x":[{},[]]}})"),
            R"(0 42 MESSAGE_CREATE {"id":"1","x":[{},[]]})");
  EXPECT_EQ(read(R"( { "d" : [1, {"d":2}] , "op" : 0 , "t":"A", "s":1 } )"), R"(0 1 A [1, {"d":2}])");
  EXPECT_EQ(read(R"({"op":11})"), "11 null  null");
  EXPECT_EQ(read(R"({"t":null,"s":null,"op":9,"d":false})"), "9 null  false");
  EXPECT_EQ(read(R"({"op":1,"d":251 ,"_trace":["x"]})"), "1 null  251");
  EXPECT_EQ(read(R"({"op":0,"d":"a \"quoted\" text"})"), R"(0 null  "a \"quoted\" text")");
}

TEST_F(PayloadTest, RefusesMalformedPayloads) {
  for (const auto* text : {"", " ", "null", "7", "[]", "{", "}", R"({"op":0)", R"({"op":0,})", R"({"op":1.5})",
                           R"({"op":-1})", R"({"op":99999999999999999999})", R"({"d":1})", R"({"op":0,"d":{"a":1})",
                           R"({"op":0,"d":{"a":"}})", R"({"op":0}{"op":0})", "{\"op\":0,\"d\":\"\xFF\"}"}) {
    EXPECT_EQ(read(text), "malformed") << text;
  }
}

TEST_F(PayloadTest, SkipsOddSequencesAndNames) {
  for (const auto* text : {R"({"op":0,"s":"1"})", R"({"op":0,"s":-1})", R"({"op":0,"t":1})", R"({"op":0,"t":"a b"})",
                           R"({"op":0,"t":{"x":[1]}})", R"({"op":0,"t":""})", R"({"op":0,"t":"A\u0042"})"}) {
    EXPECT_EQ(read(text), "0 null  null") << text;
  }
}

TEST_F(PayloadTest, RefusesEveryPrefixOfAPayload) {
  const std::string text = R"({"t":"READY","s":1,"op":0,"d":{"session_id":"abc","guilds":[{"id":"1"}],"x":null}})";
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_EQ(read(text.substr(0, size)), "malformed") << size;
}

TEST_F(PayloadTest, ReadsHello) {
  const auto hello = [this](std::string_view data) { return reader_.read_hello(PaddedText(data).view()); };
  EXPECT_EQ(hello(R"({"_trace":[],"heartbeat_interval":41250})"), std::chrono::milliseconds(41250));
  for (const auto* data : {"null", "{}", "[]", R"({"heartbeat_interval":0})", R"({"heartbeat_interval":-1})",
                           R"({"heartbeat_interval":"1"})", R"({"heartbeat_interval":99999999999})"}) {
    EXPECT_EQ(hello(data), std::nullopt) << data;
  }
}

TEST_F(PayloadTest, ReadsReady) {
  const PaddedText data(R"({"user":{"session_id":"no"},"resume_gateway_url":"wss:\/\/r.example","session_id":"yes"})");
  const auto ready = reader_.read_ready(data.view());
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->session_id, "yes");
  EXPECT_EQ(ready->resume_url, "wss://r.example");
  for (const auto* text :
       {"null", "{}", R"({"resume_gateway_url":"b"})", R"({"session_id":"","resume_gateway_url":"b"})",
        R"({"session_id":1,"resume_gateway_url":"b"})"}) {
    EXPECT_FALSE(reader_.read_ready(PaddedText(text).view())) << text;
  }
  for (const auto* text : {R"({"session_id":"a"})", R"({"session_id":"a","resume_gateway_url":7})"}) {
    EXPECT_EQ(reader_.read_ready(PaddedText(text).view())->resume_url, "") << text;
  }
}

}  // namespace
}  // namespace guildhall::discord
