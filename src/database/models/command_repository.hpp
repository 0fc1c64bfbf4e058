#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "database/cache.hpp"
#include "database/models/command.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;
class NewCommands;

/// What to change in a command; what is absent stays.
struct CommandChange {
  std::optional<std::string> trigger;
  std::optional<std::string> response;
  std::optional<std::optional<std::string>> interaction;
};

/// What a message has to say to get a command, and which one.
struct Trigger {
  base::GuildId guild_id;
  std::string prefix;  ///< The guild's.
  base::CommandId command_id;
  std::uint64_t revision = 1;
  std::string trigger;
};

/// Table `commands`. Triggers are compared byte by byte. All members throw Unavailable and may be awaited on any event
/// loop. Errors of writes: Errc::not_found (guild or command), Errc::conflict about `/trigger` (the guild has it),
/// Errc::invalid about `/trigger` (starts with the guild's prefix), Errc::conflict without a field (the guild has
/// `max_commands`), Errc::precondition_failed (the revision is another).
class CommandRepository {
 public:
  using List = std::shared_ptr<const std::vector<Command>>;

  /// Commands that a guild may have.
  static constexpr std::size_t max_commands = 1000;

  explicit CommandRepository(Database& database);

  /// All commands of the guild by id; an empty list where it has none. Usually from memory.
  [[nodiscard]] net::Task<List> list(base::GuildId guild);
  /// One of them, or null. Usually from memory.
  [[nodiscard]] net::Task<std::shared_ptr<const Command>> find(base::GuildId guild, base::CommandId id);

  /// What triggers commands of these guilds, in no order.
  [[nodiscard]] net::Task<std::vector<Trigger>> triggers(std::vector<base::GuildId> guilds);
  /// What triggers commands of any guild, by their ids from behind `after`: a page of up to `triggers_page`.
  [[nodiscard]] net::Task<std::vector<Trigger>> triggers_after(base::CommandId after);
  static constexpr std::size_t triggers_page = 20'000;

  /// `response` is compact JSON. Ids are never used again.
  [[nodiscard]] net::Task<base::Result<Command>> create(base::GuildId guild, std::string trigger, std::string response,
                                                        std::optional<std::string> interaction);
  /// The revision grows by one when anything differs. Where `expected_revision` is given it must be the current one.
  [[nodiscard]] net::Task<base::Result<Command>> update(base::GuildId guild, base::CommandId id, CommandChange change,
                                                        std::optional<std::uint64_t> expected_revision);
  [[nodiscard]] net::Task<base::Result<void>> remove(base::GuildId guild, base::CommandId id,
                                                     std::optional<std::uint64_t> expected_revision);

  [[nodiscard]] CacheCounters cache_counters() const { return cache_.counters(); }

 private:
  Database& database_;
  const std::shared_ptr<NewCommands> new_commands_;
  Cache<base::GuildId, std::vector<Command>> cache_;
};

}  // namespace guildhall::database
