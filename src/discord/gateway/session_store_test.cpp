#include "discord/gateway/session_store.hpp"

#include <gtest/gtest.h>

namespace guildhall::discord {
namespace {

TEST(BotFingerprint, NamesABotAndKeepsItsToken) {
  const auto name = bot_fingerprint(base::Secret("token"));
  EXPECT_EQ(name, "3c469e9d6c5875d37a43f353d4f88e61");  // printf token | sha256sum
  EXPECT_NE(bot_fingerprint(base::Secret("other")), name);
}

}  // namespace

}  // namespace guildhall::discord
