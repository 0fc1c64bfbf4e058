#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <stdexcept>

#include "net/async/backoff.hpp"
#include "net/async/event.hpp"
#include "net/async/future.hpp"
#include "net/async/gate.hpp"
#include "net/async/single_flight.hpp"
#include "net/async/spawn.hpp"
#include "net/async/task_group.hpp"

namespace guildhall::net {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using testing::ElementsAre;
using Log = std::vector<std::string>;

std::string describe(const std::exception_ptr& failure) {
  if (!failure) return "ended";
  return is_cancellation(failure) ? "cancelled" : "failed";
}

/// An event loop that a test runs by hand, and a log of how its tasks ended.
class Async : public testing::Test {
 protected:
  void start(Task<> task) { start(std::move(task), signal_); }

  void start(Task<> task, asio::cancellation_signal& signal) {
    auto note = [this](std::exception_ptr failure) { log_.push_back(describe(failure)); };
    asio::co_spawn(loop_, std::move(task), asio::bind_cancellation_slot(signal.slot(), note));
  }

  void start(Task<bool> task) {
    asio::co_spawn(loop_, std::move(task), [this](std::exception_ptr failure, bool result) {
      log_.push_back(failure ? describe(failure) : result ? "true" : "false");
    });
  }

  /// Runs what is ready.
  Log& poll() {
    loop_.restart();
    loop_.poll();
    return log_;
  }
  /// Runs until nothing is left to wait for.
  Log& run() {
    loop_.restart();
    loop_.run();
    return log_;
  }

