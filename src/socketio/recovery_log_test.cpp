#include "socketio/recovery_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::socketio {
namespace {

using namespace std::chrono_literals;

class RecoveryLogTest : public testing::Test {
 protected:
  std::shared_ptr<const engine::Outgoing> append(std::uint64_t sequence, const Audience& audience,
                                                 std::string_view text = "2[]") {
    auto packet = std::make_shared<engine::Outgoing>(text);
    log_.append(sequence, packet, audience, now_);
    return packet;
  }

  void keep(std::uint64_t last_sent, std::uint64_t settled) {
    log_.keep({"pid", "id", {{"red", 2}}, {}, 0, last_sent, settled}, now_);
  }

  RecoveryOptions options_{.max_disconnection_duration = 60s, .max_bytes = 10'000};
  RecoveryLog log_{options_};
  RecoveryLog::Time now_{1000h};
};

TEST_F(RecoveryLogTest, MissedPacketsAreThoseForTheSessionAfterItsOffset) {
  append(1, {});
  const auto to_all = append(2, {});
  append(3, {{"blue"}, {}});
  const auto to_room = append(4, {{"blue", "red"}, {}});
  const auto to_id = append(5, {{"id"}, {}});
  append(6, {{}, {"red"}});
  append(7, {{"red"}, {"id"}});
  keep(4, 7);
  const auto session = log_.take("pid", log_.offset(1), now_);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->id, "id");
  EXPECT_THAT(log_.missed(*session).value(), (std::vector{to_all, to_room, to_id}));
}

TEST_F(RecoveryLogTest, ARoomCountsFromWhenItWasJoined) {
  append(1, {{"red"}, {}});
  append(2, {{"red"}, {}});
  const auto after = append(3, {{"red"}, {}});
  keep(3, 3);
  const auto session = log_.take("pid", log_.offset(0), now_);
  ASSERT_TRUE(session);
  EXPECT_EQ(log_.missed(*session).value(), (std::vector{after}));
}

TEST_F(RecoveryLogTest, ASessionIsGivenBackOnce) {
  keep(0, 0);
  EXPECT_TRUE(log_.take("pid", log_.offset(0), now_));
  EXPECT_FALSE(log_.take("pid", log_.offset(0), now_));
  EXPECT_EQ(log_.bytes(), 0);
}

TEST_F(RecoveryLogTest, OthersStringsAreNoOffsets) {
  for (const std::string& offset : {std::string("1"), log_.offset(1) + "x", RecoveryLog(options_).offset(1)}) {
    keep(1, 1);
    EXPECT_FALSE(log_.take("pid", offset, now_)) << offset;
  }
  EXPECT_FALSE(log_.take("other", log_.offset(1), now_));
}

TEST_F(RecoveryLogTest, AClientThatGotNothingHasNoOffset) {
  append(1, {{"other"}, {}});
  keep(0, 1);
  const auto missed = append(2, {});
  const auto session = log_.take("pid", "", now_);
  ASSERT_TRUE(session);
  EXPECT_EQ(log_.missed(*session).value(), (std::vector{missed}));
}

TEST_F(RecoveryLogTest, SessionsAreKeptForATime) {
  keep(0, 0);
  now_ += 61s;
  EXPECT_FALSE(log_.take("pid", log_.offset(0), now_));
  EXPECT_EQ(log_.bytes(), 0);
}

TEST_F(RecoveryLogTest, AClientThatHasAllThatWasForItNeedsNoOldPackets) {
  append(1, {});
  now_ += 3600s;
  append(2, {{"other"}, {}});
  append(3, {{"other"}, {}});
  keep(1, 3);
  now_ += 59s;
  const auto missed = append(4, {});
  const auto session = log_.take("pid", log_.offset(1), now_);
  ASSERT_TRUE(session);
  EXPECT_EQ(log_.missed(*session).value(), (std::vector{missed}));
}

TEST_F(RecoveryLogTest, WithoutAPacketThatMayHaveBeenMissedThereIsNoRecovery) {
  append(1, {});
  append(2, {});
  now_ += 3600s;
  append(3, {});
  keep(2, 3);
  EXPECT_FALSE(log_.take("pid", log_.offset(1), now_));
}

TEST_F(RecoveryLogTest, WhatIsKeptIsBounded) {
  keep(0, 0);
  for (std::uint64_t i = 1; i <= 100; ++i) append(i, {}, std::string(1000, 'x'));
  EXPECT_LE(log_.bytes(), options_.max_bytes);
  EXPECT_FALSE(log_.take("pid", log_.offset(0), now_)) << "packet 1 is gone";
  for (int i = 0; i < 100; ++i) log_.keep({std::to_string(i), std::string(1000, 'x'), {}, {}}, now_);
  EXPECT_LE(log_.bytes(), options_.max_bytes);
  EXPECT_TRUE(log_.take("99", log_.offset(100), now_));
  EXPECT_FALSE(log_.take("0", log_.offset(100), now_));
}

TEST_F(RecoveryLogTest, PacketsThatGoWhileMiddlewaresRunAreNoticed) {
  append(1, {});
  keep(1, 1);
  const auto session = log_.take("pid", log_.offset(1), now_);
  ASSERT_TRUE(session);
  for (std::uint64_t i = 2; i <= 100; ++i) append(i, {}, std::string(1000, 'x'));
  EXPECT_FALSE(log_.missed(*session));
}

}  // namespace
}  // namespace guildhall::socketio
