#include "database/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "database/migrator.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using ::testing::HasSubstr;

class BackupTest : public ::testing::Test {
 protected:
  [[nodiscard]] BackedUp back_up_to(const std::string& name, Existing existing = Existing::refuse) const {
    return back_up(test_database_.options(), test_database_.directory.file(name), existing, stop_);
  }
  /// Why it was not written.
  [[nodiscard]] std::string refusal(const std::string& name, Existing existing = Existing::refuse) const {
    try {
      static_cast<void>(back_up_to(name, existing));
      return "written";
    } catch (const StartError& error) {
      return error.what();
    }
  }
  [[nodiscard]] long long count(const std::string& name, const std::string& table) const {
    soci::session sql(soci::sqlite3, "db=" + test_database_.directory.file(name));
    long long rows = 0;
    sql << "SELECT COUNT(*) FROM " << table, soci::into(rows);
    return rows;
  }
  [[nodiscard]] std::ptrdiff_t files() const {
    const std::filesystem::directory_iterator all(test_database_.directory.path());
    return std::distance(begin(all), end(all));
  }
  void write_file(const std::string& name) const { std::ofstream(test_database_.directory.file(name)) << "mine"; }

  test_support::TestDatabase test_database_;
  std::atomic<bool> stop_ = false;
  std::unique_ptr<Database> database_ = test_database_.open();
};

TEST_F(BackupTest, CopiesADatabaseThatIsInUse) {
  test_support::ExternalConnection writer(test_database_.options().storage);
  writer.execute("BEGIN IMMEDIATE");
  writer.execute("INSERT INTO roles (name) VALUES ('not committed')");
  const auto done = back_up_to("copy.db");
  writer.execute("COMMIT");
  EXPECT_EQ(done.schema, static_cast<std::int64_t>(migrations().size()));
  EXPECT_EQ(done.bytes, std::filesystem::file_size(test_database_.directory.file("copy.db")));
  EXPECT_EQ(count("copy.db", "roles"), 2) << "as it was at one moment";
}

TEST_F(BackupTest, IsForItsOwnerAlone) {
  static_cast<void>(back_up_to("copy.db"));
  struct stat file {};
  ASSERT_EQ(::stat(test_database_.directory.file("copy.db").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
}

TEST_F(BackupTest, LeavesAFileAloneUnlessToldOtherwise) {
  write_file("copy.db");
  const auto before = files();
  EXPECT_THAT(refusal("copy.db"), HasSubstr("--overwrite"));
  EXPECT_EQ(std::filesystem::file_size(test_database_.directory.file("copy.db")), 4U);
  EXPECT_EQ(files(), before) << "no draft stays";
  EXPECT_EQ(refusal("copy.db", Existing::overwrite), "written");
  EXPECT_EQ(count("copy.db", "roles"), 2);
}

TEST_F(BackupTest, NeverWritesOverTheDatabaseItself) {
  EXPECT_THAT(refusal("guildhall.db", Existing::overwrite), HasSubstr("the database itself"));
}

TEST_F(BackupTest, SaysWhatIsWrongWithTheFilesPlace) {
  EXPECT_THAT(refusal("nowhere/copy.db"), HasSubstr("No such file or directory"));
  EXPECT_THAT(refusal("."), HasSubstr("it is a directory"));
}

TEST_F(BackupTest, LeavesNoTraceWhereItIsInterrupted) {
  test_support::ExternalConnection(test_database_.options().storage)
      .execute(
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
          "INSERT INTO roles (name) SELECT 'role ' || i FROM n");
  const auto before = files();
  stop_ = true;
  EXPECT_THAT(refusal("copy.db"), HasSubstr("it was interrupted"));
  EXPECT_EQ(files(), before);
}

TEST_F(BackupTest, ADatabaseThatIsNotThereIsNotMade) {
  auto options = test_database_.options();
  options.storage = test_database_.directory.file("missing.db");
  EXPECT_THROW(static_cast<void>(back_up(options, test_database_.directory.file("copy.db"), Existing::refuse, stop_)),
               StartError);
  EXPECT_FALSE(std::filesystem::exists(options.storage));
}

TEST_F(BackupTest, OtherDatabasesHaveAToolOfTheirOwn) {
  auto options = test_database_.options();
  options.dialect = config::Dialect::mariadb;
  try {
    static_cast<void>(back_up(options, test_database_.directory.file("copy.db"), Existing::refuse, stop_));
    FAIL() << "written";
  } catch (const StartError& error) {
    EXPECT_THAT(error.what(), HasSubstr("mariadb-dump"));
  }
}

}  // namespace
}  // namespace guildhall::database
