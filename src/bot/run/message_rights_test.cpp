#include "bot/run/message_rights.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::Permissions;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(MessageRights, NamesWhatIsMissing) {
  EXPECT_THAT(missing_names(needed_for_text(true), Permissions(Permissions::view_channel)),
              ElementsAre("Send Messages in Threads"));
  EXPECT_THAT(missing_names(needed_for_text(false), Permissions()), ElementsAre("View Channel", "Send Messages"));
  EXPECT_THAT(missing_names(needed_for_text(false), Permissions(Permissions::all)), IsEmpty());
}

TEST(MessageRights, EmbedsBecomeText) {
  const auto text = with_embeds_as_text(json::parse(R"({"content":"Hi","embeds":[{"title":"T","description":"D",
      "fields":[{"name":"a","value":"b"}],"footer":{"text":"f"},"image":{"url":"https://a.example/i.png"}}]})")
                                            .as_object());
  ASSERT_TRUE(text);
  EXPECT_EQ(text->at("content"), "Hi\n**T**\nD\n**a**\nb\nhttps://a.example/i.png\nf");
  EXPECT_FALSE(text->contains("embeds"));
}

TEST(MessageRights, TheTextFitsAndIsSomething) {
  json::object embed{{"description", std::string(2500, 'x')}};
  const auto text = with_embeds_as_text({{"embeds", json::array{std::move(embed)}}});
  EXPECT_EQ(base::count_code_points(text->at("content").as_string()), 2000U);
  EXPECT_FALSE(with_embeds_as_text({{"embeds", json::array{json::object{{"color", 1}}}}}));
}

TEST(MessageRights, EmojisAreLostIfFewerAreShown) {
  const auto lost = [](std::string_view sent, std::string_view shown) {
    return lost_emojis({{"content", sent}}, {{"content", shown}});
  };
  EXPECT_TRUE(lost("Hi <:wave:123456789012345678>", "Hi :wave:"));
  EXPECT_TRUE(lost("<:own:123456789012345678> <a:wave:123456789012345679>", "<:own:123456789012345678> :wave:"));
  EXPECT_FALSE(lost(" Hi <:wave:123456789012345678>\n", "Hi <:wave:123456789012345678>")) << "Discord trims";
  EXPECT_FALSE(lost("a <: b ", "a <: b"));
  EXPECT_FALSE(lost_emojis({{"content", "<:wave:123456789012345678>"}}, {})) << "the answer does not tell";
}

}  // namespace
}  // namespace guildhall::bot
