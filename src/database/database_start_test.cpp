// What stops the start, and the one line that says why.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "database/database.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;
using test_support::ExternalConnection;
using ::testing::HasSubstr;

class DatabaseStart : public ::testing::Test {
 protected:
  [[nodiscard]] std::string why_not(Options options) {
    try {
      test_database_.open(std::move(options))->close();
    } catch (const StartError& error) {
      return error.what();
    }
    return "it opened";
  }
  [[nodiscard]] std::string path() const { return test_database_.options().storage; }

  test_support::TestDatabase test_database_;
};

TEST_F(DatabaseStart, SaysThatItsDirectoryIsMissing) {
  auto options = test_database_.options();
  options.storage = test_database_.directory.file("nowhere/guildhall.db");
  EXPECT_THAT(why_not(options), HasSubstr("nowhere of the database does not exist"));
}

TEST_F(DatabaseStart, SaysThatItsPathIsADirectory) {
  auto options = test_database_.options();
  options.storage = test_database_.directory.path().string();
  EXPECT_THAT(why_not(options), HasSubstr("is a directory"));
}

TEST_F(DatabaseStart, SaysThatAFileIsNoDatabase) {
  std::ofstream(path()) << std::string(5000, 'x');
  EXPECT_THAT(why_not(test_database_.options()), HasSubstr("is not an SQLite database"));
}

TEST_F(DatabaseStart, SaysThatAnotherProcessHasItLocked) {
  test_database_.open()->close();
  ExternalConnection stranger(path());
  stranger.execute("BEGIN IMMEDIATE");
  auto options = test_database_.options();
  options.busy_timeout = 20ms;
  EXPECT_THAT(why_not(options), HasSubstr("is locked by another process"));
}

TEST_F(DatabaseStart, SaysThatANewerProgramMadeIt) {
  test_database_.open()->close();
  ExternalConnection(path()).execute("INSERT INTO schema_migrations VALUES (999, 'later', '2030-01-01 00:00:00.000')");
  EXPECT_THAT(why_not(test_database_.options()), HasSubstr("newer guildhall"));
}

/// What `say` returns in a process of a user who is not root, who may write what is read-only.
std::string as_nobody(const std::function<std::string()>& say) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const auto child = ::fork();
  if (child == 0) {
    if (::getuid() == 0 && ::setuid(65534) != 0) ::_exit(1);
    const auto said = say();
    const auto written = ::write(ends[1], said.data(), said.size());
    ::_exit(written < 0 ? 1 : 0);
  }
  ::close(ends[1]);
  std::array<char, 1000> text{};
  const auto length = ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

TEST_F(DatabaseStart, SaysThatItIsReadOnly) {
  test_database_.open()->close();
  std::filesystem::permissions(path(), std::filesystem::perms{0444});
  std::filesystem::permissions(test_database_.directory.path(), std::filesystem::perms{0555});
  EXPECT_THAT(as_nobody([this] { return why_not(test_database_.options()); }), HasSubstr("is read-only"));
  std::filesystem::permissions(test_database_.directory.path(), std::filesystem::perms{0755});
}

TEST_F(DatabaseStart, GivesAFileThatRootMakesToTheOwnerOfItsDirectory) {
  if (::geteuid() != 0) GTEST_SKIP() << "Only root may give files away";
  constexpr uid_t nobody = 65534;
  ASSERT_EQ(::chown(test_database_.directory.path().c_str(), nobody, nobody), 0);
  const auto database = test_database_.open();
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    struct stat file {};
    ASSERT_EQ(::stat((path() + suffix).c_str(), &file), 0) << suffix;
    EXPECT_EQ(file.st_uid, nobody) << suffix;
    EXPECT_EQ(file.st_gid, nobody) << suffix;
  }
}

TEST_F(DatabaseStart, SaysWhichServerCannotBeReached) {
  auto options = test_database_.options();
  options.dialect = config::Dialect::mariadb;
  options.server.port = 1;
  EXPECT_THAT(why_not(options), HasSubstr("The database server at 127.0.0.1:1 cannot be reached"));
}

}  // namespace
}  // namespace guildhall::database
