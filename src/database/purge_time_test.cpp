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
  pass(59min);
  EXPECT_FALSE(time_.now());
  pass(1min);
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatGoesOnWhereTheDatabaseEndsNeedNotSettle) {
  time_.saw(clock_.now() - 24h);
  time_.saw(clock_.now() + 1min);
  EXPECT_FALSE(time_.now());
  time_.saw(clock_.now() - 23h);
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatIsAheadForAWhileIsNotBelieved) {
  pass(120min);
  const auto right = clock_.now();
  clock_.wall += 24h * 3650;
  EXPECT_EQ(time_.now(), right);
  pass(20h);
  EXPECT_EQ(time_.now(), right + 20h);
  clock_.wall -= 24h * 3650;
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatWasSetForwardIsBelievedAfterADay) {
  pass(120min);
  clock_.wall += 24h * 365;
  pass(26h);
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AClockThatIsSetBackIsBelievedAtOnce) {
  pass(120min);
  clock_.wall -= 24h;
  EXPECT_EQ(time_.now(), clock_.now());
}

TEST_F(PurgeTimeTest, AProgramThatStartedWithAClockThatWasAheadWaits) {
  clock_.wall += 24h * 365;
  PurgeTime time(clock_);
  clock_.pass(10min);
  EXPECT_FALSE(time.now());
  clock_.wall -= 24h * 365;
  clock_.pass(50min);
  EXPECT_EQ(time.now(), clock_.now());
}

}  // namespace
}  // namespace guildhall::database
