#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>

#include "database/models/call.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

/// Table `calls`. Rows leave it when they have expired; the database sees to that. Any thread may call; tasks may be
/// awaited on any event loop.
class CallRepository {
 public:
  explicit CallRepository(Database& database);

  /// Told how a statement ended; see Database::start_write.
  using Done = std::function<void(std::exception_ptr)>;

  /// Starts to write the row; one that is there already, or whose command is gone, is left alone.
  void start_insert(Call call, Done done);

  /// Nothing where there is no such row, or it belongs to another command. Throws Unavailable.
  [[nodiscard]] net::Task<std::optional<Call>> find(base::CommandId command, discord::MessageId id);

  /// Starts what is due each minute: expired rows are removed, in small steps.
  void do_upkeep();

 private:
  Database& database_;
  std::shared_ptr<void> upkeep_;
};

}  // namespace guildhall::database
