#include "vm/script.hpp"

#include <gtest/gtest.h>

namespace guildhall::vm {
namespace {

TEST(ScriptRunTest, MethodsAndLevelsHaveTheNamesThatScriptsUse) {
  EXPECT_EQ(to_string(Method::defer_update), "deferUpdate");
  EXPECT_EQ(to_string(Method::fetch_reply), "fetchReply");
  EXPECT_EQ(to_string(ConsoleLevel::error), "error");
  for (auto method = Method::reply; method <= Method::fetch_reply;
       method = Method{static_cast<std::uint8_t>(static_cast<int>(method) + 1)}) {
    EXPECT_EQ(parse_method(to_string(method)), method);
  }
  for (const auto level :
       {ConsoleLevel::debug, ConsoleLevel::log, ConsoleLevel::info, ConsoleLevel::warn, ConsoleLevel::error}) {
    EXPECT_EQ(parse_console_level(to_string(level)), level);
  }
}

TEST(ScriptRunTest, UnknownNamesAreRefused) {
  EXPECT_EQ(parse_method(""), std::nullopt);
  EXPECT_EQ(parse_method("showModal"), std::nullopt);
  EXPECT_EQ(parse_console_level("trace"), std::nullopt);
}

}  // namespace
}  // namespace guildhall::vm
