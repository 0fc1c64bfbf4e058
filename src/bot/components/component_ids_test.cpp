#include "bot/components/component_ids.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

using base::CommandId;
using base::GuildId;
using base::UserId;
using std::chrono::sys_seconds;
using namespace std::chrono_literals;

base::Secret key(char c) { return base::Secret(std::string(32, c)); }

const GuildId guild{3000000000000000001};

ComponentClaims everything() {
  return {
      guild, CommandId{70000}, 300, UserId{UINT64_MAX}, sys_seconds(1'900'000'000s), InvocationId{1400000000000000001}};
}

TEST(ComponentIds, SayWhatWasSigned) {
  const ComponentIds ids({key('a')});
  for (const auto& claims : {ComponentClaims{guild, CommandId{1}, 1}, everything()}) {
    const auto id = ids.sign(claims, "vote.yes:1");
    const auto read = ids.verify(guild, id);
    ASSERT_TRUE(read) << id;
    EXPECT_EQ(read->claims, claims);
    EXPECT_EQ(read->custom_id, "vote.yes:1");
    EXPECT_EQ(read->hash, std::nullopt);
  }
}

TEST(ComponentIds, KeysAreReplacedWhileTheyAreUsed) {
  ComponentIds ids({key('a')});
  const auto old = ids.sign({guild, CommandId{1}, 1}, "x");
  ids.replace_keys({key('b'), key('a')});
  EXPECT_TRUE(ids.verify(guild, old));
  const auto fresh = ids.sign({guild, CommandId{1}, 1}, "x");
  ids.replace_keys({key('b')});
  EXPECT_FALSE(ids.verify(guild, old));
  EXPECT_TRUE(ids.verify(guild, fresh));
}

TEST(ComponentIds, AreNeverTooLong) {
  const ComponentIds ids({key('a')});
  const auto room = ComponentIds::max_custom_id(everything());
  EXPECT_GE(room, 40U);
  const auto whole = ids.sign(everything(), std::string(room, 'x'));
  EXPECT_EQ(whole.size(), ComponentIds::max_length);
  EXPECT_EQ(ids.verify(guild, whole)->custom_id, std::string(room, 'x'));

  std::string crabs;
  for (std::size_t i = 0; i < room; ++i) crabs += "\U0001F980";
  EXPECT_EQ(base::count_code_points(ids.sign(everything(), crabs)), ComponentIds::max_length);
  EXPECT_EQ(ids.verify(guild, ids.sign(everything(), crabs))->custom_id, crabs);

  const auto hashed = ids.sign(everything(), std::string(100, 'x'));
  EXPECT_LE(hashed.size(), ComponentIds::max_length);
  const auto read = ids.verify(guild, hashed);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->custom_id, "");
  EXPECT_EQ(read->hash, ComponentIds::hash(std::string(100, 'x')));
  EXPECT_EQ(read->claims, everything());
  EXPECT_NE(ComponentIds::hash(std::string(100, 'x')), ComponentIds::hash(std::string(99, 'x')));
}

TEST(ComponentIds, AreOfOneGuild) {
  const ComponentIds ids({key('a')});
  EXPECT_FALSE(ids.verify(GuildId{2}, ids.sign(everything(), "go")));
}

TEST(ComponentIds, AreSignedByTheFirstKeyAndGoodWithAll) {
  const auto before = ComponentIds({key('a')}).sign(everything(), "go");
  const ComponentIds rotated({key('b'), key('a')});
  EXPECT_TRUE(rotated.verify(guild, before));
  EXPECT_TRUE(ComponentIds({key('b')}).verify(guild, rotated.sign(everything(), "go")));
  EXPECT_FALSE(ComponentIds({key('b')}).verify(guild, before));
  EXPECT_THROW(ComponentIds({}), std::invalid_argument);
}

TEST(ComponentIds, CannotBeChanged) {
  const ComponentIds ids({key('a')});
  for (const auto& id : {ids.sign(everything(), "go"), ids.sign(everything(), std::string(100, 'x'))}) {
    for (std::size_t at = 0; at < id.size(); ++at) {
      for (const char other : {'A', 'b', '7', '-', '_', '.', '=', '+', '/', ' ', '\0', '\xFF'}) {
        auto changed = id;
        changed[at] = other;
        if (changed == id) continue;
        EXPECT_FALSE(ids.verify(guild, changed)) << changed;
      }
      EXPECT_FALSE(ids.verify(guild, id.substr(0, at))) << at;
      EXPECT_FALSE(ids.verify(guild, id.substr(at + 1))) << at;
    }
    for (const auto* more : {"A", ".", "=", "x"}) EXPECT_FALSE(ids.verify(guild, id + more));
  }
}

TEST(ComponentIds, OthersAreNoneOfOurs) {
  const ComponentIds ids({key('a')});
  for (const auto* id : {"", ".", "go", ".go", "7:go", "AAAA.go", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.go"}) {
    EXPECT_FALSE(ids.verify(guild, id)) << id;
  }
  EXPECT_FALSE(ids.verify(guild, std::string(10'000, 'A')));
}

}  // namespace
}  // namespace guildhall::bot
