#include "database/models/command_repository.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "database/database.hpp"
#include "database/models/new_commands.hpp"
#include "database/parts.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t cache_bytes = 32 << 20;
/// Guilds whose triggers one statement reads.
constexpr std::size_t guilds_at_once = 100;

std::size_t weigh(const std::vector<Command>& commands) {
  std::size_t bytes = 0;
  for (const auto& command : commands) {
    bytes += sizeof command + command.trigger.size() + command.response.size();
    if (command.interaction) bytes += command.interaction->size();
  }
  return bytes;
}

/// All commands of the guild by id, or only the one that `id` names.
std::vector<Command> select(soci::session& sql, base::GuildId guild, std::optional<base::CommandId> id) {
  Command row;
  soci::statement statement(sql);
  statement.exchange(soci::into(row.id));
  statement.exchange(soci::into(row.guild_id));
  statement.exchange(soci::into(row.trigger));
  statement.exchange(soci::into(row.response));
  statement.exchange(soci::into(row.interaction));
  statement.exchange(soci::into(row.revision));
  statement.exchange(soci::into(row.created_at));
  statement.exchange(soci::into(row.updated_at));
  statement.exchange(soci::use(guild));
  if (id) statement.exchange(soci::use(*id));
  statement.alloc();
  statement.prepare(
      std::string("SELECT id, guild_id, `trigger`, response, interaction, revision, created_at, updated_at "
                  "FROM commands WHERE guild_id = :guild ") +
      (id ? "AND id = :id" : "ORDER BY id"));
  statement.define_and_bind();
  statement.execute();
  std::vector<Command> commands;
  while (statement.fetch()) commands.push_back(row);
  return commands;
}

/// The triggers of commands that `condition` is true of, which has a placeholder for each of `values`.
template <class Value>
std::vector<Trigger> select_triggers(soci::session& sql, const std::string& condition, std::span<const Value> values) {
  Trigger row;
  soci::statement statement(sql);
  statement.exchange(soci::into(row.guild_id));
  statement.exchange(soci::into(row.prefix));
  statement.exchange(soci::into(row.command_id));
  statement.exchange(soci::into(row.revision));
  statement.exchange(soci::into(row.trigger));
  for (const Value& value : values) statement.exchange(soci::use(value));
  statement.alloc();
  statement.prepare(
      "SELECT commands.guild_id, guilds.prefix, commands.id, commands.revision, commands.`trigger` "
      "FROM commands JOIN guilds ON guilds.id = commands.guild_id WHERE " +
      condition);
  statement.define_and_bind();
  statement.execute();
  std::vector<Trigger> found;
  while (statement.fetch()) found.push_back(row);
  return found;
}

std::optional<std::string> select_prefix(soci::session& sql, base::GuildId guild) {
  std::string prefix;
  sql << "SELECT prefix FROM guilds WHERE id = :id", soci::into(prefix), soci::use(guild);
  if (!sql.got_data()) return std::nullopt;
  return prefix;
}

/// Whether a command of the guild may be called `trigger`.
base::Result<void> check_trigger(soci::session& sql, base::GuildId guild, const std::string& trigger) {
  const auto prefix = select_prefix(sql, guild);
  if (!prefix) return no_such_guild();
  const auto checked = check_prefix(trigger, *prefix);
  if (!checked) return checked.error();
  int same = 0;
  sql << "SELECT COUNT(*) FROM commands WHERE guild_id = :guild AND `trigger` = :trigger", soci::into(same),
      soci::use(guild), soci::use(trigger);
  if (same > 0) return trigger_is_taken();
  return {};
}

/// The command, in the revision that the writer expects.
base::Result<Command> current(soci::session& sql, base::GuildId guild, base::CommandId id,
                              std::optional<std::uint64_t> expected_revision) {
  auto found = select(sql, guild, id);
  if (found.empty()) return Error{Errc::not_found, "There is no such command.", {}, {}};
  if (expected_revision && *expected_revision != found.front().revision) {
    return Error{Errc::precondition_failed, "The command has been changed in the meantime.", {}, {}};
  }
  return std::move(found.front());
}

base::Result<Command> change_to(soci::session& sql, const Command& before, Command after, base::Timestamp now,
                                Changes& changes) {
  if (after.trigger == before.trigger && after.response == before.response && after.interaction == before.interaction) {
    return before;
  }
  if (after.trigger != before.trigger) {
    const auto allowed = check_trigger(sql, after.guild_id, after.trigger);
    if (!allowed) return allowed.error();
  }
  ++after.revision;
  after.updated_at = now;
  sql << "UPDATE commands SET `trigger` = :trigger, response = :response, interaction = :interaction, "
         "revision = :revision, updated_at = :now WHERE id = :id",
      soci::use(after.trigger), soci::use(after.response), soci::use(after.interaction), soci::use(after.revision),
      soci::use(after.updated_at), soci::use(after.id);
  changes.add(Entity::commands, after.guild_id);
  return after;
}

}  // namespace

