#include "socketio/arguments.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>

namespace guildhall::socketio {
namespace {

TEST(Arguments, BytesFindsAPlaceholdersAttachment) {
  Arguments arguments;
  const auto first = arguments.attach("one");
  const auto second = arguments.attach("two");
  ASSERT_NE(arguments.bytes(second), nullptr);
  EXPECT_EQ(*arguments.bytes(first), "one");
  EXPECT_EQ(*arguments.bytes(second), "two");
  EXPECT_EQ(arguments.bytes(boost::json::object{{"_placeholder", true}, {"num", 2}}), nullptr);
  EXPECT_EQ(arguments.bytes(boost::json::object{{"_placeholder", true}, {"num", -1}}), nullptr);
  EXPECT_EQ(arguments.bytes(boost::json::object{{"_placeholder", "yes"}, {"num", 0}}), nullptr);
  EXPECT_EQ(arguments.bytes("text"), nullptr);
}

TEST(Arguments, FromKeepsTheAttachments) {
  Arguments arguments{"to whom"};
  arguments.append(arguments.attach("what"));
  const auto rest = arguments.from(1);
  ASSERT_EQ(rest.size(), 1);
  EXPECT_EQ(*rest.bytes(rest[0]), "what");
  EXPECT_EQ(arguments.from(3).size(), 0);
}

TEST(Arguments, MissingArgumentsAreNull) {
  const Arguments arguments{"only"};
  EXPECT_EQ(arguments[0], "only");
  EXPECT_TRUE(arguments[1].is_null());
}

}  // namespace
}  // namespace guildhall::socketio
