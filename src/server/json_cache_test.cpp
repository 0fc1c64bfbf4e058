#include "server/json_cache.hpp"

#include <gtest/gtest.h>

#include <span>
#include <vector>

#include "api/command.hpp"

namespace guildhall::server {
namespace {

using List = std::shared_ptr<const std::vector<database::Command>>;

std::string encode(const std::vector<database::Command>& list) {
  return api::encode(std::span<const database::Command>(list));
}

List list_of(std::string trigger, std::size_t size = 1) {
  database::Command command;
  command.guild_id = base::GuildId{1};
  command.trigger = std::move(trigger);
  command.response = "{}";
  return std::make_shared<const std::vector<database::Command>>(size, command);
}

TEST(JsonCache, AreMadeOnceForAList) {
  CommandJsonCache encoded(encode);
  const auto list = list_of("hello");
  const auto json = encoded.json(base::GuildId{1}, list);
  EXPECT_NE(json->find("\"trigger\":\"hello\""), std::string::npos);
  EXPECT_EQ(encoded.json(base::GuildId{1}, list), json);
}

TEST(JsonCache, AreThoseOfTheListAtHand) {
  CommandJsonCache encoded(encode);
  const auto before = list_of("before");
  (void)encoded.json(base::GuildId{1}, before);
  const auto after = encoded.json(base::GuildId{1}, list_of("after"));
  EXPECT_NE(after->find("after"), std::string::npos);
  EXPECT_NE(encoded.json(base::GuildId{1}, before)->find("before"), std::string::npos);
  EXPECT_EQ(*encoded.json(base::GuildId{2}, list_of("", 0)), "[]");
}

TEST(JsonCache, TakeNoMoreMemoryThanTheyMay) {
  CommandJsonCache encoded(encode, 4096);
  std::vector<List> lists;
  std::vector<std::weak_ptr<const std::string>> held;
  for (std::uint64_t guild = 1; guild <= 100; ++guild) {
    lists.push_back(list_of("x", 5));
    held.push_back(encoded.json(base::GuildId{guild}, lists.back()));
  }
  std::size_t size = 0;
  for (const auto& json : held) size += json.expired() ? 0 : json.lock()->size();
  EXPECT_GT(size, 0U);
  EXPECT_LE(size, 4096U);
  const std::weak_ptr<const std::string> large = encoded.json(base::GuildId{1}, list_of("x", 100));
  EXPECT_TRUE(large.expired());
}

}  // namespace
}  // namespace guildhall::server
