#include "bot/render/response_cache.hpp"

#include <gtest/gtest.h>

#include <string>

namespace guildhall::bot {
namespace {

using base::CommandId;

std::shared_ptr<const Response> response(std::size_t length = 10) {
  return std::make_shared<const Response>(
      Response::parse(R"({"content":")" + std::string(length, 'x') + R"("})").value());
}

TEST(ResponseCache, KnowsOneRevisionOfACommand) {
  ResponseCache cache(1 << 20);
  const auto first = response();
  cache.put(CommandId{1}, 1, first);
  EXPECT_EQ(cache.find(CommandId{1}, 1), first);
  EXPECT_EQ(cache.find(CommandId{1}, 2), nullptr);
  EXPECT_EQ(cache.find(CommandId{2}, 1), nullptr);
  const auto second = response();
  cache.put(CommandId{1}, 2, second);
  EXPECT_EQ(cache.find(CommandId{1}, 2), second);
  EXPECT_EQ(cache.find(CommandId{1}, 1), nullptr);
}

TEST(ResponseCache, ForgetsWhatWasNotUsedForLongest) {
  const auto weight = response(1000)->weight();
  ResponseCache cache(weight * 3);
  cache.put(CommandId{1}, 1, response(1000));
  cache.put(CommandId{2}, 1, response(1000));
  EXPECT_TRUE(cache.find(CommandId{1}, 1));
  cache.put(CommandId{3}, 1, response(1000));
  EXPECT_TRUE(cache.find(CommandId{1}, 1));
  EXPECT_FALSE(cache.find(CommandId{2}, 1));
  EXPECT_TRUE(cache.find(CommandId{3}, 1));
}

}  // namespace
}  // namespace guildhall::bot
