#include "sim/rest/embed_form.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

struct EmbedsRead {
  array embeds;
  DiscordError error;
  bool sound = false;
};

EmbedsRead read(array embeds) {
  const object body{{"embeds", std::move(embeds)}};
  FormProblems problems;
  FormReader form(body, problems);
  EmbedsRead read;
  read.embeds = read_embeds(form).value();
  read.sound = problems.empty();
  read.error = problems.error();
  return read;
}

TEST(ReadEmbeds, ShowsThemAsDiscordDoes) {
  const auto [embeds, error, sound] = read({object{
      {"title", "T"}, {"color", "255"}, {"unknown", 1}, {"fields", array{object{{"name", "n"}, {"value", "v"}}}}}});
  EXPECT_TRUE(sound);
  EXPECT_EQ(embeds.at(0), (object{{"type", "rich"},
                                  {"title", "T"},
                                  {"color", 255},
                                  {"fields", array{object{{"name", "n"}, {"value", "v"}, {"inline", false}}}}}));
}

TEST(ReadEmbeds, LeavesOutThoseInWhichThereIsNothingToSee) {
  EXPECT_TRUE(read({object(), object{{"color", 5}}, object{{"footer", {{"text", ""}}}}}).embeds.empty());
}

TEST(ReadEmbeds, HoldsTheLimits) {
  const auto title = read({object{{"title", std::string(257, 'x')}}});
  EXPECT_EQ(title.error.errors.at("embeds").at("0").at("title").at("_errors").at(0).at("code"), "BASE_TYPE_MAX_LENGTH");
  EXPECT_TRUE(read({object{{"title", "\xC3\xA9" + std::string(255, 'x')}}}).sound) << "characters, not bytes";
  const auto empty_field = read({object{{"fields", array{object{{"name", ""}, {"value", "v"}}}}}});
  EXPECT_FALSE(empty_field.sound);
  EXPECT_FALSE(read({object{{"title", "x"}, {"url", "javascript:alert(1)"}}}).sound);
  EXPECT_FALSE(read({object{{"title", "x"}, {"color", 0x1000000}}}).sound);
  EXPECT_FALSE(read(array(11, object{{"title", "x"}})).sound);
}

TEST(ReadEmbeds, CountsTheCharactersOfAll) {
  const object half{{"description", std::string(3000, 'x')}};
  EXPECT_TRUE(read({half, half}).sound);
  const auto over = read({half, half, object{{"title", "x"}}});
  EXPECT_EQ(over.error.errors.at("embeds").at("_errors").at(0).at("code"), "MAX_EMBED_SIZE_EXCEEDED");
}

}  // namespace
}  // namespace guildhall::sim
