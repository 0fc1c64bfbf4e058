#include "vm/restart_pause.hpp"

#include <gtest/gtest.h>

namespace guildhall::vm {
namespace {

using namespace std::chrono_literals;

TEST(RestartPauseTest, GrowsWhileNoneLives) {
  RestartPause pause;
  EXPECT_EQ(pause.after(1s), 0ms);
  EXPECT_EQ(pause.after(1s), 100ms);
  EXPECT_EQ(pause.after(1s), 200ms);
  EXPECT_EQ(pause.after(1s), 400ms);
  for (int i = 0; i < 10; ++i) static_cast<void>(pause.after(59s));
  EXPECT_EQ(pause.after(1s), 10s);
}

TEST(RestartPauseTest, BeginsAnewAfterAMinuteOfHealth) {
  RestartPause pause;
  for (int i = 0; i < 5; ++i) static_cast<void>(pause.after(1s));
  EXPECT_EQ(pause.after(1min), 0ms);
  EXPECT_EQ(pause.after(1s), 100ms);
}

}  // namespace
}  // namespace guildhall::vm
