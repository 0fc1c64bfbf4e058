#include "server/entity_tag.hpp"

#include <gtest/gtest.h>

namespace guildhall::server {
namespace {

database::Command third_revision() {
  database::Command command;
  command.revision = 3;
  return command;
}

net::Request with(std::string_view name, std::string_view value) {
  net::Request request;
  request.headers.add(name, value);
  return request;
}

TEST(IfMatch, AsksForTheRevisionThatTheTagNames) {
  const auto command = third_revision();
  ASSERT_EQ(entity_tag(command), "\"3\"");
  EXPECT_EQ(*if_match(with("If-Match", "\"3\""), command), 3U);
  EXPECT_EQ(*if_match(with("If-Match", "\"1\", \"3\""), command), 3U);
}

TEST(IfMatch, AsksForNoneWithoutAField) {
  EXPECT_EQ(*if_match(net::Request{}, third_revision()), std::nullopt);
  EXPECT_EQ(*if_match(with("If-Match", "*"), third_revision()), std::nullopt);
}

TEST(IfMatch, FailsForAnotherOrAWeakTag) {
  for (const auto* tag : {"\"2\"", "3", "W/\"3\"", ""}) {
    const auto revision = if_match(with("If-Match", tag), third_revision());
    ASSERT_TRUE(revision.has_error()) << tag;
    EXPECT_EQ(revision.error().code, base::Errc::precondition_failed);
  }
}

TEST(IfNoneMatch, KnowsWhatTheClientHas) {
  const auto command = third_revision();
  EXPECT_TRUE(if_none_match(with("If-None-Match", "W/\"3\""), command));
  EXPECT_TRUE(if_none_match(with("If-None-Match", "*"), command));
  EXPECT_FALSE(if_none_match(with("If-None-Match", "\"2\""), command));
  EXPECT_FALSE(if_none_match(net::Request{}, command));
}

}  // namespace
}  // namespace guildhall::server
