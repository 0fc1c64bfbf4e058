#include "logger/journal.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>

#include "base/text.hpp"

namespace guildhall::logger {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

std::vector<std::string> fields_of(const base::LogRecord& record) {
  std::vector<std::string> fields;
  const auto whole = journal_entry(record);
  for (std::string_view entry = whole; !entry.empty(); entry.remove_prefix(entry.find('\0') + 1)) {
    fields.emplace_back(entry.substr(0, entry.find('\0')));
  }
  return fields;
}

TEST(Journal, HasTheLevelAndTheFields) {
  const base::LogRecord record{
      {}, base::LogLevel::warn, "bot", "Refused", {{"guild", 3}, {"user id", "two words"}}, std::nullopt, 7};
  EXPECT_THAT(fields_of(record),
              ElementsAre("MESSAGE=bot: Refused guild=3 user id=\"two words\"", "PRIORITY=4",
                          "SYSLOG_IDENTIFIER=guildhall", "GUILDHALL_LEVEL=warn", "GUILDHALL_SOURCE=bot",
                          "GUILDHALL_LOG_ID=7", "GUILDHALL_GUILD=3", "GUILDHALL_USER_ID=two words"));
}

TEST(Journal, NothingInATextMakesAnotherField) {
  const base::LogRecord record{
      {}, base::LogLevel::info, "bot", std::string("a\0PRIORITY=0", 12), {{"x", "1\nPRIORITY=0"}}, "f\ng\n"};
  const auto fields = fields_of(record);
  ASSERT_EQ(fields.size(), 8U);
  EXPECT_EQ(fields[0], "MESSAGE=bot: a\\u0000PRIORITY=0 x=\"1\\nPRIORITY=0\"");
  EXPECT_EQ(fields[6], "GUILDHALL_X=1\\nPRIORITY=0");
  EXPECT_EQ(fields[7], "GUILDHALL_STACKTRACE=f\ng\n");
}

TEST(Journal, IsKnownByDeviceAndInode) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  struct stat file {};
  ASSERT_EQ(::fstat(pipe[1], &file), 0);
  EXPECT_FALSE(is_journal(pipe[1]));
  ::setenv("JOURNAL_STREAM", (std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino)).c_str(), 1);
  EXPECT_TRUE(is_journal(pipe[1]));
  EXPECT_FALSE(is_journal(1));
  ::unsetenv("JOURNAL_STREAM");
  ::close(pipe[0]);
  ::close(pipe[1]);
}

}  // namespace
}  // namespace guildhall::logger
