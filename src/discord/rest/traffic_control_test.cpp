#include "discord/rest/traffic_control.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace guildhall::discord {
namespace {

using base::Errc;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;
using Ticket = TrafficControl::Ticket;

constexpr std::uint64_t bot = 7;
constexpr std::uint64_t person = 9;

class TrafficControlTest : public testing::Test {
 protected:
  Ticket enter(Route route, std::uint64_t major = 0, std::uint64_t account = bot,
               std::chrono::milliseconds patience = 10min) {
    return control_.enter({account, route, major}, 100, now_ + patience, now_);
  }
  Ticket message(std::uint64_t channel = 1) { return enter(Route::create_message, channel); }

  /// The tickets that go now; refusals are kept.
  std::vector<Ticket> decide() {
    std::vector<Ticket> going;
    for (auto& verdict : control_.decide(now_)) {
      if (verdict.refusal) {
        refused_.emplace(verdict.ticket, *verdict.refusal);
      } else {
        going.push_back(verdict.ticket);
      }
    }
    return going;
  }
  std::vector<Ticket> decide_after(std::chrono::milliseconds time) {
    now_ += time;
    return decide();
  }

  /// Ends a request that went, with a bucket's state.
  void answer(Ticket ticket, unsigned limit, unsigned remaining, std::chrono::milliseconds reset_after,
              std::uint64_t bucket = 1, unsigned status = 200) {
    RateNews news;
    news.status = status;
    news.bucket = BucketReport{bucket, limit, remaining, reset_after, reset_after + now_time()};
    control_.answered(ticket, news, now_);
    control_.leave(ticket, now_);
  }
  void answer_without_bucket(Ticket ticket, unsigned status = 200) {
    RateNews news;
    news.status = status;
    control_.answered(ticket, news, now_);
    control_.leave(ticket, now_);
  }
  /// Ends it with a 429, and lets it wait again.
  void limit(Ticket ticket, LimitScope scope, std::chrono::milliseconds retry_after) {
    RateNews news;
    news.status = 429;
    news.limited = {scope, retry_after};
    control_.answered(ticket, news, now_);
    control_.again(ticket, now_, now_);
  }
  /// Makes a route's bucket known.
  void open(Route route, std::uint64_t major, unsigned limit, std::uint64_t account = bot) {
    const Ticket first = enter(route, major, account);
    EXPECT_THAT(decide(), ElementsAre(first));
    answer(first, limit, limit, 0ms);
  }
  [[nodiscard]] std::chrono::milliseconds now_time() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch());
  }

  TrafficControl::Time now_ = TrafficControl::Time{} + 1h;
  TrafficControl control_{{20, 100'000, 50, 1s}};
  std::map<Ticket, base::Error> refused_;
};

TEST_F(TrafficControlTest, ARouteOfWhichNothingIsKnownGetsOneRequestAtATime) {
  const Ticket a = message(1);
  const Ticket b = message(2);
  const Ticket c = message(1);
  EXPECT_THAT(decide(), ElementsAre(a));
  EXPECT_THAT(decide(), IsEmpty());
  answer(a, 5, 4, 5s);
  EXPECT_THAT(decide(), ElementsAre(b, c));
}

TEST_F(TrafficControlTest, ABucketsRequestsWaitForItsWindowInOrder) {
  open(Route::create_message, 1, 2);
  const Ticket a = message();
  const Ticket b = message();
  const Ticket c = message();
  const Ticket d = message();
  EXPECT_THAT(decide(), ElementsAre(a, b));
  answer(a, 2, 1, 5s);
  answer(b, 2, 0, 5s);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(control_.next_decision(), now_ + 5s);
  EXPECT_THAT(decide_after(4999ms), IsEmpty());
  EXPECT_THAT(decide_after(1ms), ElementsAre(c, d));
}

TEST_F(TrafficControlTest, ChannelsHaveLimitsOfTheirOwn) {
  open(Route::create_message, 1, 1);
  open(Route::create_message, 2, 1);
  const Ticket a = message(1);
  const Ticket b = message(2);
  EXPECT_THAT(decide(), ElementsAre(a, b));
  answer(a, 1, 0, 5s);
  const Ticket c = message(1);
  answer(b, 1, 1, 5s);
  const Ticket d = message(2);
  EXPECT_THAT(decide(), ElementsAre(d));
  EXPECT_THAT(decide_after(5s), ElementsAre(c));
}

TEST_F(TrafficControlTest, RoutesOfOneBucketShareItsLimit) {
  open(Route::create_message, 1, 2);
  const Ticket edit = enter(Route::edit_message, 1);
  EXPECT_THAT(decide(), ElementsAre(edit));
  answer(edit, 2, 0, 5s);  // The same bucket.
  const Ticket sent = message();
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(decide_after(5s), ElementsAre(sent));
}

TEST_F(TrafficControlTest, AuthorizationsHaveLimitsOfTheirOwn) {
  open(Route::current_user_guilds, 0, 1);
  open(Route::current_user_guilds, 0, 1, person);
  const Ticket a = enter(Route::current_user_guilds);
  EXPECT_THAT(decide(), ElementsAre(a));
  answer(a, 1, 0, 5s);
  const Ticket b = enter(Route::current_user_guilds);
  const Ticket c = enter(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), ElementsAre(c));
  EXPECT_THAT(decide_after(5s), ElementsAre(b));
}

