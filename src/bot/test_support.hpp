#pragma once

// What the tests of this folder share.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "database/models/call_repository.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/test_support.hpp"
#include "net/task.hpp"

namespace guildhall::bot::testing {

using database::testing::run;

/// The bot's event loop. It runs while something is waited for.
class Loop {
 public:
  [[nodiscard]] net::Executor executor() { return context_.get_executor(); }

  /// Runs `task` beside what else goes on and returns what it returns.
  template <class T>
  T run(net::Task<T> task) {
    auto outcome = boost::asio::co_spawn(context_, std::move(task), boost::asio::use_future);
    static_cast<void>(until([&] { return outcome.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }));
    return outcome.get();
  }

  void start(net::Task<> task) { boost::asio::co_spawn(context_, std::move(task), boost::asio::detached); }

  /// Goes on until the answer is yes; false after ten seconds of no.
  template <class Question>
  [[nodiscard]] bool until(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!question()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  /// Runs what is ready to run.
  void turn() {
    context_.restart();
    context_.poll();
  }

 private:
  boost::asio::io_context context_{1};
};

/// Keeps whole records.
class Records final : public base::LogSink {
 public:
  void write(const base::LogRecord& record) override {
    const std::lock_guard lock(mutex_);
    records_.push_back(record);
  }
  /// `source: message key=value ...` of each.
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> lines;
    for (const auto& record : records_) {
      auto& line = lines.emplace_back(record.source + ": " + record.message);
      for (const auto& field : record.fields) line += " " + field.key + "=" + field.value;
    }
    return lines;
  }
  [[nodiscard]] bool has(std::string_view part) const {
    for (const auto& line : lines()) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<base::LogRecord> records_;
};

/// A database with its repositories, and a log.
struct Store {
  Store() { logger.attach(records); }

  void make_guild(base::GuildId guild) { run(guilds.follow({{guild, "Workshop", {}}}, {})); }

  database::Command make_command(base::GuildId guild, std::string trigger,
                                 std::string response = R"({"content":"x"})") {
    return run(commands.create(guild, std::move(trigger), std::move(response), {})).value();
  }

  /// `c1` to `c<count>`.
  void make_many_commands(base::GuildId guild, std::size_t count) {
    database::testing::Stranger(surroundings.options().storage)
        .execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) +
                 ") INSERT INTO commands (guild_id, `trigger`, response, created_at, updated_at) SELECT " +
                 guild.to_string() +
                 R"(, 'c' || i, '{"content":"x"}', '2026-01-31 12:34:56.789', '2026-01-31 12:34:56.789' FROM n)");
  }

  database::testing::Surroundings surroundings;
  std::shared_ptr<Records> records = std::make_shared<Records>();
  base::Logger logger{surroundings.clock, base::LogLevel::debug};
  base::Log log{logger, "bot"};
  std::unique_ptr<database::Database> database = surroundings.open();
  database::GuildRepository guilds{*database};
  database::CommandRepository commands{*database};
  database::CallRepository calls{*database};
};

}  // namespace guildhall::bot::testing
