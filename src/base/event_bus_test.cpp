#include "base/event_bus.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guildhall::base {
namespace {

TEST(Topic, CallsAllSubscribersInOrder) {
  Topic<int> topic;
  std::vector<std::string> heard;
  const auto first = topic.subscribe([&](const auto& event) { heard.push_back("a" + std::to_string(*event)); });
  const auto second = topic.subscribe([&](const auto& event) { heard.push_back("b" + std::to_string(*event)); });
  topic.publish(1);
  topic.publish(2);
  EXPECT_EQ(heard, (std::vector<std::string>{"a1", "b1", "a2", "b2"}));
}

TEST(Topic, SharesTheEvent) {
  Topic<std::string> topic;
  std::vector<const std::string*> heard;
  const auto keep = [&](const auto& event) { heard.push_back(event.get()); };
  const auto first = topic.subscribe(keep);
  const auto second = topic.subscribe(keep);
  topic.publish("one");
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[0], heard[1]);
}

TEST(Topic, ReportsWhetherAnySubscriberListens) {
  Topic<int> topic;
  EXPECT_FALSE(topic.has_listeners());
  {
    const auto subscription = topic.subscribe([](const auto&) {});
    EXPECT_TRUE(topic.has_listeners());
  }
  EXPECT_FALSE(topic.has_listeners());
}

TEST(Topic, SubscribersMayListenLater) {
  Topic<int> topic;
  bool listening = false;
  const auto subscription = topic.subscribe([](const auto&) {}, [&] { return listening; });
  EXPECT_FALSE(topic.has_listeners());
  listening = true;
  EXPECT_TRUE(topic.has_listeners());
}

TEST(Topic, DoesNotCallFormerSubscribers) {
  Topic<int> topic;
  int heard = 0;
  {
    auto subscription = topic.subscribe([&](const auto&) { ++heard; });
    const auto moved = std::move(subscription);
    topic.publish(1);
  }
  topic.publish(2);
  EXPECT_EQ(heard, 1);
}

}  // namespace
}  // namespace guildhall::base
