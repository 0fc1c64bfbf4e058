#include "discord/rest/rate_limit_state.hpp"

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
using RequestId = RateLimitState::RequestId;

constexpr std::uint64_t bot = 7;
constexpr std::uint64_t person = 9;

class RateLimitStateTest : public testing::Test {
 protected:
  RequestId enqueue(Route route, std::uint64_t major = 0, std::uint64_t account = bot,
                    std::chrono::milliseconds patience = 10min) {
    return state_.enqueue({account, route, major}, 100, now_ + patience, now_);
  }
  RequestId message(std::uint64_t channel = 1) { return enqueue(Route::create_message, channel); }

  /// The ids that go now; refusals are kept.
  std::vector<RequestId> decide() {
    std::vector<RequestId> permitted;
    for (auto& decision : state_.decide(now_)) {
      if (decision.refusal) {
        refused_.emplace(decision.request, *decision.refusal);
      } else {
        permitted.push_back(decision.request);
      }
    }
    return permitted;
  }
  std::vector<RequestId> decide_after(std::chrono::milliseconds time) {
    now_ += time;
    return decide();
  }

  /// Ends a request in flight with a bucket's state.
  void answer(RequestId id, unsigned limit, unsigned remaining, std::chrono::milliseconds reset_after,
              std::uint64_t bucket = 1, unsigned status = 200) {
    RateLimitHeaders headers;
    headers.status = status;
    headers.bucket = BucketHeaders{bucket, limit, remaining, reset_after, reset_after + now_time()};
    state_.complete(id, headers, now_);
    state_.remove(id, now_);
  }
  void answer_without_bucket(RequestId id, unsigned status = 200) {
    RateLimitHeaders headers;
    headers.status = status;
    state_.complete(id, headers, now_);
    state_.remove(id, now_);
  }
  /// Ends a request with a 429 and requeues it.
  void limit(RequestId id, RateLimitScope scope, std::optional<std::chrono::milliseconds> retry_after) {
    RateLimitHeaders headers;
    headers.status = 429;
    headers.limited = {scope, retry_after};
    state_.complete(id, headers, now_);
    state_.requeue(id, now_, now_);
  }
  void ban(RequestId id) { limit(id, RateLimitScope::address, std::nullopt); }
  /// Lets the state learn a route's bucket.
  void open(Route route, std::uint64_t major, unsigned limit, std::uint64_t account = bot) {
    const RequestId first = enqueue(route, major, account);
    EXPECT_THAT(decide(), ElementsAre(first));
    answer(first, limit, limit, 0ms);
  }
  [[nodiscard]] std::chrono::milliseconds now_time() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch());
  }

  RateLimitState::Time now_ = RateLimitState::Time{} + 1h;
  RateLimitState state_{{20, 100'000, 50, 1s}};
  std::map<RequestId, base::Error> refused_;
};

TEST_F(RateLimitStateTest, AnUnknownRouteGetsOneRequestAtATime) {
  const RequestId a = message(1);
  const RequestId b = message(2);
  const RequestId c = message(1);
  EXPECT_THAT(decide(), ElementsAre(a));
  EXPECT_THAT(decide(), IsEmpty());
  answer(a, 5, 4, 5s);
  EXPECT_THAT(decide(), ElementsAre(b, c));
}

TEST_F(RateLimitStateTest, RequestsWaitForTheirBucketsWindowInOrder) {
  open(Route::create_message, 1, 2);
  const RequestId a = message();
  const RequestId b = message();
  const RequestId c = message();
  const RequestId d = message();
  EXPECT_THAT(decide(), ElementsAre(a, b));
  answer(a, 2, 1, 5s);
  answer(b, 2, 0, 5s);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(state_.next_decision(), now_ + 5s);
  EXPECT_THAT(decide_after(4999ms), IsEmpty());
  EXPECT_THAT(decide_after(1ms), ElementsAre(c, d));
}

TEST_F(RateLimitStateTest, EachChannelHasItsOwnLimit) {
  open(Route::create_message, 1, 1);
  open(Route::create_message, 2, 1);
  const RequestId a = message(1);
  const RequestId b = message(2);
  EXPECT_THAT(decide(), ElementsAre(a, b));
  answer(a, 1, 0, 5s);
  const RequestId c = message(1);
  answer(b, 1, 1, 5s);
  const RequestId d = message(2);
  EXPECT_THAT(decide(), ElementsAre(d));
  EXPECT_THAT(decide_after(5s), ElementsAre(c));
}

TEST_F(RateLimitStateTest, RoutesWithTheSameBucketShareItsLimit) {
  open(Route::create_message, 1, 2);
  const RequestId edit = enqueue(Route::edit_message, 1);
  EXPECT_THAT(decide(), ElementsAre(edit));
  answer(edit, 2, 0, 5s);  // The same bucket.
  const RequestId sent = message();
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(decide_after(5s), ElementsAre(sent));
}

TEST_F(RateLimitStateTest, EachAuthorizationHasItsOwnLimit) {
  open(Route::current_user_guilds, 0, 1);
  open(Route::current_user_guilds, 0, 1, person);
  const RequestId a = enqueue(Route::current_user_guilds);
  EXPECT_THAT(decide(), ElementsAre(a));
  answer(a, 1, 0, 5s);
  const RequestId b = enqueue(Route::current_user_guilds);
  const RequestId c = enqueue(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), ElementsAre(c));
  EXPECT_THAT(decide_after(5s), ElementsAre(b));
}

