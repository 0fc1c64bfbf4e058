#include "server/guild_lists.hpp"

#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;
using List = GuildLists::List;

class GuildListsTest : public SessionFixture {
 protected:
  std::string list(List which) {
    auto json = run(lists_.list(workshop, which));
    return json ? **json : json.error().message;
  }

  GuildLists lists_{loops_.home(), clock_, rest_};
};

TEST_F(GuildListsTest, ChannelsComeInDiscordsOrder) {
  discord_.plan(200, R"([
    {"id": "5", "type": 0, "name": "in second", "parent_id": "9", "position": 0},
    {"id": "9", "type": 4, "name": "second", "parent_id": null, "position": 2},
    {"id": "7", "type": 0, "name": "lower", "parent_id": "8", "position": 4},
    {"id": "8", "type": 4, "name": "first", "position": 1},
    {"id": "6", "type": 2, "name": "upper", "parent_id": "8", "position": 3},
    {"id": "4", "type": 0, "name": "free", "parent_id": null, "position": 30},
    {"id": "x", "type": 0, "name": "malformed"}, 3])");
  const auto channels = boost::json::parse(list(List::channels)).as_array();
  std::vector<std::string> names;
  for (const auto& channel : channels) names.emplace_back(channel.at("name").as_string());
  EXPECT_THAT(names, ElementsAre("free", "first", "upper", "lower", "second", "in second"));
  EXPECT_EQ(channels[2].at("parentId"), "8");
}

TEST_F(GuildListsTest, TheHighestRoleIsFirst) {
  discord_.plan(200, R"([{"id": "30", "permissions": "0", "name": "@everyone", "position": 0},
    {"id": "32", "permissions": "8", "name": "late", "position": 1}, {"id": "31", "permissions": "0", "name": "early",
     "position": 1, "color": 16711680}])");
  EXPECT_EQ(list(List::roles),
            R"([{"id":"31","name":"early","color":16711680,"position":1,"managed":false,"mentionable":false},)"
            R"({"id":"32","name":"late","color":0,"position":1,"managed":false,"mentionable":false},)"
            R"({"id":"30","name":"@everyone","color":0,"position":0,"managed":false,"mentionable":false}])");
}

TEST_F(GuildListsTest, AListIsCachedForAMomentAndShownWhileDiscordIsAway) {
  discord_.plan(200, R"([{"id": "1", "name": "gear"}])");
  const auto emojis = list(List::emojis);
  EXPECT_THAT(emojis, HasSubstr("gear"));
  clock_.advance(GuildLists::fresh_for - 1s);
  EXPECT_EQ(list(List::emojis), emojis);
  EXPECT_THAT(requests(), SizeIs(1));
  clock_.advance(1s);
  for (int attempt = 0; attempt < 10; ++attempt) discord_.plan(503, "");
  EXPECT_EQ(list(List::emojis), emojis);
  clock_.advance(GuildLists::shown_for);
  EXPECT_EQ(list(List::emojis), "Discord is not available. Try again shortly.");
}

TEST_F(GuildListsTest, AGuildThatTheBotHasLeftIsNotFound) {
  discord_.plan(403, R"({"code": 50001, "message": "Missing Access"})");
  const auto refused = run(lists_.list(workshop, List::channels));
  EXPECT_EQ(refused.error().code, Errc::not_found);
  discord_.plan(200, R"({"not": "a list"})");
  EXPECT_EQ(run(lists_.list(workshop, List::channels)).error().code, Errc::bad_upstream);
}

TEST_F(GuildListsTest, MembersAreFoundByWhatTheirNamesBeginWith) {
  discord_.plan(200, R"([{"user": {"id": "2", "username": "ada", "global_name": null}, "nick": "Countess"}])");
  const auto found = run(lists_.members(workshop, {"a&b=c", 5}));
  EXPECT_EQ(**found, R"([{"id":"2","username":"ada","globalName":null,"nick":"Countess","avatar":null}])");
  EXPECT_THAT(requests().front(), testing::EndsWith("/guilds/30/members/search?query=a%26b%3Dc&limit=5"));
}

}  // namespace
}  // namespace guildhall::server
