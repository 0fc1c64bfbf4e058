#include "socketio/json_text.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

namespace guildhall::socketio {
namespace {

std::string text(const boost::json::value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

TEST(JsonText, WritesLikeJsonStringify) {
  EXPECT_EQ(text({1, -2, 0.5, true, nullptr, "x"}), R"([1,-2,0.5,true,null,"x"])");
  EXPECT_EQ(text(boost::json::object{{"a", boost::json::array()}, {"b", boost::json::object()}}), R"({"a":[],"b":{}})");
  EXPECT_EQ(text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(text("\"\\\n\r\t\x01/é"), R"("\"\\\n\r\t\u0001/é")");
}

TEST(JsonText, NonFiniteNumbersBecomeNull) {
  EXPECT_EQ(text(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(text(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(text(*parse_json("1e999")), "null");
}

TEST(JsonText, NestingIsLimited) {
  EXPECT_TRUE(parse_json(std::string(60, '[') + std::string(60, ']')));
  EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']')));
}

TEST(JsonText, LoneSurrogatesAreReplaced) {
  const auto parsed = [](std::string_view json) { return std::string(parse_json(json).value().as_string()); };
  EXPECT_EQ(parsed(R"("a\ud83d")"), "a\uFFFD");
  EXPECT_EQ(parsed(R"("\ude00b")"), "\uFFFDb");
  EXPECT_EQ(parsed(R"("\ud83d\ud83d\ude00")"), "\uFFFD\U0001F600");
  EXPECT_EQ(parsed(R"("\\ud83d\ud83d")"), "\\ud83d\uFFFD");
  EXPECT_FALSE(parse_json(R"("\ud83d)"));
}

}  // namespace
}  // namespace guildhall::socketio