TEST_F(RateLimitStateTest, AnAnswerWithoutABucketMeansNoLimit) {
  const RequestId a = enqueue(Route::interaction_callback, 1, 0);
  const RequestId b = enqueue(Route::interaction_callback, 2, 0);
  const RequestId c = enqueue(Route::interaction_callback, 3, 0);
  EXPECT_THAT(decide(), ElementsAre(a));
  answer_without_bucket(a);
  EXPECT_THAT(decide(), ElementsAre(b, c));
}

TEST_F(RateLimitStateTest, AFailureDoesNotShowTheLimit) {
  const RequestId a = message();
  const RequestId b = message();
  const RequestId c = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  answer_without_bucket(a, 502);
  EXPECT_THAT(decide(), ElementsAre(b));
  state_.fail(b, now_);
  state_.remove(b, now_);
  EXPECT_THAT(decide(), ElementsAre(c));
}

TEST_F(RateLimitStateTest, TheBotSendsAtMostFiftyRequestsPerSecond) {
  open(Route::create_message, 1, 1000);
  open(Route::guild_member, 1, 1000);
  now_ += 2s;
  std::size_t permitted = 0;
  for (int i = 0; i < 33; ++i) {
    message();
    enqueue(Route::guild_member, 1);
    permitted += decide().size();
  }
  EXPECT_EQ(permitted, 50U);
  // Interactions and people have limits of their own.
  const RequestId callback = enqueue(Route::interaction_callback, 5, 0);
  const RequestId guilds = enqueue(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), testing::UnorderedElementsAre(callback, guilds));
  EXPECT_EQ(state_.next_decision(), now_ + 1s);
  EXPECT_THAT(decide_after(999ms), IsEmpty());
  EXPECT_THAT(decide_after(1ms), SizeIs(16));
}

TEST_F(RateLimitStateTest, A429BlocksItsBucketAndTheRequestKeepsItsPosition) {
  open(Route::create_message, 1, 5);
  open(Route::create_message, 2, 5);
  const RequestId a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  const RequestId b = message();
  EXPECT_THAT(decide(), ElementsAre(b));
  limit(b, RateLimitScope::user, 1500ms);
  limit(a, RateLimitScope::user, 1500ms);
  const RequestId elsewhere = message(2);
  EXPECT_THAT(decide(), ElementsAre(elsewhere));
  EXPECT_THAT(decide_after(1499ms), IsEmpty());
  EXPECT_THAT(decide_after(1ms), ElementsAre(a, b));
}