CommandRepository::CommandRepository(Database& database)
    : database_(database),
      new_commands_(std::make_shared<NewCommands>()),
      cache_(database.feed(), Entity::commands, cache_bytes, weigh) {}

net::Task<CommandRepository::List> CommandRepository::list(base::GuildId guild) {
  if (auto known = cache_.find(guild)) co_return std::move(*known);
  const auto ticket = cache_.ticket(guild);
  ReadJob<List> job = [guild](soci::session& sql) {
    return std::make_shared<const std::vector<Command>>(select(sql, guild, std::nullopt));
  };
  auto reading = database_.read(std::move(job));
  auto commands = co_await std::move(reading);
  cache_.put(guild, commands, ticket);
  co_return commands;
}

net::Task<std::shared_ptr<const Command>> CommandRepository::find(base::GuildId guild, base::CommandId id) {
  auto listing = list(guild);
  const auto commands = co_await std::move(listing);
  const auto found = std::ranges::lower_bound(*commands, id, {}, &Command::id);
  if (found == commands->end() || found->id != id) co_return nullptr;
  co_return std::shared_ptr<const Command>(commands, &*found);
}

net::Task<std::vector<Trigger>> CommandRepository::triggers(std::vector<base::GuildId> guilds) {
  ReadJob<std::vector<Trigger>> job = [guilds = std::move(guilds)](soci::session& sql) {
    std::vector<Trigger> found;
    for (const auto some : in_parts(std::span(guilds), guilds_at_once)) {
      std::string places;
      for (std::size_t i = 0; i < some.size(); ++i) places += (i == 0 ? ":g" : ", :g") + std::to_string(i);
      auto triggers = select_triggers(sql, "commands.guild_id IN (" + places + ")", some);
      found.insert(found.end(), std::move_iterator(triggers.begin()), std::move_iterator(triggers.end()));
    }
    return found;
  };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

net::Task<std::vector<Trigger>> CommandRepository::triggers_after(base::CommandId after) {
  ReadJob<std::vector<Trigger>> job = [after](soci::session& sql) {
    return select_triggers(sql, "commands.id > :after ORDER BY commands.id LIMIT " + std::to_string(triggers_page),
                           std::span(&after, 1));
  };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

net::Task<base::Result<Command>> CommandRepository::create(base::GuildId guild, std::string trigger,
                                                           std::string response,
                                                           std::optional<std::string> interaction) {
  const auto item = std::make_shared<NewCommand>();
  auto& command = item->command;
  command.guild_id = guild;
  command.trigger = std::move(trigger);
  command.response = std::move(response);
  command.interaction = std::move(interaction);
  command.created_at = command.updated_at = database_.clock().now();
  auto writing = database_.write(new_commands_, item);
  co_await std::move(writing);
  co_return *std::move(item->made);
}

net::Task<base::Result<Command>> CommandRepository::update(base::GuildId guild, base::CommandId id,
                                                           CommandChange change,
                                                           std::optional<std::uint64_t> expected_revision) {
  WriteJob<base::Result<Command>> job = [guild, id, change = std::move(change), expected_revision,
                                         now = database_.clock().now()](soci::session& sql,
                                                                        Changes& changes) -> base::Result<Command> {
    const auto before = current(sql, guild, id, expected_revision);
    if (!before) return before.error();
    Command after = *before;
    if (change.trigger) after.trigger = *change.trigger;
    if (change.response) after.response = *change.response;
    if (change.interaction) after.interaction = *change.interaction;
    return change_to(sql, *before, std::move(after), now, changes);
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

net::Task<base::Result<void>> CommandRepository::remove(base::GuildId guild, base::CommandId id,
                                                        std::optional<std::uint64_t> expected_revision) {
  WriteJob<base::Result<void>> job = [guild, id, expected_revision](soci::session& sql,
                                                                    Changes& changes) -> base::Result<void> {
    const auto found = current(sql, guild, id, expected_revision);
    if (!found) return found.error();
    sql << "DELETE FROM commands WHERE id = :id", soci::use(id);
    changes.add(Entity::commands, guild);
    return {};
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

}  // namespace guildhall::database
