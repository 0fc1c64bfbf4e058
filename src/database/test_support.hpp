#pragma once

// What the tests of this folder share.

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "database/database.hpp"
#include "database/models/command_store.hpp"
#include "database/models/guild_store.hpp"
#include "testing/barrier.hpp"
#include "testing/fake_clock.hpp"
#include "testing/log_capture.hpp"
#include "testing/temporary_directory.hpp"
#include "testing/test_loop.hpp"

namespace guildhall::database::test_support {

/// Another process' connection to the same file.
class ExternalConnection {
 public:
  explicit ExternalConnection(const std::string& path) : sql_(soci::sqlite3, "db=\"" + path + "\"") {}
  void execute(const std::string& statement) { sql_ << statement; }

 private:
  soci::session sql_;
};

/// A write of the program itself that no rule forbids.
inline const CommandWrite unruled{{}, [](const Command&, const CommandFacts&) { return base::Result<void>{}; }};
inline const GuildWrite unruled_guild{
    {}, [](const std::string&, std::span<const std::string>) { return base::Result<void>{}; }};

/// Creates a command whatever the rules.
inline net::Task<base::Result<Command>> create_command(CommandStore& store, base::GuildId guild, std::string trigger,
                                                       std::string response = R"({"content":"x"})",
                                                       std::optional<std::string> script = {}) {
  Command draft;
  draft.guild_id = guild;
  draft.trigger = std::move(trigger);
  draft.response = std::move(response);
  draft.interaction = std::move(script);
  return store.create(std::move(draft), unruled);
}

/// What a database needs beside it: a file or a server, a clock, a log.
class TestDatabase {
 public:
  TestDatabase() { logger_.attach(lines); }
  /// On a server of MariaDB.
  explicit TestDatabase(std::optional<Server> server) : TestDatabase() { server_ = std::move(server); }

  [[nodiscard]] Options options() const {
    Options options;
    options.storage = directory.file("guildhall.db");
    if (server_) {
      options.dialect = config::Dialect::mariadb;
      options.server = *server_;
    }
    return options;
  }
  [[nodiscard]] std::unique_ptr<Database> open(Options with) {
    return Database::open(std::move(with), clock, base::Log(logger_, "db"));
  }
  /// Another call is as another process on the same database.
  [[nodiscard]] std::unique_ptr<Database> open() { return open(options()); }

  test::TemporaryDirectory directory;
  test::FakeClock clock;
  std::shared_ptr<test::LogCapture> lines = std::make_shared<test::LogCapture>();

 private:
  std::optional<Server> server_;
  base::Logger logger_{clock, base::LogLevel::debug};
};

}  // namespace guildhall::database::test_support
