#pragma once

#include <chrono>
#include <map>
#include <string_view>
#include <tuple>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "database/models/command_use.hpp"
#include "net/async/event.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandUseRepository;
}

namespace guildhall::bot {

/// Counts uses of commands, and writes the counts together, so that a busy command costs a few writes. What cannot be
/// written is lost. For one event loop.
class CommandUses {
 public:
  /// How long a use waits for further ones.
  static constexpr std::chrono::seconds collect_time{1};

  /// `rows` and `clock` outlive this.
  CommandUses(database::CommandUseRepository& rows, const base::Clock& clock, base::Log log)
      : rows_(rows), clock_(clock), log_(std::move(log)) {}

  /// The command was used as its author meant.
  void add(base::GuildId guild, base::CommandId command) { ++counts_of(guild, command).uses; }
  /// It was used, and that failed for the reason, a sentence for the guild's managers.
  void add_failed(base::GuildId guild, base::CommandId command, std::string_view reason);

  /// Writes what is counted until it is cancelled.
  [[nodiscard]] net::Task<> run();
  /// Starts to write what is counted. For the last uses, after `run`.
  void flush();

 private:
  using Key = std::tuple<base::GuildId, long long, base::CommandId>;

  [[nodiscard]] database::CommandUse& counts_of(base::GuildId guild, base::CommandId command);

  database::CommandUseRepository& rows_;
  const base::Clock& clock_;
  const base::Log log_;
  std::map<Key, database::CommandUse> waiting_;
  net::Event changed_;
};

}  // namespace guildhall::bot
