#include "net/deadlines.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <random>

namespace guildhall::net {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

struct Named : Deadline {
  explicit Named(int number) : name(number) {}
  void on_deadline(Time now) override { came = now; }
  int name;
  std::optional<Time> came;
};

std::vector<int> take_all(DeadlineHeap& heap, Deadline::Time now) {
  std::vector<int> names;
  while (Deadline* due = heap.take_due(now)) names.push_back(static_cast<Named*>(due)->name);
  return names;
}

TEST(DeadlineHeap, ReturnsDueDeadlinesInOrder) {
  const Deadline::Time start{};
  DeadlineHeap heap;
  Named a(1), b(2), c(3);
  heap.set(a, start + 30s);
  heap.set(b, start + 10s);
  heap.set(c, start + 20s);
  EXPECT_EQ(heap.first(), start + 10s);
  EXPECT_THAT(take_all(heap, start + 9s), ElementsAre());
  EXPECT_THAT(take_all(heap, start + 20s), ElementsAre(2, 3));
  EXPECT_THAT(take_all(heap, start + 30s), ElementsAre(1));
  EXPECT_TRUE(heap.empty());
}

TEST(DeadlineHeap, ChangesAndClears) {
  const Deadline::Time start{};
  DeadlineHeap heap;
  Named a(1), b(2), c(3);
  heap.set(a, start + 1s);
  heap.set(b, start + 2s);
  heap.set(c, start + 3s);
  heap.set(a, start + 4s);
  heap.clear(b);
  heap.clear(b);
  EXPECT_THAT(take_all(heap, start + 5s), ElementsAre(3, 1));
}

TEST(DeadlineHeap, StaysOrderedUnderRandomOperations) {
  std::mt19937 random(7);
  DeadlineHeap heap;
  std::vector<Named> all;
  for (int i = 0; i < 200; ++i) all.emplace_back(i);
  std::vector<int> times(all.size(), -1);
  for (int i = 0; i < 5000; ++i) {
    const std::size_t which = random() % all.size();
    if (random() % 3 == 0) {
      heap.clear(all[which]);
      times[which] = -1;
    } else {
      times[which] = static_cast<int>(random() % 1000);
      heap.set(all[which], Deadline::Time{} + std::chrono::seconds(times[which]));
    }
  }
  int last = 0;
  while (Deadline* due = heap.take_due(Deadline::Time::max())) {
    auto& time = times[static_cast<std::size_t>(static_cast<Named*>(due)->name)];
    EXPECT_GE(time, last);
    last = std::exchange(time, -1);
  }
  EXPECT_EQ(std::count(times.begin(), times.end(), -1), 200);
}

TEST(Deadlines, FireOnTheLoop) {
  boost::asio::io_context loop;
  const auto deadlines = std::make_shared<Deadlines>(loop.get_executor());
  Named late(1), soon(2), cleared(3);
  const auto start = std::chrono::steady_clock::now();
  deadlines->set(late, start + 20ms);
  deadlines->set(soon, start + 5ms);
  deadlines->set(cleared, start + 1ms);
  deadlines->clear(cleared);
  loop.run();
  ASSERT_TRUE(soon.came && late.came);
  EXPECT_GE(*soon.came, start + 5ms);
  EXPECT_GE(*late.came, start + 20ms);
  EXPECT_FALSE(cleared.came);
}

}  // namespace
}  // namespace guildhall::net