TEST_F(TrafficControlTest, AnAnswerWithoutABucketMeansThatThereIsNoLimit) {
  const Ticket a = enter(Route::interaction_callback, 1, 0);
  const Ticket b = enter(Route::interaction_callback, 2, 0);
  const Ticket c = enter(Route::interaction_callback, 3, 0);
  EXPECT_THAT(decide(), ElementsAre(a));
  answer_without_bucket(a);
  EXPECT_THAT(decide(), ElementsAre(b, c));
}

TEST_F(TrafficControlTest, AFailureTellsNothingOfTheLimit) {
  const Ticket a = message();
  const Ticket b = message();
  const Ticket c = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  answer_without_bucket(a, 502);
  EXPECT_THAT(decide(), ElementsAre(b));
  control_.lost(b, now_);
  control_.leave(b, now_);
  EXPECT_THAT(decide(), ElementsAre(c));
}

TEST_F(TrafficControlTest, FiftyASecondForAllRoutesOfTheBot) {
  open(Route::create_message, 1, 1000);
  open(Route::guild_member, 1, 1000);
  now_ += 2s;
  std::size_t going = 0;
  for (int i = 0; i < 33; ++i) {
    message();
    enter(Route::guild_member, 1);
    going += decide().size();
  }
  EXPECT_EQ(going, 50U);
  // Interactions and people are outside of it.
  const Ticket callback = enter(Route::interaction_callback, 5, 0);
  const Ticket guilds = enter(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), testing::UnorderedElementsAre(callback, guilds));
  EXPECT_EQ(control_.next_decision(), now_ + 1s);
  EXPECT_THAT(decide_after(999ms), IsEmpty());
  EXPECT_THAT(decide_after(1ms), SizeIs(16));
}

TEST_F(TrafficControlTest, A429HoldsItsBucketAndTheRequestKeepsItsPlace) {
  open(Route::create_message, 1, 5);
  open(Route::create_message, 2, 5);
  const Ticket a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  const Ticket b = message();
  EXPECT_THAT(decide(), ElementsAre(b));
  limit(b, LimitScope::user, 1500ms);
  limit(a, LimitScope::user, 1500ms);
  const Ticket elsewhere = message(2);
  EXPECT_THAT(decide(), ElementsAre(elsewhere));
  EXPECT_THAT(decide_after(1499ms), IsEmpty());
  EXPECT_THAT(decide_after(1ms), ElementsAre(a, b));
}

TEST_F(TrafficControlTest, AGlobal429HoldsTheAccount) {
  open(Route::create_message, 1, 5);
  const Ticket a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  limit(a, LimitScope::global, 250ms);
  const Ticket b = enter(Route::guild_member, 3);
  const Ticket c = enter(Route::current_user, 0, person);
  const Ticket d = enter(Route::follow_up, 3, 0);
  EXPECT_THAT(decide(), testing::UnorderedElementsAre(c, d));
  EXPECT_THAT(decide_after(250ms), ElementsAre(a, b));
}

