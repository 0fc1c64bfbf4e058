#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "database/cache.hpp"
#include "database/database.hpp"
#include "database/models/command_store.hpp"

namespace guildhall::database {

/// What a message has to say to get a command that is enabled, and which one.
struct Trigger {
  base::GuildId guild_id;
  std::string prefix;  ///< The guild's.
  base::CommandId command_id;
  std::uint64_t revision = 1;
  std::string trigger;
  bool case_sensitive = false;
};
BOOST_DESCRIBE_STRUCT(Trigger, (), (guild_id, prefix, command_id, revision, trigger, case_sensitive))

/// A command of a guild, as a key of caches: a change in the guild ends all entries of its commands.
struct CommandKey {
  base::GuildId guild;
  base::CommandId id;

  bool operator==(const CommandKey&) const = default;
  explicit operator base::GuildId() const { return guild; }
};

/// The arguments of CommandStore::page, likewise.
struct CommandPageKey {
  base::GuildId guild;
  base::CommandId before;
  std::size_t max = 0;

  bool operator==(const CommandPageKey&) const = default;
  explicit operator base::GuildId() const { return guild; }
};

}  // namespace guildhall::database

template <>
struct std::hash<guildhall::database::CommandKey> {
  std::size_t operator()(const guildhall::database::CommandKey& key) const {
    return std::hash<guildhall::base::CommandId>{}(key.id);
  }
};

template <>
struct std::hash<guildhall::database::CommandPageKey> {
  std::size_t operator()(const guildhall::database::CommandPageKey& key) const {
    return std::hash<guildhall::base::GuildId>{}(key.guild) ^ std::hash<guildhall::base::CommandId>{}(key.before) ^
           key.max;
  }
};

namespace guildhall::database {

/// Table `commands`.
class CommandRepository final : public CommandStore {
 public:
  explicit CommandRepository(Database& database);

  [[nodiscard]] net::Task<List> list(base::GuildId guild) override;
  [[nodiscard]] net::Task<Pointer> find(base::GuildId guild, base::CommandId id) override;
  [[nodiscard]] net::Task<Page> page(base::GuildId guild, base::CommandId before, std::size_t max) override;
  /// Commands that are created at the same time share a few statements.
  [[nodiscard]] net::Task<base::Result<Command>> create(Command draft, CommandWrite write) override;
  [[nodiscard]] net::Task<base::Result<Command>> update(base::GuildId guild, base::CommandId id, CommandChange change,
                                                        std::optional<std::uint64_t> expected_revision,
                                                        CommandWrite write) override;
  [[nodiscard]] net::Task<base::Result<void>> remove(base::GuildId guild, base::CommandId id,
                                                     std::optional<std::uint64_t> expected_revision,
                                                     Actor actor) override;

  /// The triggers of these guilds' enabled commands, in no order. Throws Unavailable.
  [[nodiscard]] net::Task<std::vector<Trigger>> triggers(std::vector<base::GuildId> guilds);
  /// A page of up to `triggers_page` triggers of all guilds' enabled commands, by the commands' ids, which follow
  /// `after`. Throws Unavailable.
  [[nodiscard]] net::Task<std::vector<Trigger>> triggers_after(base::CommandId after);
  static constexpr std::size_t triggers_page = 20'000;

  [[nodiscard]] CacheCounters cache_counters() const;

 private:
  Database& database_;
  const std::shared_ptr<const BatchWork> creation_;
  Cache<base::GuildId, std::vector<CommandSummary>> lists_;
  Cache<CommandKey, Command, base::GuildId> commands_;
  Cache<CommandPageKey, CommandPage, base::GuildId> pages_;
};

}  // namespace guildhall::database
