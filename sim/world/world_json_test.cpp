#include "sim/world/world_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::sim {
namespace {

/// Puts a value where a JSON pointer leads, into objects and arrays that are there.
void put(boost::json::value& document, std::string_view pointer, const boost::json::value& value) {
  const auto slash = pointer.rfind('/');
  auto& parent = document.at_pointer(pointer.substr(0, slash));
  parent.as_object()[pointer.substr(slash + 1)] = value;
}

/// A small sound world, to be broken in one place.
boost::json::value small_world() {
  return boost::json::parse(R"({
    "application": {"id": "1", "name": "App", "clientSecret": "s", "botToken": "t", "ownerId": "10",
                    "redirectUris": ["http://localhost:*"]},
    "people": [{"id": "10", "username": "ada"}, {"id": "11", "username": "grace", "email": "g@example.com"}],
    "guilds": [{"id": "20", "name": "Workshop", "ownerId": "10",
                "members": [{"userId": "11", "permissions": "32"}]}]})");
}

base::Result<World> parse(const boost::json::value& document) { return parse_world(boost::json::serialize(document)); }

TEST(WorldJson, ReadsPeopleGuildsAndPermissions) {
  const auto world = parse(small_world()).value();

  EXPECT_EQ(world.find_user(UserId{11})->email, "g@example.com");
  EXPECT_FALSE(world.find_user(UserId{10})->email);
  const Guild* guild = world.find_guild(GuildId{20});
  ASSERT_NE(guild, nullptr);
  EXPECT_TRUE(guild->bot);
  EXPECT_EQ(guild->permissions_of(UserId{10}), all_permissions);
  EXPECT_EQ(guild->permissions_of(UserId{11}), everyone_permissions | manage_guild);
  EXPECT_EQ(guild->permissions_of(UserId{12}), Permissions{});
  EXPECT_TRUE(guild->members.contains(UserId{10})) << "the owner is a member, listed or not";
}

TEST(WorldJson, WhatItWritesItReadsAgain) {
  const auto once = to_json(parse(small_world()).value());
  const auto twice = to_json(parse(once).value());
  EXPECT_EQ(once, twice);
}

TEST(WorldJson, TheDemoWorldIsSound) {
  const World world = demo_world();
  EXPECT_EQ(world.application.id, ApplicationId{1150000000000000000});
  EXPECT_EQ(world.users().size(), 4U);
  EXPECT_TRUE(
      world.find_guild(GuildId{3000000000000000001})->permissions_of(UserId{2000000000000000002}).has(administrator));
  EXPECT_FALSE(world.find_guild(GuildId{3000000000000000003})->bot);
}

TEST(WorldJson, SaysWhereAMistakeIs) {
  const auto expect_error_at = [](std::string_view pointer, const boost::json::value& wrong) {
    auto document = small_world();
    put(document, pointer, wrong);
    const auto world = parse(document);
    ASSERT_FALSE(world) << pointer;
    EXPECT_EQ(world.error().code, base::Errc::invalid);
    EXPECT_EQ(world.error().field, pointer);
  };
  expect_error_at("/application/id", 1);
  expect_error_at("/application/ownerId", "99");
  expect_error_at("/application/colour", "red");
  expect_error_at("/people/0/id", "0x10");
  expect_error_at("/people/1/username", "");
  expect_error_at("/people/1/email", 5);
  expect_error_at("/guilds/0/ownerId", "99");
  expect_error_at("/guilds/0/bot", "yes");
  expect_error_at("/guilds/0/members/0/permissions", "-1");
  expect_error_at("/guilds/0/members/0/nickname", "x");
  expect_error_at("/rateLimits", nullptr);
}

TEST(WorldJson, SaysWhatIsMissingOrThereTwice) {
  auto document = small_world();
  document.as_object()["people"].as_array()[0].as_object().erase("username");
  EXPECT_EQ(parse(document).error().field, "/people/0/username");

  document = small_world();
  auto& users = document.as_object()["people"].as_array();
  users.push_back(users[0]);
  EXPECT_EQ(parse(document).error().field, "/people/2/id");
}

TEST(WorldJson, SaysInWhichLineJsonEnds) {
  const auto world = parse_world("{\n\"application\": {\n  oops\n");
  ASSERT_FALSE(world);
  EXPECT_EQ(world.error().code, base::Errc::malformed);
  EXPECT_NE(world.error().message.find("line 3"), std::string::npos) << world.error().message;
}

TEST(WorldJson, ReadsRateLimits) {
  auto document = small_world();
  document.as_object()["rateLimits"] = boost::json::parse(
      R"({"global": {"limit": 7, "periodMs": 500}, "buckets": [{"bucket": "guild", "limit": 2, "periodMs": 100}]})");
  const auto limits = parse(document).value().rate_limits;
  EXPECT_EQ(limits.global.limit, 7U);
  EXPECT_EQ(limits.window(Bucket::guild, TokenKind::bot).period, std::chrono::milliseconds(100));
  EXPECT_EQ(limits.window(Bucket::current_user_guilds, TokenKind::bearer).limit, limits.fallback.limit)
      << "a list of buckets takes the place of the one that is built in";

  document.as_object()["rateLimits"].as_object()["buckets"].as_array()[0].as_object()["bucket"] = "nonsense";
  EXPECT_EQ(parse(document).error().field, "/rateLimits/buckets/0/bucket");
}

}  // namespace
}  // namespace guildhall::sim
