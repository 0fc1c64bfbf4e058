#include "logger/format.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace guildhall::logger {
namespace {

using testing::HasSubstr;
using testing::Not;

base::LogRecord record_of(std::string message, std::vector<base::LogField> fields = {}) {
  return {base::Timestamp(std::chrono::milliseconds(1769862896789)), base::LogLevel::info, "web", std::move(message),
          std::move(fields)};
}

/// The members of the line of `record`.
std::map<std::string, std::string> parsed(const base::LogRecord& record) {
  return boost::json::value_to<std::map<std::string, std::string>>(boost::json::parse(json_line(record)));
}

TEST(TextLine, HasTimeLevelSourceMessageAndFields) {
  EXPECT_EQ(text_line(record_of("Listening", {{"url", "http://127.0.0.1:8080"}, {"loops", 2}}), Colour::none),
            "2026-01-31 12:34:56.789 INFO  web: Listening url=http://127.0.0.1:8080 loops=2\n");
}

TEST(TextLine, QuotesValuesThatAreNotOneWord) {
  EXPECT_THAT(text_line(record_of("m", {{"a", "two words"}, {"b", ""}, {"c", "x=1 \"y\""}}), Colour::none),
              HasSubstr(R"( a="two words" b="" c="x=1 \"y\"")"));
}

TEST(TextLine, IsColouredOnRequest) {
  EXPECT_THAT(text_line(record_of("m"), Colour::ansi), HasSubstr("\x1b[32mINFO \x1b[0m web: m"));
}

TEST(TextLine, EscapesLineBreaksAndTerminalSequences) {
  const std::string hostile =
      "a\nINFO forged\r\x1b[2J\x7f\xC2\x9B"
      "31m\xE2\x80\xAEtxt";
  const std::string line = text_line(record_of(hostile, {{hostile, hostile}}), Colour::none);
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
  for (const char* forbidden : {"\r", "\x1b", "\x7f", "\xC2\x9B", "\xE2\x80\xAE"}) {
    EXPECT_THAT(line, Not(HasSubstr(forbidden)));
  }
  EXPECT_THAT(line, HasSubstr("a\\nINFO forged\\r\\u001b[2J\\u007f\\u009b31m\\u202etxt"));
}

TEST(JsonLine, HasTheFieldsBesideTheMessage) {
  EXPECT_EQ(json_line(record_of("Listening", {{"url", "http://127.0.0.1:8080"}, {"loops", 2}})),
            R"({"time":"2026-01-31T12:34:56.789Z","level":"info","source":"web","message":"Listening",)"
            R"("url":"http://127.0.0.1:8080","loops":"2"})"
            "\n");
}

TEST(JsonLine, PrefixesNamesThatAreTaken) {
  const auto line = parsed(record_of("m", {{"message", "a"}, {"id", 1}, {"id", 2}, {"id", 3}}));
  EXPECT_EQ(line.at("message"), "m");
  EXPECT_EQ(line.at("field_message"), "a");
  EXPECT_EQ(line.at("id"), "1");
  EXPECT_EQ(line.at("field_id"), "2");
  EXPECT_EQ(line.at("field_field_id"), "3");
}

TEST(JsonLine, EscapesAndKeepsText) {
  const std::string text = "line 1\nline 2\t\"quoted\" \\ \x01 caf\xC3\xA9 \xF0\x9F\x98\x80";
  EXPECT_EQ(parsed(record_of(text)).at("message"), text);
  EXPECT_EQ(std::ranges::count(json_line(record_of(text)), '\n'), 1);
}

TEST(JsonLine, ReplacesInvalidUtf8) {
  EXPECT_EQ(parsed(record_of("a\xFF"
                             "b\xC3"))
                .at("message"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
}

TEST(JsonLine, CutsLongTexts) {
  const auto line = parsed(record_of(std::string(100'000, 'x')));
  EXPECT_EQ(line.at("message"), std::string(4096, 'x') + "...");
}

}  // namespace
}  // namespace guildhall::logger
