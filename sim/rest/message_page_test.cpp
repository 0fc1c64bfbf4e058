#include "sim/rest/message_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Ids of a channel with the messages 10 to 60, of which 30 is ephemeral, newest first.
std::vector<std::uint64_t> ids(const net::FormFields& query) {
  std::deque<Message> messages;
  for (const std::uint64_t id : {10U, 20U, 30U, 40U, 50U, 60U}) {
    Message message;
    message.id = MessageId{id};
    if (id == 30) message.flags = ephemeral_flag;
    messages.push_back(message);
  }
  std::vector<std::uint64_t> found;
  const auto page = parse_message_page(query);
  for (const Message* message : select(messages, page)) {
    found.push_back(message->id.value());
  }
  return found;
}

TEST(MessagePage, NewestFirstAndNothingEphemeral) {
  EXPECT_THAT(ids({}), ElementsAre(60, 50, 40, 20, 10));
  EXPECT_THAT(ids({{"limit", "2"}}), ElementsAre(60, 50));
}

TEST(MessagePage, FromAnAnchorOn) {
  EXPECT_THAT(ids({{"before", "50"}, {"limit", "2"}}), ElementsAre(40, 20));
  EXPECT_THAT(ids({{"after", "10"}, {"limit", "2"}}), ElementsAre(40, 20));
  EXPECT_THAT(ids({{"around", "40"}, {"limit", "3"}}), ElementsAre(50, 40, 20));
  EXPECT_THAT(ids({{"after", "60"}}), IsEmpty());
}

TEST(MessagePage, RefusesWhatIsNone) {
  for (const net::FormFields& query : {net::FormFields{{"limit", "0"}}, {{"limit", "101"}}, {{"before", "x"}}}) {
    EXPECT_THROW(static_cast<void>(parse_message_page(query)), DiscordError);
  }
}

}  // namespace
}  // namespace guildhall::sim