  asio::io_context loop_{1};
  asio::cancellation_signal signal_;
  Log log_;
};

using EventTest = Async;
using GateTest = Async;
using SpawnTest = Async;
using TaskGroupTest = Async;
using SingleFlightTest = Async;

TEST_F(EventTest, WakesAllWhoWait) {
  Event event;
  asio::cancellation_signal other;
  start(event.wait());
  start(event.wait(), other);
  EXPECT_THAT(poll(), ElementsAre());
  event.set();
  EXPECT_THAT(poll(), ElementsAre("ended", "ended"));
}

TEST_F(EventTest, SetBeforeTheWaitLetsItPassAtOnce) {
  Event event;
  event.set();
  EXPECT_TRUE(event.is_set());
  start(event.wait());
  start(event.wait_for(0s));
  EXPECT_THAT(poll(), ElementsAre("ended", "true"));
}

TEST_F(EventTest, ResetLetsTheNextOneWaitButNotThoseWhoWereWoken) {
  Event event;
  start(event.wait());
  poll();
  event.set();
  event.reset();
  EXPECT_FALSE(event.is_set());
  EXPECT_THAT(poll(), ElementsAre("ended"));
  start(event.wait());
  EXPECT_THAT(poll(), ElementsAre("ended"));
  signal_.emit(asio::cancellation_type::terminal);
  EXPECT_THAT(poll(), ElementsAre("ended", "cancelled"));
}

TEST_F(EventTest, AWaitEndsAtItsLimit) {
  Event event;
  start(event.wait_for(1ms));
  EXPECT_THAT(run(), ElementsAre("false"));
  start(event.wait_until(Event::Clock::now() - 1s));
  EXPECT_THAT(run(), ElementsAre("false", "false"));
}

TEST_F(EventTest, TheLongestLimitIsNone) {
  Event event;
  start(event.wait_for(Event::Clock::duration::max()));
  EXPECT_THAT(poll(), ElementsAre());
  event.set();
  EXPECT_THAT(poll(), ElementsAre("true"));
}

TEST_F(EventTest, SetWhileTheLimitExpiresCounts) {
  Event event;
  auto set = [](Event& target) -> Task<> {
    target.set();
    co_return;
  };
  start(event.wait_until(Event::Clock::now() - 1s));
  start(set(event));
  EXPECT_THAT(poll(), testing::UnorderedElementsAre("true", "ended"));
}

TEST_F(EventTest, ACancelledWaitThrowsAndLeavesTheOthers) {
  Event event;
  asio::cancellation_signal other;
  start(event.wait());
  start(event.wait(), other);
  poll();
  signal_.emit(asio::cancellation_type::terminal);
  EXPECT_THAT(poll(), ElementsAre("cancelled"));
  event.set();
  EXPECT_THAT(poll(), ElementsAre("cancelled", "ended"));
}

TEST_F(EventTest, DestroyingItEndsTheWaits) {
  auto event = std::make_unique<Event>();
  start(event->wait());
  poll();
  event.reset();
  EXPECT_THAT(poll(), ElementsAre("cancelled"));
}

TEST(EventLifetime, ACoroutineMayBeDestroyedWhileItWaits) {
  Event event;
  {
    asio::io_context loop(1);
    spawn(loop.get_executor(), event.wait());
    loop.poll();
  }
  event.set();
  EXPECT_TRUE(event.is_set());
}

TEST_F(GateTest, CountsWhatIsInFlight) {
  Gate gate;
  auto first = gate.enter();
  auto second = gate.enter();
  EXPECT_EQ(gate.in_flight(), 2U);
  first.reset();
  Gate::Holder moved = std::move(*second);
  second.reset();
  EXPECT_EQ(gate.in_flight(), 1U);
  moved = *gate.enter();
  EXPECT_EQ(gate.in_flight(), 1U);
}

TEST_F(GateTest, CloseWaitsForTheLastHolder) {
  Gate gate;
  auto first = gate.enter();
  auto second = gate.enter();
  start(gate.close(1h));
  first.reset();
  EXPECT_THAT(poll(), ElementsAre());
  second.reset();
  EXPECT_THAT(poll(), ElementsAre("true"));
}

TEST_F(GateTest, NobodyEntersWhileItClosesOrAfter) {
  Gate gate;
  auto holder = gate.enter();
  start(gate.close(1h));
  poll();
  EXPECT_TRUE(gate.closed());
  EXPECT_FALSE(gate.enter());
  holder.reset();
  EXPECT_THAT(poll(), ElementsAre("true"));
  EXPECT_FALSE(gate.enter());
}

TEST_F(GateTest, CloseOfAnEmptyGateReturnsAtOnce) {
  Gate gate;
  start(gate.close(1h));
  EXPECT_THAT(poll(), ElementsAre("true"));
}

TEST_F(GateTest, CloseEndsAtItsLimit) {
  Gate gate;
  const auto holder = gate.enter();
  start(gate.close(1ms));
  EXPECT_THAT(run(), ElementsAre("false"));
}

TEST_F(GateTest, DrainLetsOthersEnter) {
  Gate gate;
  auto holder = gate.enter();
  start(gate.drain(1h));
  poll();
  auto late = gate.enter();
  ASSERT_TRUE(late);
  holder.reset();
  EXPECT_THAT(poll(), ElementsAre());
  late.reset();
  EXPECT_THAT(poll(), ElementsAre("true"));
}

TEST_F(GateTest, HoldersAndDrainsMayOutliveIt) {
  auto gate = std::make_unique<Gate>();
  auto holder = gate->enter();
  start(gate->drain(1h));
  poll();
  gate.reset();
  holder.reset();
  EXPECT_THAT(poll(), ElementsAre("true"));
}

TEST(BackoffTest, GrowsByItsFactorUpToTheLongest) {
  Backoff backoff({.first = 1s, .max = 10s, .factor = 3});
  EXPECT_EQ(backoff.next(), 1s);
  EXPECT_EQ(backoff.next(), 3s);
  EXPECT_EQ(backoff.next(), 9s);
  EXPECT_EQ(backoff.next(), 10s);
  EXPECT_EQ(backoff.next(), 10s);
  EXPECT_EQ(backoff.attempts(), 5U);
}

TEST(BackoffTest, BeginsAnewAfterAReset) {
  Backoff backoff({.first = 1s, .max = 10s});
  static_cast<void>(backoff.next());
  static_cast<void>(backoff.next());
  backoff.reset();
  EXPECT_EQ(backoff.attempts(), 0U);
  EXPECT_EQ(backoff.next(), 1s);
}

TEST(BackoffTest, LeavesPartOfThePauseToChance) {
  Backoff backoff({.first = 1s, .max = 60s, .jitter = 0.5});
  EXPECT_EQ(backoff.next(0), 500ms);
  EXPECT_EQ(backoff.next(1), 2s);
  EXPECT_EQ(backoff.next(0.5), 3s);
  const auto pause = backoff.next();
  EXPECT_GE(pause, 4s);
  EXPECT_LE(pause, 8s);
}

TEST(BackoffTest, AFirstPauseOverTheLongestIsTheLongest) {
  Backoff backoff({.first = 1min, .max = 10s});
  EXPECT_EQ(backoff.next(), 10s);
}

Task<> fail() {
  throw std::runtime_error("broken");
  co_return;
}

Task<int> answer() { co_return 42; }

TEST_F(SpawnTest, ReportsAFailureButNoCancellation) {
  const OnFailure note = [this](std::exception_ptr failure) { log_.push_back(describe(failure)); };
  spawn(loop_.get_executor(), fail(), note);
  spawn(loop_.get_executor(), fail());
  {
    Event event;
    spawn(loop_.get_executor(), event.wait(), note);
    poll();
  }
  EXPECT_THAT(poll(), ElementsAre("failed"));
}

TEST_F(SpawnTest, SleepsForATimeAndEndsWhenCancelled) {
  start(sleep_for(1ms));
  EXPECT_THAT(run(), ElementsAre("ended"));
  start(sleep_for(1h));
  poll();
  signal_.emit(asio::cancellation_type::terminal);
  EXPECT_THAT(poll(), ElementsAre("ended", "cancelled"));
}

TEST_F(SpawnTest, RunsATaskOnAnotherExecutorAndBringsBackItsResult) {
  asio::thread_pool other(1);
  const auto ask = [](Executor executor) -> Task<bool> { co_return co_await run_on(executor, answer()) == 42; };
  start(ask(other.get_executor()));
  start(run_on(other.get_executor(), fail()));
  run();
  EXPECT_THAT(log_, testing::UnorderedElementsAre("true", "failed"));
}

TEST_F(SpawnTest, ACancellationReachesTheTaskThatRunsElsewhere) {
  start(run_on(loop_.get_executor(), sleep_for(1h)));
  poll();
  signal_.emit(asio::cancellation_type::terminal);
  EXPECT_THAT(poll(), ElementsAre("cancelled"));
}

TEST_F(TaskGroupTest, StopCancelsAllAndWaits) {
  TaskGroup group(loop_.get_executor(), [this](std::exception_ptr) { log_.push_back("reported"); });
  group.spawn(sleep_for(1h));
  group.spawn(sleep_for(1h));
  poll();
  EXPECT_FALSE(group.empty());
  start(group.stop(1h));
  EXPECT_THAT(poll(), ElementsAre("true"));
  EXPECT_TRUE(group.empty());
}

TEST_F(TaskGroupTest, ReportsFailures) {
  TaskGroup group(loop_.get_executor(), [this](std::exception_ptr) { log_.push_back("reported"); });
  group.spawn(fail());
  EXPECT_THAT(poll(), ElementsAre("reported"));
  EXPECT_TRUE(group.empty());
}

TEST_F(TaskGroupTest, StopOfNoTasksReturnsAtOnceAndNewOnesAreDropped) {
  TaskGroup group(loop_.get_executor(), [this](std::exception_ptr) { log_.push_back("reported"); });
  start(group.stop(1h));
  EXPECT_THAT(poll(), ElementsAre("true"));
  group.spawn(fail());
  EXPECT_THAT(poll(), ElementsAre("true"));
  EXPECT_TRUE(group.empty());
}

TEST_F(TaskGroupTest, TasksMayOutliveIt) {
  Event event;
  auto group =
      std::make_unique<TaskGroup>(loop_.get_executor(), [this](std::exception_ptr) { log_.push_back("reported"); });
  group->spawn(event.wait());
  poll();
  group.reset();
  event.set();
  EXPECT_THAT(poll(), ElementsAre());
}

TEST_F(SingleFlightTest, RunsOneWorkForAllWhoAsk) {
  SingleFlight<int, int> flights(loop_.get_executor());
  Event go;
  int runs = 0;
  const std::function<Task<int>()> work = [&]() -> Task<int> {
    ++runs;
    co_await go.wait();
    co_return 42;
  };
  std::vector<Future<int>> results;
  for (int i = 0; i < 3; ++i) results.push_back(net::start(loop_.get_executor(), flights.run(1, work)));
  poll();
  go.set();
  poll();
  for (auto& result : results) EXPECT_EQ(result.get(), 42);
  EXPECT_EQ(runs, 1);
  auto again = net::start(loop_.get_executor(), flights.run(1, work));
  poll();
  EXPECT_EQ(again.get(), 42);
  EXPECT_EQ(runs, 2);
}

TEST_F(SingleFlightTest, AllGetTheExceptionAndTheWorkOutlivesACancelledCaller) {
  SingleFlight<int, int> flights(loop_.get_executor());
  Event go;
  const std::function<Task<int>()> work = [&]() -> Task<int> {
    co_await go.wait();
    throw std::runtime_error("broken");
  };
  const auto ask = [](SingleFlight<int, int>& all, std::function<Task<int>()> how) -> Task<> {
    co_await all.run(1, std::move(how));
  };
  asio::cancellation_signal other;
  start(ask(flights, work));
  start(ask(flights, work), other);
  poll();
  signal_.emit(asio::cancellation_type::terminal);
  EXPECT_THAT(poll(), ElementsAre("cancelled"));
  go.set();
  EXPECT_THAT(poll(), ElementsAre("cancelled", "failed"));
}

}  // namespace
}  // namespace guildhall::net
