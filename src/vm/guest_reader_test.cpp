#include "vm/guest_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstring>
#include <vector>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

using ::testing::ElementsAre;

std::string framed(std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string frame(sizeof length, '\0');
  std::memcpy(frame.data(), &length, sizeof length);
  return frame.append(text);
}

std::string call(unsigned number, std::string_view method, std::string_view arguments) {
  return framed(R"({"type":"call","call":)" + std::to_string(number) + R"(,"method":")" + std::string(method) +
                R"(","arguments":)" + std::string(arguments) + "}");
}

std::string line(std::string_view text) {
  return framed(boost::json::serialize(boost::json::object{{"type", "console"}, {"level", "info"}, {"text", text}}));
}

/// The fault in these bytes, if there is one.
std::optional<Ending> fault(std::string_view bytes, const ScriptLimits& limits = {}) {
  GuestReader reader(limits);
  reader.append(bytes);
  while (reader.next()) {
  }
  if (!reader.fault()) return std::nullopt;
  EXPECT_FALSE(reader.fault()->why.empty());
  return reader.fault()->ending;
}

std::vector<std::string> lines(std::string_view bytes, const ScriptLimits& limits) {
  GuestReader reader(limits);
  reader.append(bytes);
  std::vector<std::string> lines;
  while (const auto message = reader.next()) lines.push_back(std::get<GuestLine>(*message).text);
  return lines;
}

Outcome outcome_of(std::string_view frame) {
  GuestReader reader({});
  reader.append(framed(frame));
  const auto message = reader.next();
  return std::get<GuestEnd>(message.value()).outcome;
}

TEST(GuestReaderTest, ReadsCallsLinesAndTheEnd) {
  GuestReader reader({});
  reader.append(call(1, "deferReply", R"({"data":{"flags":64}})") + line("hello") + framed(R"({"type":"ended"})"));
  const auto first = std::get<GuestCall>(reader.next().value());
  EXPECT_EQ(first.number, 1U);
  EXPECT_EQ(first.call.method, Method::defer_reply);
  EXPECT_EQ(first.call.arguments, boost::json::parse(R"({"data":{"flags":64}})").as_object());
  const auto second = std::get<GuestLine>(reader.next().value());
  EXPECT_EQ(second.level, ConsoleLevel::info);
  EXPECT_EQ(second.text, "hello");
  EXPECT_TRUE(std::get<GuestEnd>(reader.next().value()).outcome.ok());
  reader.append(line("after the end"));
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_FALSE(reader.fault());
}

TEST(GuestReaderTest, ReadsFramesByteByByte) {
  GuestReader reader({});
  std::size_t messages = 0;
  for (const char each : call(1, "reply", "{}") + call(2, "editReply", "{}") + framed(R"({"type":"ended"})")) {
    reader.append({&each, 1});
    while (reader.next()) ++messages;
  }
  EXPECT_EQ(messages, 3U);
}

TEST(GuestReaderTest, AFailureHasTheErrorAndItsPosition) {
  const auto outcome = outcome_of(R"({"type":"failed","reason":"exception","name":"TypeError","message":"no","line":3,
                               "column":14,"stack":"f@3:14"})");
  EXPECT_EQ(outcome.ending, Ending::exception);
  EXPECT_EQ(outcome.name, "TypeError");
  EXPECT_EQ(outcome.message, "no");
  EXPECT_EQ(outcome.position, (SourcePosition{3, 14}));
  EXPECT_EQ(outcome.stack, "f@3:14");
  EXPECT_EQ(outcome_of(R"({"type":"failed","reason":"call_size"})").ending, Ending::call_size);
}

TEST(GuestReaderTest, InvalidPositionsAreIgnored) {
  EXPECT_EQ(outcome_of(R"({"type":"failed","reason":"syntax","line":2})").position, (SourcePosition{2, 0}));
  EXPECT_EQ(outcome_of(R"({"type":"failed","reason":"syntax","line":2,"column":-1})").position, (SourcePosition{2, 0}));
  for (const auto* invention : {"0", "-5", "1.5", "1e300", "4294967297", "18446744073709551615", "\"7\"", "null"}) {
    EXPECT_EQ(
        outcome_of(R"({"type":"failed","reason":"syntax","column":1,"line":)" + std::string(invention) + "}").position,
        std::nullopt)
        << invention;
  }
}

