#include "database/cache.hpp"

#include <gtest/gtest.h>

#include <string>

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;
using base::GuildId;

class CacheTest : public ::testing::Test {
 protected:
  using Names = Cache<GuildId, std::string>;

  static Names::Pointer name(std::string text) { return std::make_shared<const std::string>(std::move(text)); }
  void tell(GuildId id) {
    const ChangeFeed::Numbered change{1, {Entity::guild, id.to_string()}};
    feed_.announce({&change, 1});
  }

  ChangeFeed feed_{ChangeFeed::Writers::only_this, 0};
  Names cache_{feed_, Entity::guild, 4096, [](const std::string& text) { return text.size(); }};
  const GuildId one_{1};
};

TEST_F(CacheTest, RemembersWhatWasReadAndThatThereIsNothing) {
  EXPECT_FALSE(cache_.find(one_));
  cache_.put(one_, name("one"), cache_.ticket(one_));
  cache_.put(GuildId{2}, nullptr, cache_.ticket(GuildId{2}));
  EXPECT_EQ(**cache_.find(one_), "one");
  ASSERT_TRUE(cache_.find(GuildId{2}));
  EXPECT_EQ(*cache_.find(GuildId{2}), nullptr);
  EXPECT_EQ(cache_.counters().hits, 3U);
  EXPECT_EQ(cache_.counters().misses, 2U);
  EXPECT_EQ(cache_.counters().entries, 2U);
}

TEST_F(CacheTest, ForgetsWhatTheFeedTells) {
  cache_.put(one_, name("one"), cache_.ticket(one_));
  tell(GuildId{2});
  EXPECT_TRUE(cache_.find(one_));
  tell(one_);
  EXPECT_FALSE(cache_.find(one_));
}

TEST_F(CacheTest, DoesNotRememberWhatWasReadBeforeAChange) {
  const auto ticket = cache_.ticket(one_);
  tell(one_);
  cache_.put(one_, name("old"), ticket);
  EXPECT_FALSE(cache_.find(one_));
  cache_.put(one_, name("new"), cache_.ticket(one_));
  EXPECT_EQ(**cache_.find(one_), "new");
}

/// A key whose group is the guild.
struct RoomKey {
  GuildId guild;
  int room = 0;

  bool operator==(const RoomKey&) const = default;
  explicit operator GuildId() const { return guild; }
};

}  // namespace
}  // namespace guildhall::database

template <>
struct std::hash<guildhall::database::RoomKey> {
  std::size_t operator()(const guildhall::database::RoomKey& key) const { return static_cast<std::size_t>(key.room); }
};

namespace guildhall::database {
namespace {

TEST_F(CacheTest, ForgetsAWholeGroup) {
  Cache<RoomKey, std::string, GuildId> rooms(feed_, Entity::guild, 4096, [](const auto& text) { return text.size(); });
  const GuildId one{1ULL << 32U};
  const GuildId two{2ULL << 32U};
  for (const auto& key : {RoomKey{one, 1}, RoomKey{one, 2}, RoomKey{two, 1}}) {
    rooms.put(key, name("room"), rooms.ticket(key));
  }
  tell(one);
  EXPECT_FALSE(rooms.find({one, 1}));
  EXPECT_FALSE(rooms.find({one, 2}));
  EXPECT_TRUE(rooms.find({two, 1}));
}

TEST_F(CacheTest, ForgetsInTime) {
  const auto now = std::chrono::steady_clock::now();
  cache_.put(one_, name("one"), cache_.ticket(one_, now));
  EXPECT_TRUE(cache_.find(one_, now + Names::lifetime - 1ms));
  EXPECT_FALSE(cache_.find(one_, now + Names::lifetime));
}

TEST_F(CacheTest, ForgetsWhatWasNotAskedForLongest) {
  const std::string text(400, 'x');
  for (std::uint64_t i = 1; i <= 7; ++i) cache_.put(GuildId{i}, name(text), cache_.ticket(GuildId{i}));
  EXPECT_TRUE(cache_.find(one_));
  cache_.put(GuildId{8}, name(text), cache_.ticket(GuildId{8}));
  EXPECT_TRUE(cache_.find(one_));
  EXPECT_FALSE(cache_.find(GuildId{2}));
  EXPECT_TRUE(cache_.find(GuildId{3}));
}

TEST_F(CacheTest, DoesNotRememberWhatWouldPushOutEverythingElse) {
  cache_.put(one_, name(std::string(2000, 'x')), cache_.ticket(one_));
  EXPECT_FALSE(cache_.find(one_));
}

TEST_F(CacheTest, AnswersOnlyWhileTheFeedIsFresh) {
  ChangeFeed stale{ChangeFeed::Writers::many, 0};
  Names cache{stale, Entity::guild, 4096, [](const std::string& text) { return text.size(); }};
  cache.put(one_, name("one"), cache.ticket(one_));
  EXPECT_FALSE(cache.find(one_));
}

}  // namespace
}  // namespace guildhall::database
