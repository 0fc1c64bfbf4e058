#include "database/models/command_repository.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "base/text/word_key.hpp"
#include "database/rows.hpp"

namespace guildhall::database {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t list_cache_bytes = 16 << 20;
constexpr std::size_t command_cache_bytes = 12 << 20;
constexpr std::size_t page_cache_bytes = 8 << 20;

std::size_t weigh_list(const std::vector<CommandSummary>& commands) {
  std::size_t bytes = 0;
  for (const auto& command : commands) bytes += sizeof command + command.trigger.size() + command.response.size();
  return bytes;
}

std::size_t weigh_command(const Command& command) { return sizeof command + stored_size(command); }

std::size_t weigh_page(const CommandPage& page) {
  std::size_t bytes = 0;
  for (const auto& command : page.commands) bytes += weigh_command(command);
  return bytes;
}

/// A command that is to be created, and the outcome.
struct Creation {
  Command command;
  CommandWrite write;
  std::optional<base::Result<void>> outcome{};
};

/// What rules go by, for the guilds of some commands.
class Facts {
 public:
  Facts(soci::session& sql, std::span<const Command* const> commands) {
    for (const auto chunk : chunked(commands)) read(sql, chunk);
  }

  /// Errc::not_found for a guild that does not exist. `before`: as CommandFacts.
  [[nodiscard]] base::Result<void> check(const Command& command, const Command* before, CommandRule rule) const {
    const auto found = guilds_.find(command.guild_id);
    if (found == guilds_.end()) return Error{Errc::not_found, "This server does not exist."};
    const auto& guild = found->second;
    CommandFacts facts{.prefix = guild.prefix, .others = guild.commands, .others_size = guild.size, .before = before};
    if (before != nullptr) {
      --facts.others;
      facts.others_size -= before->size;
    }
    facts.trigger_taken = is_taken(command);
    return rule(command, facts);
  }

  /// The guild has `command` too from now on.
  void add(const Command& command) {
    add_taken(command.guild_id, command.id, command.trigger, command.case_sensitive);
    auto& guild = guilds_.at(command.guild_id);
    ++guild.commands;
    guild.size += command.size;
  }

 private:
  struct Guild {
    std::string prefix;
    std::size_t commands = 0;
    std::uint64_t size = 0;  ///< Of all commands.
  };
  struct Row {
    base::GuildId guild;
    std::string text;
    long long commands = 0;
    long long size = 0;
    base::CommandId id;
    bool case_sensitive = false;
    BOOST_DESCRIBE_CLASS(Row, (), (guild, text, commands, size, id, case_sensitive), (), ())
  };

  [[nodiscard]] bool is_taken(const Command& command) const {
    const auto [first, last] = taken_.equal_range(command.guild_id);
    return std::any_of(first, last, [&](const auto& entry) {
      const Command& other = entry.second;
      const bool itself = other.id == command.id && other.id != base::CommandId{};
      return !itself && same_trigger(command, other);
    });
  }

  /// As much of the command as same_trigger needs.
  void add_taken(base::GuildId guild, base::CommandId id, const std::string& trigger, bool case_sensitive) {
    Command command;
    command.id = id;
    command.trigger = trigger;
    command.case_sensitive = case_sensitive;
    taken_.emplace(guild, std::move(command));
  }

  /// One statement answers both questions: a guild's prefix, number of commands and their size, and which triggers are
  /// taken. Rows of the second kind have -1 for the number.
  void read(soci::session& sql, std::span<const Command* const> commands) {
    std::set<base::GuildId> ids;
    std::vector<base::GuildId> guilds_of_triggers;
    for (const auto* command : commands) ids.insert(command->guild_id);
    const std::vector<base::GuildId> guilds(ids.begin(), ids.end());
    std::string triggers;
    soci::statement statement(sql);
    Row row;
    details::bind_into(statement, row);
    details::bind(statement, std::span(guilds));
    for (const auto* command : commands) {
      details::bind(statement, command->guild_id);
      details::bind(statement, command->trigger_key);
      const auto number = std::to_string(triggers.size());
      triggers.append(triggers.empty() ? "" : " OR ");
      triggers.append("(guild_id = :g" + number + " AND trigger_key = :t" + number + ")");
    }
    details::prepare(statement,
                     "SELECT guilds.id, guilds.prefix, COUNT(commands.id), COALESCE(SUM(commands.size), 0), 0, 0 "
                     "FROM guilds LEFT JOIN commands ON commands.guild_id = guilds.id WHERE guilds.id IN " +
                         placeholders(guilds.size()) +
                         " GROUP BY guilds.id "
                         "UNION ALL SELECT guild_id, `trigger`, -1, 0, id, case_sensitive FROM commands WHERE " +
                         triggers);
    statement.execute();
    while (statement.fetch()) {
      if (row.commands < 0) {
        add_taken(row.guild, row.id, row.text, row.case_sensitive);
      } else {
        guilds_.emplace(row.guild,
                        Guild{row.text, static_cast<std::size_t>(row.commands), static_cast<std::uint64_t>(row.size)});
      }
    }
  }

