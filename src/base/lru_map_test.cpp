#include "base/lru_map.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace guildhall::base {
namespace {

TEST(LruMap, ForgetsWhatWasNotUsedForLongest) {
  LruMap<int, std::string> map(2);
  map.put(1, "one");
  map.put(2, "two");
  ASSERT_NE(map.find(1), nullptr);
  map.put(3, "three");
  EXPECT_EQ(map.find(2), nullptr);
  EXPECT_EQ(*map.find(1), "one");
  EXPECT_EQ(*map.find(3), "three");
  EXPECT_EQ(map.size(), 2U);
}

TEST(LruMap, PeekIsNoUse) {
  LruMap<int, int> map(2);
  map.put(1, 10);
  map.put(2, 20);
  EXPECT_EQ(*map.peek(1), 10);
  map.put(3, 30);
  EXPECT_EQ(map.peek(1), nullptr);
}

TEST(LruMap, PutReplacesAndEraseRemoves) {
  LruMap<int, int> map(10);
  map.put(1, 10, 4);
  map.put(1, 11, 2);
  EXPECT_EQ(*map.find(1), 11);
  EXPECT_EQ(map.weight(), 2U);
  EXPECT_TRUE(map.erase(1));
  EXPECT_FALSE(map.erase(1));
  EXPECT_EQ(map.weight(), 0U);
}

TEST(LruMap, KeepsToItsCapacityByWeight) {
  LruMap<int, int> map(10);
  map.put(1, 0, 4);
  map.put(2, 0, 4);
  map.put(3, 0, 8);
  EXPECT_EQ(map.size(), 1U);
  EXPECT_EQ(map.weight(), 8U);
  map.put(3, 0, 11);
  EXPECT_EQ(map.size(), 0U);
}

TEST(LruMap, ClearDestroysTheValues) {
  const auto value = std::make_shared<int>(1);
  LruMap<int, std::shared_ptr<int>> map(3);
  map.put(1, value);
  map.clear();
  EXPECT_EQ(value.use_count(), 1);
  EXPECT_EQ(map.weight(), 0U);
}

}  // namespace
}  // namespace guildhall::base
