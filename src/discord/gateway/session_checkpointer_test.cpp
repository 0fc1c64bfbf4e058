#include "discord/gateway/session_checkpointer.hpp"

#include <gmock/gmock.h>

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Intents intents = Intents::guilds | Intents::guild_messages;

class SessionCheckpointerTest : public ::testing::Test {
 protected:
  static std::optional<ResumePoint> point(std::uint64_t sequence, std::string id = "a") {
    return ResumePoint{std::move(id), "wss://r.example", sequence};
  }
  SavedSession saved(unsigned shard, std::optional<ResumePoint> at) const {
    return {shard, 2, static_cast<std::uint32_t>(intents), *at, now_};
  }

  SessionCheckpointer checkpointer_{intents, 2};
  base::Timestamp now_{std::chrono::hours(480'000)};
};

TEST_F(SessionCheckpointerTest, SavesThePreviousState) {
  EXPECT_EQ(checkpointer_.due({{}, {}}, now_), std::vector<SavedSession>{})
      << "sessions saved by earlier runs are useless now";
  EXPECT_THAT(*checkpointer_.due({point(4), {}}, now_), ElementsAre(saved(0, point(1))))
      << "a new session at its READY";
  EXPECT_THAT(*checkpointer_.due({point(9), {}}, now_), ElementsAre(saved(0, point(4))));
  EXPECT_THAT(*checkpointer_.due({point(12), {}}, now_), ElementsAre(saved(0, point(9))));
  EXPECT_THAT(*checkpointer_.due({point(12), {}}, now_), ElementsAre(saved(0, point(12))));
  EXPECT_EQ(checkpointer_.due({point(12), {}}, now_), std::nullopt);
  EXPECT_THAT(*checkpointer_.due({point(2, "b"), point(5)}, now_),
              ElementsAre(saved(0, point(1, "b")), saved(1, point(1))));
  EXPECT_THAT(*checkpointer_.due({{}, point(6)}, now_), ElementsAre(saved(1, point(5)))) << "a session that ended";
}

TEST_F(SessionCheckpointerTest, AResumedSessionIsNotSavedAtItsReady) {
  EXPECT_EQ(checkpointer_.resume({saved(0, point(700))}, 0, now_), point(700));
  EXPECT_THAT(*checkpointer_.due({point(705), {}}, now_), ElementsAre(saved(0, point(700))));
}

TEST_F(SessionCheckpointerTest, AnUnchangedSessionIsRenewed) {
  EXPECT_TRUE(checkpointer_.due({point(1), {}}, now_));
  now_ += 59s;
  EXPECT_FALSE(checkpointer_.due({point(1), {}}, now_));
  now_ += 1s;
  EXPECT_THAT(*checkpointer_.due({point(1), {}}, now_), ElementsAre(saved(0, point(1))));
}

TEST_F(SessionCheckpointerTest, AllSavesTheCurrentState) {
  EXPECT_THAT(checkpointer_.all({point(7), point(8, "b")}, now_),
              ElementsAre(saved(0, point(7)), saved(1, point(8, "b"))));
  EXPECT_THAT(checkpointer_.all({{}, {}}, now_), IsEmpty());
}

TEST_F(SessionCheckpointerTest, ResumesOnlyMatchingSessions) {
  const std::vector<SavedSession> sessions{saved(0, point(7)), saved(1, point(8, "b"))};
  EXPECT_EQ(checkpointer_.resume(sessions, 0, now_), point(7));
  EXPECT_EQ(checkpointer_.resume(sessions, 1, now_ + 10min), point(8, "b"));
  EXPECT_EQ(checkpointer_.resume(sessions, 1, now_ + 11min), std::nullopt) << "too old";
  EXPECT_EQ(checkpointer_.resume(sessions, 1, now_ - 11min), std::nullopt) << "the clock was wrong";
  EXPECT_EQ(checkpointer_.resume({saved(1, point(7))}, 0, now_), std::nullopt) << "another shard";
  EXPECT_EQ(SessionCheckpointer(intents, 3).resume(sessions, 0, now_), std::nullopt) << "other shards";
  EXPECT_EQ(SessionCheckpointer(Intents::guilds, 2).resume(sessions, 0, now_), std::nullopt) << "other intents";
}

}  // namespace
}  // namespace guildhall::discord
