#include "socketio/engine/outgoing.hpp"

#include <gtest/gtest.h>

namespace guildhall::socketio::engine {
namespace {

using namespace std::string_literals;

TEST(Outgoing, IsAMessagePacketInATextFrame) {
  const Outgoing hello("hello");
  EXPECT_EQ(hello.frames(),
            "\x81\x06"
            "4hello");
  EXPECT_EQ(hello.payload(), "4hello");
}

TEST(Outgoing, HasItsAttachmentsBehindTheText) {
  const Outgoing messages("51-[]", {"\1\2\3\4", ""});
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

TEST(Outgoing, IsTheSameInAPayloadWhateverItsSize) {
  for (const std::size_t size : {0U, 124U, 125U, 65534U, 65535U, 70000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(Outgoing(text).payload(), "4" + text);
  }
}

}  // namespace
}  // namespace guildhall::socketio::engine
