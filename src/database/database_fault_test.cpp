// A database that fails while it is used: what it says of itself, and what becomes of writes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include <filesystem>
#include <fstream>

#include "database/database.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using test::eventually;
using test::run;
using test_support::ExternalConnection;
using ::testing::HasSubstr;

class DatabaseFault : public ::testing::Test {
 protected:
  static net::Task<> write_guild(Database& database, long long id) {
    WriteJob<void> job = [id](soci::session& sql, Changes&) {
      sql << "INSERT INTO guilds (id, name, created_at, updated_at) VALUES (:id, 'a', '2026-01-01 00:00:00.000', "
             "'2026-01-01 00:00:00.000')",
          soci::use(id);
    };
    co_await database.write(std::move(job));
  }
  static net::Task<int> guilds_in(Database& database) {
    ReadJob<int> job = [](soci::session& sql) {
      int count = 0;
      sql << "SELECT COUNT(*) FROM guilds", soci::into(count);
      return count;
    };
    co_return co_await database.read(std::move(job));
  }

  [[nodiscard]] std::string path() const { return test_database_.options().storage; }

  /// Changes the byte there, or changes it back.
  void flip(std::streamoff offset) const {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const auto byte = static_cast<char>(~file.get());
    file.seekp(offset);
    file.put(byte);
  }

  test_support::TestDatabase test_database_;
};

TEST_F(DatabaseFault, IsNoneWhileAllIsWell) {
  const auto database = test_database_.open();
  EXPECT_EQ(run(database->fault()), "");
  run(write_guild(*database, 1));
  EXPECT_EQ(run(database->fault()), "");
}

TEST_F(DatabaseFault, AWriteWithoutSpaceCountsUntilAnotherSucceeds) {
  const auto database = test_database_.open();
  WriteJob<void> fill = [](soci::session& sql, Changes&) {
    sql << "PRAGMA max_page_count = 1";  // SQLite takes the present size
    const std::string text(1 << 20, 'x');
    sql << "INSERT INTO logs (id, level, message, `timestamp`) VALUES (1, 'info', :text, '2026-01-01 00:00:00.000')",
        soci::use(text);
  };
  EXPECT_THROW(run(database->write(fill)), Unavailable);
  EXPECT_THAT(run(database->fault()), HasSubstr("disk is full"));
  WriteJob<void> more_space = [](soci::session& sql, Changes&) { sql << "PRAGMA max_page_count = 100000"; };
  run(database->write(more_space));
  EXPECT_EQ(run(database->fault()), "");
}

TEST_F(DatabaseFault, FilesThatAreMovedOrReplacedGetNoMoreWrites) {
  const auto database = test_database_.open();
  run(write_guild(*database, 1));
  long long id = 2;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const auto file = path() + suffix;
    std::filesystem::rename(file, file + "-away");
    EXPECT_THROW(run(write_guild(*database, id++)), Unavailable) << file;
    EXPECT_THAT(run(database->fault()), HasSubstr("is gone"));
    std::filesystem::copy_file(file + "-away", file);
    EXPECT_THROW(run(write_guild(*database, id++)), Unavailable) << file;
    EXPECT_THAT(run(database->fault()), HasSubstr("has been replaced"));
    std::filesystem::rename(file + "-away", file);
    run(write_guild(*database, id++));
    EXPECT_EQ(run(database->fault()), "") << "the files are back";
  }
  EXPECT_EQ(run(guilds_in(*database)), 4);
}

TEST_F(DatabaseFault, WhatWasWrittenBeforeTheWalWasUnlinkedIsKept) {
  {
    const auto database = test_database_.open();
    run(write_guild(*database, 1));
    std::filesystem::remove(path() + "-wal");
  }
  EXPECT_EQ(run(guilds_in(*test_database_.open())), 1);
}

TEST_F(DatabaseFault, ADamagedPageCountsUntilItIsRepaired) {
  const auto database = test_database_.open();
  run(write_guild(*database, 1));
  ExternalConnection(path()).execute("PRAGMA wal_checkpoint(TRUNCATE)");
  std::streamoff page = 0;
  {
    soci::session sql(soci::sqlite3, "db=\"" + path() + "\"");
    int number = 0;
    sql << "SELECT rootpage FROM sqlite_master WHERE name = 'guilds'", soci::into(number);
    page = (number - 1) * 4096;
  }
  flip(page);
  // Somebody writes elsewhere, so that nobody goes by the pages in memory any more.
  ExternalConnection(path()).execute(
      "INSERT INTO changes (entity, entity_id, created_at) VALUES (0, '', '2026-01-01')");
  EXPECT_THROW(run(guilds_in(*database)), Unavailable);
  EXPECT_THAT(run(database->fault()), HasSubstr("damaged"));
  EXPECT_THAT(run(database->fault()), HasSubstr("damaged")) << "a ping meets other pages";
  flip(page);
  EXPECT_TRUE(eventually([&] { return run(database->fault()).empty(); }));
  EXPECT_EQ(run(guilds_in(*database)), 1);
}

/// With any byte of the header changed the start is refused, or all works, or at least it is known that it does not.
TEST_F(DatabaseFault, AFlippedByteInTheHeaderIsNoticed) {
  {
    const auto database = test_database_.open();
    run(write_guild(*database, 1));
  }
  const auto good = path() + "-good";
  std::filesystem::copy_file(path(), good);
  int refused = 0;
  for (std::streamoff offset = 0; offset < 100; ++offset) {
    std::filesystem::copy_file(good, path(), std::filesystem::copy_options::overwrite_existing);
    flip(offset);
    try {
      const auto database = test_database_.open();
      try {
        run(write_guild(*database, 2));
        EXPECT_EQ(run(guilds_in(*database)), 2) << offset;
      } catch (const Unavailable&) {
        EXPECT_NE(run(database->fault()), "") << offset;
      }
    } catch (const StartError& error) {
      ++refused;
      EXPECT_THAT(error.what(), ::testing::EndsWith("."));
    }
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path() + suffix);
  }
  EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace guildhall::database
