#pragma once

#include <memory>
#include <vector>

#include "database/database.hpp"
#include "database/models/command_use.hpp"

namespace guildhall::database {

/// Table `command_uses`. Rows of past days are removed after `retention`. Any thread may call; tasks may be awaited on
/// any event loop.
class CommandUseRepository {
 public:
  /// Days that are kept, today included.
  static constexpr std::chrono::days retention{90};

  explicit CommandUseRepository(Database& database);

  /// Starts to add the counts to those of the same guild, day and command; a row's failure is later than what is
  /// stored.
  void start_add(std::vector<CommandUse> uses, WriteDone done);

  /// The guild's rows from `first_day` on, by day; at most one for each day and command. Throws Unavailable.
  [[nodiscard]] net::Task<std::vector<CommandUse>> list(base::GuildId guild, long long first_day);

  /// Starts to remove what is older than `retention`, in small steps.
  void purge();

 private:
  Database& database_;
  std::shared_ptr<void> maintenance_;
};

}  // namespace guildhall::database