TEST_F(RateLimitStateTest, AGlobal429BlocksTheAccount) {
  open(Route::create_message, 1, 5);
  const RequestId a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  limit(a, RateLimitScope::global, 250ms);
  const RequestId b = enqueue(Route::guild_member, 3);
  const RequestId c = enqueue(Route::current_user, 0, person);
  const RequestId d = enqueue(Route::follow_up, 3, 0);
  EXPECT_THAT(decide(), testing::UnorderedElementsAre(c, d));
  EXPECT_THAT(decide_after(250ms), ElementsAre(a, b));
}

TEST_F(RateLimitStateTest, A429OfTheAddressBlocksEverything) {
  open(Route::create_message, 1, 5);
  const RequestId a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  limit(a, RateLimitScope::address, 3s);
  enqueue(Route::current_user, 0, person);
  enqueue(Route::follow_up, 3, 0);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(decide_after(2999ms), IsEmpty());
  // One request shows whether the ban is over.
  EXPECT_THAT(decide_after(1ms), ElementsAre(a));
  answer(a, 5, 4, 1s);
  EXPECT_THAT(decide(), SizeIs(2));
}

TEST_F(RateLimitStateTest, ABanOfUnknownLengthLastsMinutesAndLongerEachTime) {
  open(Route::create_message, 1, 5);
  const RequestId a = enqueue(Route::create_message, 1, bot, 24h);
  EXPECT_THAT(decide(), ElementsAre(a));
  for (const auto length : {2min, 4min, 8min, 16min, 32min, 32min}) {
    ban(a);
    EXPECT_THAT(decide_after(length - 1ms), IsEmpty());
    EXPECT_THAT(decide_after(1ms), ElementsAre(a)) << length.count();
  }
  answer(a, 5, 4, 1s);
  const RequestId b = enqueue(Route::create_message, 1, bot, 24h);
  EXPECT_THAT(decide(), ElementsAre(b));
  ban(b);
  EXPECT_THAT(decide_after(2min), ElementsAre(b));
}

TEST_F(RateLimitStateTest, WhatWasInFlightWhenABanBeganDoesNotLengthenIt) {
  open(Route::create_message, 1, 5);
  const RequestId a = enqueue(Route::create_message, 1, bot, 24h);
  const RequestId b = enqueue(Route::create_message, 1, bot, 24h);
  EXPECT_THAT(decide(), ElementsAre(a, b));
  ban(a);
  ban(b);
  EXPECT_THAT(decide_after(2min), ElementsAre(a));
}

TEST_F(RateLimitStateTest, DuringABanImpatientRequestsAreRefused) {
  open(Route::create_message, 1, 5);
  const RequestId a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  ban(a);
  const RequestId login = enqueue(Route::oauth2_token, 0, 0, 5s);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(login).code, Errc::unavailable);
  EXPECT_EQ(refused_.at(login).retry_after, 2min);
}

TEST_F(RateLimitStateTest, A429WithoutATimeIsRepeatedMoreAndMoreSlowly) {
  open(Route::create_message, 1, 5);
  const RequestId a = enqueue(Route::create_message, 1, bot, 24h);
  EXPECT_THAT(decide(), ElementsAre(a));
  for (const auto wait : {1s, 2s, 4s, 8s}) {
    limit(a, RateLimitScope::user, std::nullopt);
    EXPECT_THAT(decide_after(wait - 1ms), IsEmpty());
    EXPECT_THAT(decide_after(1ms), ElementsAre(a));
  }
}

TEST_F(RateLimitStateTest, SharedLimitsAreNotInvalidRequests) {
  open(Route::create_message, 1, 50);
  const RequestId a = message();
  decide();
  limit(a, RateLimitScope::shared, 1s);
  EXPECT_EQ(state_.counts(now_).invalid, 0U);
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  limit(a, RateLimitScope::user, 1s);
  EXPECT_EQ(state_.counts(now_).invalid, 1U);
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  answer(a, 50, 49, 5s, 1, 403);
  EXPECT_EQ(state_.counts(now_).invalid, 2U);
}

