#include "server/json_cache.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace guildhall::server {
namespace {

using Value = std::shared_ptr<const std::string>;

Value value_of(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// Encodes a value as itself, and counts how often.
class JsonCacheTest : public ::testing::Test {
 protected:
  std::shared_ptr<const std::string> json(const std::string& key, const Value& value) {
    return cache_.json(key, {value, nullptr}, [&] {
      ++encoded_;
      return *value;
    });
  }

  JsonCache cache_{4096};
  int encoded_ = 0;
};

TEST_F(JsonCacheTest, EncodesAValueOnce) {
  const auto value = value_of("hello");
  const auto first = json("a", value);
  EXPECT_EQ(json("a", value), first);
  EXPECT_EQ(encoded_, 1);
}

TEST_F(JsonCacheTest, ShowsTheValueAtHand) {
  const auto before = value_of("before");
  (void)json("a", before);
  EXPECT_EQ(*json("a", value_of("after")), "after");
  EXPECT_EQ(*json("a", before), "before");
  EXPECT_EQ(*json("b", value_of("")), "");
}

TEST_F(JsonCacheTest, DependsOnBothSources) {
  const auto one = value_of("one");
  const auto two = value_of("two");
  const auto both = [&](const Value& second) {
    return *cache_.json("a", {one, second}, [&] { return *one + *second; });
  };
  EXPECT_EQ(both(two), "onetwo");
  EXPECT_EQ(both(value_of("three")), "onethree");
}

TEST_F(JsonCacheTest, AValueThatIsReadAgainHasTheSameBuffer) {
  const std::string large(3000, 'x');
  const auto first = json("a", value_of(large));
  EXPECT_EQ(json("a", value_of(large)), first);
  EXPECT_EQ(json("a", value_of(large)), first);
  EXPECT_EQ(encoded_, 3);
}

TEST_F(JsonCacheTest, HoldsNoMoreThanItMay) {
  std::vector<Value> values;
  std::vector<std::weak_ptr<const std::string>> held;
  for (int i = 0; i < 100; ++i) {
    values.push_back(value_of(std::string(500, 'x') + std::to_string(i)));
    held.push_back(json(std::to_string(i), values.back()));
  }
  std::size_t size = 0;
  for (const auto& each : held) size += each.expired() ? 0 : each.lock()->size();
  EXPECT_GT(size, 0U);
  EXPECT_LE(size, 4096U);
  const std::weak_ptr<const std::string> large = json("large", value_of(std::string(3000, 'x')));
  EXPECT_TRUE(large.expired()) << "nobody is sent it";
}

}  // namespace
}  // namespace guildhall::server
