#include "bot/components/component_rows.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace guildhall::bot {
namespace {

using namespace std::chrono_literals;

ComponentRows rows(std::string_view message) {
  auto parsed = boost::json::parse(message).as_object();
  auto taken = ComponentRows::take_from(parsed);
  for (const auto* gone : {"components", "onlyCaller", "expiresAfter"}) EXPECT_FALSE(parsed.contains(gone));
  return taken;
}

constexpr auto link =
    R"({"components":[{"type":1,"components":[{"type":2,"style":5,"label":"a","url":"https://a.b"}]}]})";

TEST(ComponentRows, RunScriptsWhereTheyHaveNames) {
  EXPECT_TRUE(rows(R"({"content":"x"})").empty());
  EXPECT_FALSE(rows(link).empty());
  EXPECT_FALSE(rows(link).run_scripts());
  EXPECT_TRUE(rows(R"({"components":[{"type":1,"components":[{"type":2,"custom_id":"a"}]}]})").run_scripts());
}

TEST(ComponentRows, LiveAsLongAsTheLastOfThem) {
  EXPECT_EQ(rows(R"({"expiresAfter":60,"components":[{"type":1,"components":[
      {"type":2,"custom_id":"a"},{"type":2,"custom_id":"b","expiresAfter":90}]}]})")
                .lifetime(),
            90s);
  EXPECT_EQ(rows(R"({"components":[{"type":1,"components":[
      {"type":2,"custom_id":"a"},{"type":2,"custom_id":"b","expiresAfter":90}]}]})")
                .lifetime(),
            std::nullopt);
}

TEST(ComponentRows, AreFoundByTheHashOfTheirName) {
  const auto some = rows(R"({"components":[{"type":1,"components":[{"type":2,"custom_id":"a"}]},
      {"type":1,"components":[{"type":3,"custom_id":"b"}]}]})");
  EXPECT_EQ(some.find(ComponentIds::hash("b")), "b");
  EXPECT_EQ(some.find(ComponentIds::hash("c")), std::nullopt);
}

}  // namespace
}  // namespace guildhall::bot