TEST(GuestReaderTest, TextsOfAFailureAreBounded) {
  const std::string longer(3'000, 'x');
  const auto outcome = outcome_of(R"({"type":"failed","reason":"exception","name":")" + longer + R"(","message":")" +
                                  longer + R"(","stack":")" + longer + longer + "\"}");
  EXPECT_EQ(outcome.name.size(), 100U);
  EXPECT_EQ(outcome.message.size(), 1'000U);
  EXPECT_EQ(outcome.stack.size(), 4'000U);
}

TEST(GuestReaderTest, AnythingElseIsAFault) {
  for (const auto* frame : {
           "",
           "nonsense",
           "[]",
           "{}",
           R"({"type":1})",
           R"({"type":"run"})",
           R"({"type":"ended"} )"
           "\xff",
           R"({"type":"console","level":"trace","text":""})",
           R"({"type":"console","level":"log","text":1})",
           R"({"type":"console","text":""})",
           R"({"type":"failed"})",
           R"({"type":"failed","reason":"completed"})",
           R"({"type":"failed","reason":"forbidden"})",
           R"({"type":"failed","reason":"exception","message":{}})",
           R"({"type":"failed","reason":"exception","stack":null})",
           R"({"type":"call","call":1,"method":"showModal","arguments":{}})",
           R"({"type":"call","call":1,"method":0,"arguments":{}})",
           R"({"type":"call","call":1,"method":"reply","arguments":[]})",
           R"({"type":"call","call":1,"method":"reply"})",
           R"({"type":"call","call":0,"method":"reply","arguments":{}})",
           R"({"type":"call","call":2,"method":"reply","arguments":{}})",
           R"({"type":"call","call":-1,"method":"reply","arguments":{}})",
           R"({"type":"call","call":1.0,"method":"reply","arguments":{}})",
           R"({"type":"call","call":"1","method":"reply","arguments":{}})",
           R"({"type":"call","method":"reply","arguments":{}})",
       }) {
    EXPECT_EQ(fault(framed(frame)), Ending::protocol) << frame;
  }
}

TEST(GuestReaderTest, ReadsThatARunIsIdle) {
  const ScriptLimits limits{.memory = 1'000};
  GuestReader reader(limits);
  reader.append(framed(R"({"type":"idle","wait":12,"memory":300,"cpu":4000})") + framed(R"({"type":"idle"})") +
                framed(R"({"type":"idle","wait":-1,"memory":9999999,"cpu":9999999})"));
  auto idle = std::get<GuestIdle>(reader.next().value());
  EXPECT_EQ(idle.wait, std::chrono::milliseconds(12));
  EXPECT_EQ(idle.memory, 300U);
  EXPECT_EQ(idle.cpu, std::chrono::microseconds(4000));
  EXPECT_EQ(std::get<GuestIdle>(reader.next().value()).wait, std::nullopt);
  idle = std::get<GuestIdle>(reader.next().value());
  EXPECT_EQ(idle.wait, std::nullopt);
  EXPECT_EQ(idle.memory, limits.memory) << "more would be forged";
  EXPECT_EQ(idle.cpu, limits.cpu) << "likewise";
  EXPECT_EQ(fault(framed(R"({"type":"idle","x":")" + std::string(300, 'x') + "\"}")), Ending::protocol);
}

TEST(GuestReaderTest, BeingIdleOftenIsNoFault) {
  GuestReader reader({});
  for (int i = 0; i < 10'000; ++i) {
    reader.append(framed(R"({"type":"idle","wait":1,"memory":300})"));
    ASSERT_TRUE(reader.next());
  }
  EXPECT_FALSE(reader.fault());
}

TEST(GuestReaderTest, TextIsUtf8) {
  EXPECT_EQ(fault(framed("{\"type\":\"console\",\"level\":\"log\",\"text\":\"\xC3\xA4\"}")), std::nullopt);
  EXPECT_EQ(fault(framed("{\"type\":\"console\",\"level\":\"log\",\"text\":\"\xC3\"}")), Ending::protocol);
  EXPECT_EQ(fault(framed("{\"type\":\"console\",\"level\":\"log\",\"text\":\"\xED\xA0\x80\"}")), Ending::protocol);
  EXPECT_EQ(fault(framed(R"({"type":"console","level":"log","text":"\ud800"})")), Ending::protocol);
}

TEST(GuestReaderTest, CallsAreNumberedFromOne) {
  EXPECT_EQ(fault(call(1, "reply", "{}") + call(2, "followUp", "{}")), std::nullopt);
  EXPECT_EQ(fault(call(1, "reply", "{}") + call(1, "followUp", "{}")), Ending::protocol);
  EXPECT_EQ(fault(call(1, "reply", "{}") + call(3, "followUp", "{}")), Ending::protocol);
}

TEST(GuestReaderTest, MoreCallsThanTheLimitAreAFault) {
  ScriptLimits limits;
  limits.calls = 2;
  const auto two = call(1, "reply", "{}") + call(2, "followUp", "{}");
  EXPECT_EQ(fault(two, limits), std::nullopt);
  EXPECT_EQ(fault(two + call(3, "followUp", "{}"), limits), Ending::calls);
}

TEST(GuestReaderTest, ALongCallIsAFault) {
  ScriptLimits limits;
  limits.call_size = 10'000;
  const auto reply = [](std::size_t size) {
    const std::string around = R"({"data":""})";
    return call(1, "reply", R"({"data":")" + std::string(size - around.size(), 'x') + "\"}");
  };
  EXPECT_EQ(fault(reply(10'000), limits), std::nullopt);
  EXPECT_EQ(fault(reply(10'300), limits), Ending::call_size);
}

TEST(GuestReaderTest, DeepJsonIsAFault) {
  const auto nested = [](std::size_t depth) {
    return call(1, "reply", R"({"data":)" + std::string(depth, '[') + std::string(depth, ']') + "}");
  };
  EXPECT_EQ(fault(nested(25)), std::nullopt);
  EXPECT_EQ(fault(nested(40)), Ending::protocol);
  EXPECT_EQ(fault(nested(20'000)), Ending::protocol);
}

TEST(GuestReaderTest, ALengthBeyondTheMaximumIsAFaultAtOnce) {
  const std::uint32_t longest = protocol::max_frame;
  const std::uint32_t longer = longest + 1;
  EXPECT_EQ(fault({reinterpret_cast<const char*>(&longest), sizeof longest}), std::nullopt);
  EXPECT_EQ(fault({reinterpret_cast<const char*>(&longer), sizeof longer}), Ending::protocol);
}

TEST(GuestReaderTest, ALongLastFrameIsAFault) {
  const std::string much(protocol::max_last_frame, 'x');
  EXPECT_EQ(fault(framed(R"({"type":"failed","reason":"exception","stack":")" + much + "\"}")), Ending::protocol);
  EXPECT_EQ(fault(framed(R"({"type":"ended","x":")" + much + "\"}")), Ending::protocol);
}

TEST(GuestReaderTest, LinesBeyondTheLimitAreDropped) {
  ScriptLimits limits;
  limits.console_lines = 2;
  EXPECT_THAT(lines(line("a") + line("b") + line("c"), limits), ElementsAre("a", "b"));
  EXPECT_EQ(fault(line("a") + line("b") + line("c"), limits), std::nullopt);
}

TEST(GuestReaderTest, LongLinesAreTruncatedBetweenCharacters) {
  ScriptLimits limits;
  limits.console_line_size = 4;
  EXPECT_THAT(lines(line("abcd") + line("abcde"), limits), ElementsAre("abcd", "abcd"));
  EXPECT_THAT(lines(line("abc\u00e4") + line("ab\u20ac") + line("a\U0001F600b"), limits),
              ElementsAre("abc", "ab", "a"));
  EXPECT_THAT(lines(line("\U0001F600!"), limits), ElementsAre("\U0001F600"));
}

TEST(GuestReaderTest, TooManyBytesInAllAreAFault) {
  ScriptLimits limits;
  limits.calls = 0;
  limits.console_lines = 1;
  const auto much = line(std::string(protocol::max_frame / 2, 'x'));
  EXPECT_EQ(fault(much + much, limits), std::nullopt);
  EXPECT_EQ(fault(much + much + much, limits), Ending::protocol);
  std::string many;
  for (int i = 0; i < 1'100; ++i) many += line("x");
  EXPECT_EQ(fault(many, limits), Ending::protocol);
}

}  // namespace
}  // namespace guildhall::vm