TEST_F(RateLimitStateTest, ALimitBeyondTheDeadlineIsRefusedAtOnce) {
  open(Route::current_user_guilds, 0, 1, person);
  const RequestId a = enqueue(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), ElementsAre(a));
  const RequestId impatient = enqueue(Route::current_user_guilds, 0, person, 2s);
  const RequestId patient = enqueue(Route::current_user_guilds, 0, person, 1min);
  EXPECT_THAT(decide(), IsEmpty());
  limit(a, RateLimitScope::user, 30s);
  EXPECT_THAT(decide(), IsEmpty());
  ASSERT_THAT(refused_, SizeIs(1));
  EXPECT_EQ(refused_.at(impatient).code, Errc::rate_limited);
  EXPECT_EQ(refused_.at(impatient).retry_after, 30s);
  const RequestId late = enqueue(Route::current_user_guilds, 0, person, 2s);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_TRUE(refused_.contains(late));
  EXPECT_THAT(decide_after(30s), ElementsAre(a));
  answer(a, 1, 1, 0s);
  EXPECT_THAT(decide(), ElementsAre(patient));
}

TEST_F(RateLimitStateTest, TheDeadlineAlsoEndsAWaitBehindOthers) {
  const RequestId a = message();
  const RequestId b = enqueue(Route::create_message, 1, bot, 2s);
  EXPECT_THAT(decide(), ElementsAre(a));
  EXPECT_EQ(state_.next_decision(), now_ + 2s);
  EXPECT_THAT(decide_after(2s), IsEmpty());
  EXPECT_EQ(refused_.at(b).code, Errc::rate_limited);
}

TEST_F(RateLimitStateTest, TheQueueIsBounded) {
  const RequestId first = message();
  decide();
  for (int i = 0; i < 20; ++i) message();
  const RequestId one_more = message();
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(refused_, SizeIs(1));
  EXPECT_EQ(refused_.at(one_more).code, Errc::rate_limited);
  state_.remove(one_more, now_);
  answer(first, 100, 99, 1s);
  EXPECT_THAT(decide(), SizeIs(20));

  const RequestId large = state_.enqueue({bot, Route::create_message, 1}, 99'000, now_ + 1min, now_);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(large).code, Errc::rate_limited);
}

TEST_F(RateLimitStateTest, ARetryPausesAndThenPrecedesLaterRequests) {
  open(Route::create_message, 1, 1);
  const RequestId a = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  state_.fail(a, now_);
  state_.requeue(a, now_ + 1s, now_);
  const RequestId b = message();
  EXPECT_THAT(decide(), ElementsAre(b));  // The pause delays no other request.
  const RequestId c = message();
  answer(b, 1, 0, 2s);
  EXPECT_THAT(decide_after(1s), IsEmpty());
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  answer(a, 1, 0, 2s);
  EXPECT_THAT(decide_after(2s), ElementsAre(c));
}

TEST_F(RateLimitStateTest, ARefusedTokenIsNotUsedAgain) {
  const RequestId a = message();
  const RequestId b = message();
  const RequestId other = enqueue(Route::current_user, 0, person);
  EXPECT_THAT(decide(), testing::UnorderedElementsAre(a, other));
  answer_without_bucket(a, 401);
  state_.refuse(bot, now_ + 24h, now_);
  const RequestId c = enqueue(Route::guild_member, 4);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(b).code, Errc::unauthenticated);
  EXPECT_EQ(refused_.at(c).code, Errc::unauthenticated);
  now_ += 1h;  // Longer than other accounts are remembered.
  const RequestId d = message();
  const RequestId e = enqueue(Route::current_user_guilds, 0, person);
  EXPECT_THAT(decide(), ElementsAre(e));
  EXPECT_EQ(refused_.at(d).code, Errc::unauthenticated);
}

