#include "sim/world/message_log.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

constexpr ChannelId general{1};

Message message(std::uint64_t id, ChannelId channel = general) {
  Message made;
  made.id = MessageId{id};
  made.channel = channel;
  return made;
}

TEST(MessageLog, FindsAndRemovesByChannelAndId) {
  MessageLog log;
  for (const std::uint64_t id : {3U, 5U, 9U}) log.add(message(id));
  EXPECT_EQ(log.find(general, MessageId{5})->id, MessageId{5});
  EXPECT_EQ(log.find(general, MessageId{4}), nullptr);
  EXPECT_EQ(log.find(ChannelId{2}, MessageId{5}), nullptr);
  EXPECT_TRUE(log.remove(general, MessageId{5}));
  EXPECT_FALSE(log.remove(general, MessageId{5}));
  EXPECT_EQ(log.of(general).size(), 2U);
}

TEST(MessageLog, KeepsTheNewest) {
  MessageLog log;
  for (std::uint64_t id = 1; id <= MessageLog::kept_per_channel + 1; ++id) log.add(message(id));
  EXPECT_EQ(log.of(general).size(), MessageLog::kept_per_channel);
  EXPECT_EQ(log.of(general).front().id, MessageId{2});
}

}  // namespace
}  // namespace guildhall::sim
