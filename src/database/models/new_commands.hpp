#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.hpp"
#include "database/bulk.hpp"
#include "database/models/command.hpp"

namespace guildhall::database {

/// A command that is to be made, and what became of it.
struct NewCommand {
  Command command;                            ///< Without id.
  std::optional<base::Result<Command>> made;  ///< Errors as of CommandRepository::create.
};

/// Makes commands, few or many with the same few statements.
class NewCommands final : public BulkOf<NewCommand> {
 public:
  void write(soci::session& sql, std::span<NewCommand* const> items, Changes& changes) override;
};

/// What CommandRepository says of a command that cannot be called `trigger`.
[[nodiscard]] base::Error no_such_guild();
[[nodiscard]] base::Error trigger_is_taken();
[[nodiscard]] base::Result<void> check_prefix(const std::string& trigger, const std::string& prefix);

}  // namespace guildhall::database
