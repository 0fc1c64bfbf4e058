#pragma once

#include <memory>
#include <optional>

#include "database/database.hpp"
#include "database/models/command_invocation.hpp"

namespace guildhall::database {

/// Table `calls`. Expired rows are removed every minute. Any thread may call; tasks may be awaited on any event loop.
class CommandInvocationRepository {
 public:
  explicit CommandInvocationRepository(Database& database);

  /// Starts to write the row. Nothing happens if the row exists, or if its command does not.
  void start_insert(CommandInvocation invocation, WriteDone done);

  /// Nothing if there is no such row, or it belongs to another command. Throws Unavailable.
  [[nodiscard]] net::Task<std::optional<CommandInvocation>> find(base::CommandId command, discord::MessageId id);

  /// Starts to remove expired rows, in small steps.
  void purge_expired();

 private:
  Database& database_;
  std::shared_ptr<void> maintenance_;
};

}  // namespace guildhall::database