TEST_F(TrafficControlTest, A429OfTheAddressHoldsAll) {
  open(Route::create_message, 1, 5);
  const Ticket a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  limit(a, LimitScope::address, 3s);
  enter(Route::current_user, 0, person);
  enter(Route::follow_up, 3, 0);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(decide_after(3s), SizeIs(3));
}

TEST_F(TrafficControlTest, OnlyWhatIsHeldAgainstUsCounts) {
  open(Route::create_message, 1, 50);
  const Ticket a = message();
  decide();
  limit(a, LimitScope::shared, 1s);
  EXPECT_EQ(control_.counts(now_).invalid, 0U);
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  limit(a, LimitScope::user, 1s);
  EXPECT_EQ(control_.counts(now_).invalid, 1U);
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  answer(a, 50, 49, 5s, 1, 403);
  EXPECT_EQ(control_.counts(now_).invalid, 2U);
}

TEST_F(TrafficControlTest, WhoCannotWaitThatLongIsToldAtOnce) {
  open(Route::current_user_guilds, 0, 1, person);
  const Ticket a = enter(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), ElementsAre(a));
  const Ticket impatient = enter(Route::current_user_guilds, 0, person, 2s);
  const Ticket patient = enter(Route::current_user_guilds, 0, person, 1min);
  EXPECT_THAT(decide(), IsEmpty());
  limit(a, LimitScope::user, 30s);
  EXPECT_THAT(decide(), IsEmpty());
  ASSERT_THAT(refused_, SizeIs(1));
  EXPECT_EQ(refused_.at(impatient).code, Errc::rate_limited);
  EXPECT_EQ(refused_.at(impatient).retry_after, 30s);
  const Ticket late = enter(Route::current_user_guilds, 0, person, 2s);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_TRUE(refused_.contains(late));
  EXPECT_THAT(decide_after(30s), ElementsAre(a));
  answer(a, 1, 1, 0s);
  EXPECT_THAT(decide(), ElementsAre(patient));
}

TEST_F(TrafficControlTest, PatienceEndsAlsoBehindOthers) {
  const Ticket a = message();
  const Ticket b = enter(Route::create_message, 1, bot, 2s);
  EXPECT_THAT(decide(), ElementsAre(a));
  EXPECT_EQ(control_.next_decision(), now_ + 2s);
  EXPECT_THAT(decide_after(2s), IsEmpty());
  EXPECT_EQ(refused_.at(b).code, Errc::rate_limited);
}

TEST_F(TrafficControlTest, TheQueueIsBounded) {
  const Ticket first = message();
  decide();
  for (int i = 0; i < 20; ++i) message();
  const Ticket one_more = message();
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(refused_, SizeIs(1));
  EXPECT_EQ(refused_.at(one_more).code, Errc::rate_limited);
  control_.leave(one_more, now_);
  answer(first, 100, 99, 1s);
  EXPECT_THAT(decide(), SizeIs(20));

  const Ticket large = control_.enter({bot, Route::create_message, 1}, 99'000, now_ + 1min, now_);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(large).code, Errc::rate_limited);
}

TEST_F(TrafficControlTest, ARepetitionPausesAndThenGoesBeforeLaterOnes) {
  open(Route::create_message, 1, 1);
  const Ticket a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  control_.lost(a, now_);
  control_.again(a, now_ + 1s, now_);
  const Ticket b = message();
  EXPECT_THAT(decide(), ElementsAre(b));  // The pause holds nobody up.
  const Ticket c = message();
  answer(b, 1, 0, 2s);
  EXPECT_THAT(decide_after(1s), IsEmpty());
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  answer(a, 1, 0, 2s);
  EXPECT_THAT(decide_after(2s), ElementsAre(c));
}

TEST_F(TrafficControlTest, ARefusedAccountIsNotAskedForAgain) {
  const Ticket a = message();
  const Ticket b = message();
  const Ticket other = enter(Route::current_user, 0, person);
  EXPECT_THAT(decide(), testing::UnorderedElementsAre(a, other));
  answer_without_bucket(a, 401);
  control_.refuse(bot, now_ + 24h, now_);
  const Ticket c = enter(Route::guild_member, 4);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(b).code, Errc::unauthenticated);
  EXPECT_EQ(refused_.at(c).code, Errc::unauthenticated);
  now_ += 1h;  // Longer than accounts are remembered otherwise.
  const Ticket d = message();
  const Ticket e = enter(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), ElementsAre(e));
  EXPECT_EQ(refused_.at(d).code, Errc::unauthenticated);
}