TEST_F(RateLimitStateTest, StopsAfterTooManyInvalidRequests) {
  RateLimitState state({10'000, 10'000'000, 10'000, 1s});
  const RateLimitKey key{0, Route::follow_up, 1};
  const auto go = [&](std::size_t count) {
    std::vector<RequestId> permitted;
    for (std::size_t i = 0; i < count; ++i) static_cast<void>(state.enqueue(key, 10, now_ + 1min, now_));
    for (const auto& decision : state.decide(now_)) permitted.push_back(decision.request);
    return permitted;
  };
  const auto forbid = [&](const std::vector<RequestId>& ids) {
    RateLimitHeaders forbidden;
    forbidden.status = 403;
    for (const RequestId id : ids) {
      state.complete(id, forbidden, now_);
      state.remove(id, now_);
    }
  };
  forbid(go(1));
  const auto many = go(5000);
  ASSERT_THAT(many, SizeIs(5000));
  forbid(many);
  EXPECT_TRUE(state.counts(now_).stopped);
  const RequestId refused = state.enqueue(key, 10, now_ + 1h, now_);
  const auto decisions = state.decide(now_);
  ASSERT_THAT(decisions, SizeIs(1));
  EXPECT_EQ(decisions.front().request, refused);
  EXPECT_EQ(decisions.front().refusal->code, Errc::unavailable);
  EXPECT_EQ(decisions.front().refusal->retry_after, 10min);
  now_ += 10min;
  EXPECT_THAT(go(1), SizeIs(1));
}

TEST_F(RateLimitStateTest, SlowsDownAfterManyInvalidRequests) {
  open(Route::guild_member, 1, 1);
  for (int i = 0; i < 2000; ++i) {
    const RequestId id = enqueue(Route::guild_member, 1, bot, 1h);
    auto permitted = decide();
    while (permitted.empty()) permitted = decide_after(10ms);
    EXPECT_THAT(permitted, ElementsAre(id));
    answer(id, 1, 1, 0ms, 1, 403);
  }
  const RequestId a = enqueue(Route::guild_member, 1);
  const RequestId b = enqueue(Route::follow_up, 1, 0);
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_GT(*state_.next_decision(), now_ + 10ms);
  EXPECT_THAT(decide_after(1s), ElementsAre(a));
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_THAT(decide_after(1s), ElementsAre(b));
}

TEST_F(RateLimitStateTest, ClosingRefusesWaitingRequests) {
  const RequestId a = message();
  const RequestId b = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  state_.close(now_);
  const RequestId c = message();
  EXPECT_THAT(decide(), IsEmpty());
  EXPECT_EQ(refused_.at(b).code, Errc::unavailable);
  EXPECT_EQ(refused_.at(c).code, Errc::unavailable);
}

TEST_F(RateLimitStateTest, ARemovedRequestLetsOthersProceed) {
  open(Route::create_message, 1, 1);
  const RequestId a = message();
  const RequestId b = message();
  const RequestId c = message();
  EXPECT_THAT(decide(), ElementsAre(a));
  state_.remove(b, now_);
  state_.remove(a, now_);
  EXPECT_THAT(decide(), ElementsAre(c));
  state_.remove(c, now_);
  EXPECT_THAT(decide(), IsEmpty());
  const auto counts = state_.counts(now_);
  EXPECT_EQ(counts.waiting + counts.in_flight + counts.bytes, 0U);
}

TEST_F(RateLimitStateTest, ForgetsUnusedBuckets) {
  open(Route::create_message, 1, 100);
  for (std::uint64_t channel = 2; channel < 500; ++channel) {
    const RequestId id = message(channel);
    now_ += 100ms;
    ASSERT_THAT(decide(), ElementsAre(id));
    answer(id, 100, 99, 1s);
  }
  EXPECT_GT(state_.counts(now_).buckets, 400U);
  now_ += 2min;
  const RequestId last = message(1);
  EXPECT_THAT(decide(), ElementsAre(last));
  EXPECT_LE(state_.counts(now_).buckets, 1U);
}

}  // namespace
}  // namespace guildhall::discord
