#pragma once

#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/setup/discord_probe.hpp"
#include "app/setup/finding.hpp"
#include "config/config.hpp"
#include "config/environment.hpp"
#include "net/task.hpp"

namespace guildhall::app {

/// What checks look at.
struct Installation {
  config::Environment environment;
  config::Config config;            ///< Without the variables that have faults.
  std::vector<std::string> faults;  ///< See config::load_valid.
  std::string env_file;
};

/// A check. Its coroutine owns what it uses, because it may still run after run_checks has given up on it.
struct Check {
  std::string_view name;
  net::Task<Findings> (*run)(std::shared_ptr<const Installation> installation);
};

// The checks. Setup runs some of them to try an answer.

[[nodiscard]] net::Task<Findings> check_variables(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_files(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_disk(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_database(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_discord(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_port(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_public_url(std::shared_ptr<const Installation> installation);
[[nodiscard]] net::Task<Findings> check_sandbox(std::shared_ptr<const Installation> installation);

/// All of them, in the order of the report.
[[nodiscard]] std::span<const Check> checks();

/// Runs them at the same time. What has not ended after 12 seconds has failed. Blocks; threads may remain that wait for
/// hosts which do not answer, so the program should end by std::_Exit.
[[nodiscard]] Findings run_checks(std::span<const Check> checks, std::shared_ptr<const Installation> installation);

/// Runs blocking work on a thread of its own.
[[nodiscard]] net::Task<Findings> on_thread(std::function<Findings()> work);

}  // namespace guildhall::app