TEST_F(TrafficControlTest, StopsLongBeforeDiscordDoes) {
  TrafficControl control({10'000, 10'000'000, 10'000, 1s});
  const Lane lane{0, Route::follow_up, 1};
  const auto go = [&](std::size_t count) {
    std::vector<Ticket> going;
    for (std::size_t i = 0; i < count; ++i) static_cast<void>(control.enter(lane, 10, now_ + 1min, now_));
    for (const auto& verdict : control.decide(now_)) going.push_back(verdict.ticket);
    return going;
  };
  const auto forbid = [&](const std::vector<Ticket>& tickets) {
    RateNews forbidden;
    forbidden.status = 403;
    for (const Ticket ticket : tickets) {
      control.answered(ticket, forbidden, now_);
      control.leave(ticket, now_);
    }
  };
  forbid(go(1));
  const auto many = go(5000);
  ASSERT_THAT(many, SizeIs(5000));
  forbid(many);
  EXPECT_TRUE(control.counts(now_).stopped);
  const Ticket refused = control.enter(lane, 10, now_ + 1h, now_);
  const auto verdicts = control.decide(now_);
  ASSERT_THAT(verdicts, SizeIs(1));
  EXPECT_EQ(verdicts.front().ticket, refused);
  EXPECT_EQ(verdicts.front().refusal->code, Errc::unavailable);
  EXPECT_EQ(verdicts.front().refusal->retry_after, 10min);
  now_ += 10min;
  EXPECT_THAT(go(1), SizeIs(1));
}

TEST_F(TrafficControlTest, SlowsDownBeforeItStops) {
  open(Route::guild_member, 1, 1);
  for (int i = 0; i < 2000; ++i) {
    const Ticket ticket = enter(Route::guild_member, 1, bot, 1h);
    auto going = decide();
    while (going.empty()) going = decide_after(10ms);
    EXPECT_THAT(going, ElementsAre(ticket));
    answer(ticket, 1, 1, 0ms, 1, 403);
  }
  const Ticket a = enter(Route::guild_member, 1);
  const Ticket b = enter(Route::follow_up, 1, 0);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_GT(*control_.next_decision(), now_ + 10ms);
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(decide_after(1s), ElementsAre(b));
}

TEST_F(TrafficControlTest, EndsWhatWaitsWhenItCloses) {
  const Ticket a = message();
  const Ticket b = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  control_.close(now_);
  const Ticket c = message();
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(b).code, Errc::unavailable);
  EXPECT_EQ(refused_.at(c).code, Errc::unavailable);
}

TEST_F(TrafficControlTest, ACancelledRequestMakesWay) {
  open(Route::create_message, 1, 1);
  const Ticket a = message();
  const Ticket b = message();
  const Ticket c = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  control_.leave(b, now_);
  control_.leave(a, now_);
  EXPECT_THAT(decide(), ElementsAre(c));
  control_.leave(c, now_);
  EXPECT_THAT(decide(), IsEmpty());
  const auto counts = control_.counts(now_);
  EXPECT_EQ(counts.waiting + counts.in_flight + counts.bytes, 0U);
}

TEST_F(TrafficControlTest, ForgetsBucketsThatNobodyUses) {
  open(Route::create_message, 1, 100);
  for (std::uint64_t channel = 2; channel < 500; ++channel) {
    const Ticket ticket = message(channel);
    now_ += 100ms;
    ASSERT_THAT(decide(), ElementsAre(ticket));
    answer(ticket, 100, 99, 1s);
  }
  EXPECT_GT(control_.counts(now_).buckets, 400U);
  now_ += 2min;
  const Ticket last = message(1);
  EXPECT_THAT(decide(), ElementsAre(last));
  EXPECT_LE(control_.counts(now_).buckets, 1U);
}

}  // namespace
}  // namespace guildhall::discord
