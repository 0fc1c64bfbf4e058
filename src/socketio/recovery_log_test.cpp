#include "socketio/recovery_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::socketio {
namespace {

using namespace std::chrono_literals;

class RecoveryLogTest : public testing::Test {
 protected:
  std::shared_ptr<const engine::EncodedMessages> append(std::uint64_t sequence, const BroadcastOptions& audience,
                                                        std::string_view text = "2[]") {
    auto packet = std::make_shared<engine::EncodedMessages>(text);
    log_.append(sequence, packet, audience, now_);
    return packet;
  }

  void save(std::uint64_t last_sent, std::uint64_t sent_up_to) {
    log_.save({"pid", "id", {{"red", 2}}, {}, 0, last_sent, sent_up_to}, now_);
  }

  RecoveryOptions options_{.max_disconnection_duration = 60s, .max_bytes = 10'000};
  RecoveryLog log_{options_};
  RecoveryLog::Time now_{1000h};
};

TEST_F(RecoveryLogTest, MissedPacketsAreThoseForTheSocketAfterItsOffset) {
  append(1, {});
  const auto to_all = append(2, {});
  append(3, {{"blue"}, {}});
  const auto to_room = append(4, {{"blue", "red"}, {}});
  const auto to_id = append(5, {{"id"}, {}});
  append(6, {{}, {"red"}});
  append(7, {{"red"}, {"id"}});
  save(4, 7);
  const auto socket = log_.restore("pid", log_.offset(1), now_);
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->id, "id");
  EXPECT_THAT(log_.missed(*socket).value(), (std::vector{to_all, to_room, to_id}));
}

TEST_F(RecoveryLogTest, PacketsBeforeJoiningARoomAreNotMissed) {
  append(1, {{"red"}, {}});
  append(2, {{"red"}, {}});
  const auto after = append(3, {{"red"}, {}});
  save(3, 3);
  const auto socket = log_.restore("pid", log_.offset(0), now_);
  ASSERT_TRUE(socket);
  EXPECT_EQ(log_.missed(*socket).value(), (std::vector{after}));
}

TEST_F(RecoveryLogTest, ASocketIsRestoredOnce) {
  save(0, 0);
  EXPECT_TRUE(log_.restore("pid", log_.offset(0), now_));
  EXPECT_FALSE(log_.restore("pid", log_.offset(0), now_));
  EXPECT_EQ(log_.bytes(), 0);
}

TEST_F(RecoveryLogTest, ForeignOffsetsAreRefused) {
  for (const std::string& offset : {std::string("1"), log_.offset(1) + "x", RecoveryLog(options_).offset(1)}) {
    save(1, 1);
    EXPECT_FALSE(log_.restore("pid", offset, now_)) << offset;
  }
  EXPECT_FALSE(log_.restore("other", log_.offset(1), now_));
}

TEST_F(RecoveryLogTest, AClientThatReceivedNothingSendsNoOffset) {
  append(1, {{"other"}, {}});
  save(0, 1);
  const auto missed = append(2, {});
  const auto socket = log_.restore("pid", "", now_);
  ASSERT_TRUE(socket);
  EXPECT_EQ(log_.missed(*socket).value(), (std::vector{missed}));
}

TEST_F(RecoveryLogTest, SavedSocketsExpire) {
  save(0, 0);
  now_ += 61s;
  EXPECT_FALSE(log_.restore("pid", log_.offset(0), now_));
  EXPECT_EQ(log_.bytes(), 0);
}

TEST_F(RecoveryLogTest, AClientThatReceivedAllItsPacketsNeedsNoOlderOnes) {
  append(1, {});
  now_ += 3600s;
  append(2, {{"other"}, {}});
  append(3, {{"other"}, {}});
  save(1, 3);
  now_ += 59s;
  const auto missed = append(4, {});
  const auto socket = log_.restore("pid", log_.offset(1), now_);
  ASSERT_TRUE(socket);
  EXPECT_EQ(log_.missed(*socket).value(), (std::vector{missed}));
}

TEST_F(RecoveryLogTest, ADroppedPacketThatMayBeMissedPreventsRecovery) {
  append(1, {});
  append(2, {});
  now_ += 3600s;
  append(3, {});
  save(2, 3);
  EXPECT_FALSE(log_.restore("pid", log_.offset(1), now_));
}

TEST_F(RecoveryLogTest, MemoryIsLimited) {
  save(0, 0);
  for (std::uint64_t i = 1; i <= 100; ++i) append(i, {}, std::string(1000, 'x'));
  EXPECT_LE(log_.bytes(), options_.max_bytes);
  EXPECT_FALSE(log_.restore("pid", log_.offset(0), now_)) << "packet 1 is gone";
  for (int i = 0; i < 100; ++i) log_.save({std::to_string(i), std::string(1000, 'x'), {}, {}}, now_);
  EXPECT_LE(log_.bytes(), options_.max_bytes);
  EXPECT_TRUE(log_.restore("99", log_.offset(100), now_));
  EXPECT_FALSE(log_.restore("0", log_.offset(100), now_));
}

TEST_F(RecoveryLogTest, PacketsDroppedDuringMiddlewaresAreNoticed) {
  append(1, {});
  save(1, 1);
  const auto socket = log_.restore("pid", log_.offset(1), now_);
  ASSERT_TRUE(socket);
  for (std::uint64_t i = 2; i <= 100; ++i) append(i, {}, std::string(1000, 'x'));
  EXPECT_FALSE(log_.missed(*socket));
}

}  // namespace
}  // namespace guildhall::socketio
