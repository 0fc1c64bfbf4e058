#include "socketio/engine/encoded_messages.hpp"

#include <gtest/gtest.h>

#include "net/websocket_deflate.hpp"
#include "net/websocket_frame.hpp"

namespace guildhall::socketio::engine {
namespace {

using namespace std::string_literals;

TEST(EncodedMessages, TextBecomesAMessagePacketInATextFrame) {
  const EncodedMessages hello("hello");
  EXPECT_EQ(hello.frames(),
            "\x81\x06"
            "4hello");
  EXPECT_EQ(hello.payload(), "4hello");
}

TEST(EncodedMessages, AttachmentsFollowTheText) {
  const EncodedMessages messages("51-[]", {"\1\2\3\4", ""});
  EXPECT_EQ(messages.frames(),
            "\x81\x06"
            "451-[]"
            "\x82\x04\1\2\3\4"
            "\x82\0"s);
  EXPECT_EQ(messages.payload(),
            "451-[]\x1e"
            "bAQIDBA==\x1e"
            "b");
}

TEST(EncodedMessages, BinaryMessageAlone) {
  const EncodedMessages bytes(BinaryMessage{"\1\2\3\4"});
  EXPECT_EQ(bytes.frames(), "\x82\x04\1\2\3\4");
  EXPECT_EQ(bytes.payload(), "bAQIDBA==");
}

TEST(EncodedMessages, WhatExistsIsCountedInEachForm) {
  const auto before = EncodedMessages::all_bytes();
  {
    const EncodedMessages text(std::string(2'000, 'x'));
    EXPECT_EQ(EncodedMessages::all_bytes(), before + text.frames().size());
    const auto both = text.frames().size() + text.payload().size();
    EXPECT_EQ(EncodedMessages::all_bytes(), before + both);
    const auto all = both + text.deflated_frames().size();
    EXPECT_EQ(EncodedMessages::all_bytes(), before + all);
    const EncodedMessages bytes(BinaryMessage{"1234"});
    EXPECT_EQ(EncodedMessages::all_bytes(), before + all + bytes.frames().size());
  }
  EXPECT_EQ(EncodedMessages::all_bytes(), before);
}

TEST(EncodedMessages, OnlyLargeMessagesAreCompressed) {
  const std::string text(1023, 'x');
  const EncodedMessages messages(text, {"small"});
  std::string_view frames = messages.deflated_frames();
  EXPECT_EQ(frames[0], '\xC1');  // a text with RSV1
  const auto large = net::take_frame(frames);
  EXPECT_EQ(net::inflate_message(large->payload, 2000).message, "4" + text);
  EXPECT_EQ(frames, "\x82\x05small");
}

TEST(EncodedMessages, PayloadIsRightForEveryFrameHeaderSize) {
  for (const std::size_t size : {0U, 124U, 125U, 65534U, 65535U, 70000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(EncodedMessages(text).payload(), "4" + text);
  }
}

}  // namespace
}  // namespace guildhall::socketio::engine
