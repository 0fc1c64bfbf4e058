#include "sim/gateway/answer_times.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;

constexpr AnswerTimes::Time start{1h};

TEST(AnswerTimes, TellsTheMiddleOneAndTheLastOfEach) {
  AnswerTimes times;
  for (int i = 0; i < 200; ++i) times.sent(start);
  for (int i = 0; i < 200; ++i) times.answered(static_cast<std::uint64_t>(i), start + (i + 1) * 10us);
  const auto summary = times.summary();
  EXPECT_EQ(summary.answered, 200U);
  EXPECT_EQ(summary.median, 1000us);
  EXPECT_EQ(summary.p99, 1980us);
  EXPECT_EQ(summary.longest, 2000us);
}

TEST(AnswerTimes, CountsTheFirstAnswerToAMessageThatIsKnown) {
  AnswerTimes times;
  EXPECT_EQ(times.summary().answered, 0U);
  times.sent(start);
  times.answered(0, start + 1ms);
  times.answered(0, start + 2ms);
  times.answered(1, start + 2ms);
  EXPECT_EQ(times.summary().answered, 1U);
  EXPECT_EQ(times.summary().longest, 1ms);

  for (int i = 0; i < 65'536; ++i) times.sent(start + 1s);
  times.answered(0, start + 2s);
  EXPECT_EQ(times.summary().answered, 1U) << "too long ago";
  times.answered(65'536, start + 1s + 3ms);
  EXPECT_EQ(times.summary().longest, 3ms);
}

}  // namespace
}  // namespace guildhall::sim
