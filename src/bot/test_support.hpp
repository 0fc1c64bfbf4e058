#pragma once

// Shared by the tests of this folder.

#include <memory>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "database/models/command_invocation_repository.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/command_use_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/test_support.hpp"
#include "testing/log_capture.hpp"
#include "testing/test_loop.hpp"

namespace guildhall::bot::test_support {

/// A database with its repositories, and a log.
struct Store {
  Store() { logger.attach(records); }

  void make_guild(base::GuildId guild) { test::run(guilds.follow({{guild, "Workshop", {}}}, {})); }

  database::Command make_command(base::GuildId guild, std::string trigger,
                                 std::string response = R"({"content":"x"})") {
    return test::run(database::test_support::create_command(commands, guild, std::move(trigger), std::move(response)))
        .value();
  }

  /// `c1` to `c<count>`.
  void make_many_commands(base::GuildId guild, std::size_t count) {
    database::test_support::ExternalConnection(test_database.options().storage)
        .execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) +
                 ") INSERT INTO commands (guild_id, `trigger`, response, created_at, updated_at) SELECT " +
                 guild.to_string() +
                 R"(, 'c' || i, '{"content":"x"}', '2026-01-31 12:34:56.789', '2026-01-31 12:34:56.789' FROM n)");
  }

  database::test_support::TestDatabase test_database;
  std::shared_ptr<test::LogCapture> records = std::make_shared<test::LogCapture>();
  base::Logger logger{test_database.clock, base::LogLevel::debug};
  base::Log log{logger, "bot"};
  std::unique_ptr<database::Database> database = test_database.open();
  database::GuildRepository guilds{*database};
  database::CommandRepository commands{*database};
  database::CommandInvocationRepository invocations{*database};
  database::CommandUseRepository uses{*database};
};

}  // namespace guildhall::bot::test_support