  std::map<base::GuildId, Guild> guilds_;
  std::multimap<base::GuildId, Command> taken_;  // those that may be the same as one of the commands
};

/// The one place that follows a change of a command in its transaction: `before` is null for a new command, `after` for
/// one that is gone.
void record_command(Changes& changes, const Actor& /*actor*/, const Command* before, const Command* after) {
  changes.add(Entity::commands, (after == nullptr ? before : after)->guild_id);
}

/// Creates what the rules allow, however many with the same few statements.
void create_all(soci::session& sql, std::span<const std::shared_ptr<void>> items, Changes& changes) {
  std::vector<Creation*> creations;
  std::vector<const Command*> wanted;
  for (const auto& item : items) {
    creations.push_back(static_cast<Creation*>(item.get()));
    creations.back()->command.id = {};  // the transaction may run again
    wanted.push_back(&creations.back()->command);
  }
  Facts facts(sql, wanted);
  std::vector<Command> allowed;
  for (auto* creation : creations) {
    creation->outcome = facts.check(creation->command, nullptr, creation->write.rule);
    if (!*creation->outcome) continue;
    facts.add(creation->command);
    allowed.push_back(creation->command);
  }
  const auto ids = insert_numbered(sql, allowed, "id");
  auto id = ids.begin();
  for (auto* creation : creations) {
    if (!*creation->outcome) continue;
    creation->command.id = base::CommandId{static_cast<std::uint64_t>(*id++)};
    record_command(changes, creation->write.actor, nullptr, &creation->command);
  }
}

/// The command, in the revision that the writer expects.
base::Result<Command> current(soci::session& sql, base::GuildId guild, base::CommandId id,
                              std::optional<std::uint64_t> expected_revision) {
  auto found = select_one<Command>(sql, "WHERE guild_id = :guild AND id = :id", guild, id);
  if (!found) return Error{Errc::not_found, "This command does not exist."};
  if (expected_revision && *expected_revision != found->revision) {
    return Error{Errc::precondition_failed, "The command has changed since you read it. Read it again."};
  }
  return *std::move(found);
}

base::Result<Command> change_command(soci::session& sql, const Command& before, const CommandChange& change,
                                     const CommandWrite& write, base::Timestamp now, Changes& changes) {
  Command after = before;
  after.trigger = change.trigger.value_or(before.trigger);
  after.trigger_key = base::word_key(after.trigger);
  after.case_sensitive = change.case_sensitive.value_or(before.case_sensitive);
  after.enabled = change.enabled.value_or(before.enabled);
  after.response = change.response.value_or(before.response);
  after.interaction = change.interaction.value_or(before.interaction);
  const bool has_new_trigger = is_new_trigger(&before, after);
  const bool same_rest =
      after.enabled == before.enabled && after.response == before.response && after.interaction == before.interaction;
  if (!has_new_trigger && same_rest) return before;
  after.size = stored_size(after);
  if (has_new_trigger || after.size > before.size) {
    const Command* const wanted = &after;
    const auto allowed = Facts(sql, std::span(&wanted, 1)).check(after, &before, write.rule);
    if (!allowed) return allowed.error();
  }
  ++after.revision;
  after.updated_at = now;
  database::update(sql, after);
  record_command(changes, write.actor, &before, &after);
  return after;
}

struct SizedId {
  base::CommandId id;
  std::uint64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(SizedId, (), (id, size))

/// First finds out from the index where the page ends, so that no more texts are read than it has.
CommandPage read_page(soci::session& sql, base::GuildId guild, base::CommandId before, std::size_t max) {
  const auto ids = query<SizedId>(sql,
                                  "SELECT id, size FROM commands WHERE guild_id = :guild AND id < :before "
                                  "ORDER BY id DESC LIMIT " +
                                      std::to_string(max + 1),
                                  guild, before);
  if (ids.empty()) return {};
  std::size_t count = 0;
  std::uint64_t size = 0;
  while (count < ids.size() && count < max) {
    size += ids[count].size;
    if (count > 0 && size > CommandStore::max_page_size) break;
    ++count;
  }
  return {select<Command>(sql, "WHERE guild_id = :guild AND id < :before AND id >= :last ORDER BY id DESC", guild,
                          before, ids[count - 1].id),
          count < ids.size()};
}

const std::string select_triggers =
    "SELECT commands.guild_id, guilds.prefix, commands.id, commands.revision, commands.`trigger`, "
    "commands.case_sensitive "
    "FROM commands JOIN guilds ON guilds.id = commands.guild_id WHERE commands.enabled = 1 AND ";

}  // namespace

CommandRepository::CommandRepository(Database& database)
    : database_(database),
      creation_(std::make_shared<const BatchWork>(create_all)),
      lists_(database.feed(), Entity::commands, list_cache_bytes, weigh_list),
      commands_(database.feed(), Entity::commands, command_cache_bytes, weigh_command),
      pages_(database.feed(), Entity::commands, page_cache_bytes, weigh_page) {}

net::Task<CommandRepository::List> CommandRepository::list(base::GuildId guild) {
  if (auto known = lists_.find(guild)) co_return std::move(*known);
  const auto ticket = lists_.ticket(guild);
  ReadJob<List> job = [guild](soci::session& sql) {
    return std::make_shared<const std::vector<CommandSummary>>(query<CommandSummary>(
        sql,
        "SELECT id, guild_id, `trigger`, case_sensitive, enabled, response, interaction IS NOT NULL, "
        "revision, created_at, updated_at "
        "FROM commands WHERE guild_id = :guild ORDER BY id",
        guild));
  };
  auto commands = co_await database_.read(std::move(job));
  lists_.put(guild, commands, ticket);
  co_return commands;
}

net::Task<CommandRepository::Pointer> CommandRepository::find(base::GuildId guild, base::CommandId id) {
  const CommandKey key{guild, id};
  if (auto known = commands_.find(key)) co_return std::move(*known);
  const auto ticket = commands_.ticket(key);
  ReadJob<Pointer> job = [guild, id](soci::session& sql) -> Pointer {
    auto found = select_one<Command>(sql, "WHERE guild_id = :guild AND id = :id", guild, id);
    return found ? std::make_shared<const Command>(*std::move(found)) : nullptr;
  };
  auto command = co_await database_.read(std::move(job));
  // Ids that do not exist are not kept: there are too many of them.
  if (command) commands_.put(key, command, ticket);
  co_return command;
}

net::Task<CommandRepository::Page> CommandRepository::page(base::GuildId guild, base::CommandId before,
                                                           std::size_t max) {
  const CommandPageKey key{guild, before, max};
  if (auto known = pages_.find(key)) co_return std::move(*known);
  const auto ticket = pages_.ticket(key);
  ReadJob<Page> job = [guild, before, max](soci::session& sql) -> Page {
    return std::make_shared<const CommandPage>(read_page(sql, guild, before, max));
  };
  auto commands = co_await database_.read(std::move(job));
  pages_.put(key, commands, ticket);
  co_return commands;
}

CacheCounters CommandRepository::cache_counters() const {
  CacheCounters sum;
  for (const auto& counters : {lists_.counters(), commands_.counters(), pages_.counters()}) {
    sum.hits += counters.hits;
    sum.misses += counters.misses;
    sum.entries += counters.entries;
  }
  return sum;
}

net::Task<base::Result<Command>> CommandRepository::create(Command draft, CommandWrite write) {
  const auto creation = std::make_shared<Creation>(Creation{std::move(draft), std::move(write)});
  creation->command.size = stored_size(creation->command);
  creation->command.trigger_key = base::word_key(creation->command.trigger);
  creation->command.revision = 1;
  creation->command.created_at = creation->command.updated_at = database_.clock().now();
  co_await database_.write_batched(creation_, creation);
  if (!*creation->outcome) co_return creation->outcome->error();
  co_return std::move(creation->command);
}

net::Task<base::Result<Command>> CommandRepository::update(base::GuildId guild, base::CommandId id,
                                                           CommandChange wanted,
                                                           std::optional<std::uint64_t> expected_revision,
                                                           CommandWrite write) {
  WriteJob<base::Result<Command>> job = [guild, id, wanted = std::move(wanted), expected_revision,
                                         write = std::move(write), now = database_.clock().now()](
                                            soci::session& sql, Changes& changes) -> base::Result<Command> {
    const auto before = current(sql, guild, id, expected_revision);
    if (!before) return before.error();
    return change_command(sql, *before, wanted, write, now, changes);
  };
  co_return co_await database_.write(std::move(job));
}

net::Task<base::Result<void>> CommandRepository::remove(base::GuildId guild, base::CommandId id,
                                                        std::optional<std::uint64_t> expected_revision, Actor actor) {
  WriteJob<base::Result<void>> job = [guild, id, expected_revision, actor = std::move(actor)](
                                         soci::session& sql, Changes& changes) -> base::Result<void> {
    const auto before = current(sql, guild, id, expected_revision);
    if (!before) return before.error();
    execute(sql, "DELETE FROM commands WHERE id = :id", id);
    record_command(changes, actor, &*before, nullptr);
    return {};
  };
  co_return co_await database_.write(std::move(job));
}

net::Task<std::vector<Trigger>> CommandRepository::triggers(std::vector<base::GuildId> guilds) {
  ReadJob<std::vector<Trigger>> job = [guilds = std::move(guilds)](soci::session& sql) {
    std::vector<Trigger> found;
    for (const auto chunk : chunked(std::span(guilds))) {
      auto triggers =
          query<Trigger>(sql, select_triggers + "commands.guild_id IN " + placeholders(chunk.size()), chunk);
      found.insert(found.end(), std::move_iterator(triggers.begin()), std::move_iterator(triggers.end()));
    }
    return found;
  };
  co_return co_await database_.read(std::move(job));
}

net::Task<std::vector<Trigger>> CommandRepository::triggers_after(base::CommandId after) {
  ReadJob<std::vector<Trigger>> job = [after](soci::session& sql) {
    return query<Trigger>(
        sql, select_triggers + "commands.id > :after ORDER BY commands.id LIMIT " + std::to_string(triggers_page),
        after);
  };
  co_return co_await database_.read(std::move(job));
}

}  // namespace guildhall::database
