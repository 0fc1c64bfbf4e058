#include "config/env_file_writer.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "config/env_file.hpp"
#include "config/environment.hpp"
#include "config/help.hpp"
#include "testing/temporary_directory.hpp"

namespace guildhall::config {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string value_of(std::string_view text, std::string_view name) {
  std::string value = "(unset)";
  for (const auto& entry : parse_env_file(text, "a test")) {
    if (entry.name == name) value = entry.value;
  }
  return value;
}

TEST(EnvFileWriter, WhatIsWrittenIsReadBack) {
  for (const std::string value : {"plain", "two words", "it's", "a\\", "\"$HOME\" `x` #y", "'\\'$", "\xC3\xA9"}) {
    const auto line = env_file_line("NAME", value);
    EXPECT_EQ(value_of(line + "\n", "NAME"), value) << line;
  }
}

TEST(EnvFileWriter, ReplacesAndUncommentsAndAdds) {
  const std::string text = "# mine\nA=1\n#B=2\nexport A='3'\n# about C\n";
  const auto edited = edit_env_file(text, {{"A", "x y"}, {"B", "b"}, {"C", "c"}});
  EXPECT_EQ(edited, "# mine\nA=1\nB=b\nA='x y'\n# about C\nC=c\n");
  EXPECT_EQ(edit_env_file(edited, {{"C", ""}, {"D", ""}}), "# mine\nA=1\nB=b\nA='x y'\n# about C\n#C=\n");
}

TEST(EnvFileWriter, ReplacesAValueOfSeveralLines) {
  EXPECT_EQ(edit_env_file("A='1\n2\n3'\nB=b\n", {{"A", "x"}}), "A=x\nB=b\n");
}

TEST(EnvFileWriter, AnEscapedLineBreakIsOnOneLine) {
  EXPECT_EQ(edit_env_file("A=\"1\\n2\"\nB=b\n", {{"A", "x"}}), "A=x\nB=b\n");
  EXPECT_EQ(edit_env_file("B=b\nA=\"1\\n2\"\n", {{"A", "x"}}), "B=b\nA=x\n");
}

TEST(EnvFileWriter, TakesOutEachLineOfAName) {
  EXPECT_EQ(edit_env_file("A=1\nB=b\nA=2\n", {{"A", ""}}), "#A=\nB=b\n#A=\n");
}

TEST(EnvFileWriter, FillsInTheExampleWithItsComments) {
  const auto text = edit_env_file(env_example(), {{"DISCORD_BOT_TOKEN", "abc"}, {"PORT", "81"}});
  EXPECT_EQ(value_of(text, "DISCORD_BOT_TOKEN"), "abc");
  EXPECT_EQ(value_of(text, "PORT"), "81");
  EXPECT_EQ(std::ranges::count(text, '\n'), std::ranges::count(env_example(), '\n'));
}

TEST(EnvFileWriter, AFileIsForItsOwnerAndKeepsItsRights) {
  const test::TemporaryDirectory directory;
  const auto file = directory.path() / ".env";
  const auto mode = [&] {
    struct stat status {};
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 0777;
  };
  write_env_file(file, "A=1\n");
  EXPECT_EQ(mode(), 0600U);
  ::chmod(file.c_str(), 0644);
  write_env_file(file, "A=2\n");
  EXPECT_EQ(mode(), 0640U) << "but for others";
  std::stringstream read;
  read << std::ifstream(file).rdbuf();
  EXPECT_EQ(read.str(), "A=2\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
  EXPECT_THROW(write_env_file(directory.path() / "none" / ".env", "A=1\n"), Error);
}

}  // namespace
}  // namespace guildhall::config
