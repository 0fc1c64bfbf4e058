#include "schema/json_text.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>

namespace guildhall::schema {
namespace {

TEST(JsonText, IsReadAsBoostReadsIt) {
  for (const auto* text : {R"({"a": [1, -2, 18446744073709551615, 1.5, true, null, "é🐜\n"], "b": {"a": {}}, "": ""})",
                           " [] ", "1", "null", R"("text")"}) {
    const auto value = parse_json(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(*value, boost::json::parse(text));
  }
}

TEST(JsonText, IsRefusedWhereItIsNoJson) {
  for (const std::string& text :
       {std::string(), std::string(" "), std::string("{"), std::string(R"({"a":1} x)"), std::string("{a:1}"),
        std::string(R"("\ud83d")"), std::string("\"\xFF\""), std::string("[1,]"), std::string(100'000, '['),
        std::string("\xEF\xBB\xBF{}"), std::string("{} {}")}) {
    const auto value = parse_json(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, base::Errc::malformed);
    EXPECT_EQ(value.error().message.substr(0, 22), "The body is not JSON: ");
    EXPECT_EQ(value.error().message.back(), '.');
  }
}

TEST(JsonText, NamesAreUniqueInAnObject) {
  for (const auto* text : {R"({"a": 1, "a": 1})", R"([{"b": {"a": 1, "x": 2, "\u0061": 3}}])"}) {
    const auto value = parse_json(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().message, "An object in the body has the same name twice.");
  }
  EXPECT_TRUE(parse_json(R"([{"a": 1}, {"a": 1}])"));
}

TEST(JsonText, NestsToADepthOf32) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse_json(nested(32)));
  EXPECT_FALSE(parse_json(nested(33)));
}

}  // namespace
}  // namespace guildhall::schema
