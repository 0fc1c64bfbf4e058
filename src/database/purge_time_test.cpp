#include "database/purge_time.hpp"

#include <gtest/gtest.h>

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;

/// A clock that can be set without time passing.
class SettableClock final : public base::Clock {
 public:
  [[nodiscard]] base::Timestamp now() const override { return wall; }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return passed; }
  void pass(std::chrono::milliseconds time) {
    wall += time;
    passed += time;
  }

  base::Timestamp wall{1'800'000'000s};
  std::chrono::steady_clock::time_point passed{100h};
};

class PurgeTimeTest : public ::testing::Test {
 protected:
  /// Lets time pass, and looks at the clock each minute, as the database does.
  void pass(std::chrono::minutes time) {
    for (auto i = 0min; i < time; ++i) {
      clock_.pass(1min);
      (void)time_.now();
    }
  }

  SettableClock clock_;
  PurgeTime time_{clock_};
};

TEST_F(PurgeTimeTest, TheClockSettlesFirst) {
  EXPECT_FALSE(time_.now());
  pass(24h - 1min);
  EXPECT_FALSE(time_.now());
  pass(1min);
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatGoesOnWhereTheDatabaseWasADayAgoNeedNotSettle) {
  time_.saw(clock_.now() - 73h);
  time_.saw(clock_.now() + 1min);
  time_.saw(clock_.now() - 1min);
  EXPECT_FALSE(time_.now());
  time_.saw(clock_.now() - 71h);
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatIsAheadForAWhileIsNotBelieved) {
  pass(24h);
  const auto right = clock_.now();
  clock_.wall += 24h * 3650;
  EXPECT_EQ(time_.now(), right);
  pass(20h);
  EXPECT_EQ(time_.now(), right + 20h);
  clock_.wall -= 24h * 3650;
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatWasSetForwardIsBelievedAfterADay) {
  pass(24h);
  clock_.wall += 24h * 365;
  pass(26h);
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatIsSetBackIsBelievedAtOnce) {
  pass(24h);
  clock_.wall -= 24h;
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AProgramThatStartedWithAClockThatWasAheadWaits) {
  const auto last_record = clock_.now() - 10min;
  clock_.wall += 24h * 31;
  for (int start = 0; start < 3; ++start) {
    PurgeTime time(clock_);
    time.saw(last_record);
    clock_.pass(1h);
    EXPECT_FALSE(time.now());
  }
  PurgeTime time(clock_);
  clock_.wall -= 24h * 31;
  clock_.pass(24h);
  EXPECT_EQ(time.now(), clock_.now());
}

}  // namespace
}  // namespace guildhall::database
