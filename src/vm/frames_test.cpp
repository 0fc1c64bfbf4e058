#include "vm/frames.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstring>
#include <stdexcept>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

namespace json = boost::json;

/// The content of a frame; checks its length.
json::value read(const std::string& frame) {
  std::uint32_t length = 0;
  std::memcpy(&length, frame.data(), sizeof length);
  EXPECT_EQ(length, frame.size() - sizeof length);
  EXPECT_LE(length, protocol::max_frame);
  return json::parse(std::string_view(frame).substr(sizeof length));
}

TEST(FramesTest, TheFirstFrameHasTheWholeInput) {
  const ScriptRun run{base::GuildId{1}, "await null", {{"id", "7"}}, {"a", "b"}};
  const auto expected = json::parse(R"({"type": "run", "script": "await null",
      "interaction": {"id": "7"}, "guild": {"name": "Workshop"}, "args": ["a", "b"],
      "limits": {
    "calls" : 20, "callBytes" : 65536, "consoleLines" : 100, "consoleLineBytes" : 2048}
})");
  EXPECT_EQ(read(run_frame(run, {{"name", "Workshop"}}, {})), expected);
  EXPECT_EQ(read(check_frame("1 +")), json::parse(R"({"type": "check", "script": "1 +"})"));
}

TEST(FramesTest, TwoArgumentsAreAnArray) {
  const ScriptRun run{base::GuildId{1}, "", {}, {"key", "value"}};
  EXPECT_TRUE(read(run_frame(run, {}, {})).at("args").is_array());
}

TEST(FramesTest, AScriptThatIsTooLongThrows) {
  const std::string script(protocol::max_frame, 'x');
  EXPECT_THROW(static_cast<void>(check_frame(script)), std::length_error);
  EXPECT_THROW(static_cast<void>(run_frame({base::GuildId{1}, script, {}, {}}, {}, {})), std::length_error);
}

TEST(FramesTest, AResultIsAValueOrAnError) {
  EXPECT_EQ(read(result_frame(3, json::value{{"id", "7"}})),
            json::parse(R"({"type": "result", "call": 3, "value": {"id": "7"}})"));
  EXPECT_EQ(read(result_frame(1, json::value())), json::parse(R"({"type": "result", "call": 1, "value": null})"));
  base::Error error{base::Errc::refused, "Invalid Form Body"};
  EXPECT_EQ(read(result_frame(1, error)),
            json::parse(R"({"type": "result", "call": 1, "error": {"message": "Invalid Form Body"}})"));
  error.peer_code = 50035;
  EXPECT_EQ(read(result_frame(1, error)),
            json::parse(R"({"type": "result", "call": 1, "error": {"message": "Invalid Form Body", "code": 50035}})"));
}

TEST(FramesTest, AResultThatIsTooLongBecomesAnError) {
  const std::string much(protocol::max_frame, 'x');
  EXPECT_EQ(read(result_frame(2, json::value(much))),
            json::parse(R"({"type": "result", "call": 2, "error": {"message": "The result is too long."}})"));
}

}  // namespace
}  // namespace guildhall::vm
