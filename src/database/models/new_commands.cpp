#include "database/models/new_commands.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "database/insert_many.hpp"
#include "database/models/command_repository.hpp"
#include "database/parts.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using base::Errc;
using base::Error;
using Items = std::span<NewCommand* const>;
using Name = std::pair<base::GuildId, std::string>;

/// Commands that one statement looks for by their names.
constexpr std::size_t names_at_once = 100;

struct Guild {
  std::string prefix;
  long long commands = 0;
};

/// What is there before.
struct State {
  std::map<base::GuildId, Guild> guilds;
  std::set<Name> names;
};

/// Adds to `state` the guilds of `items`, with their prefix and number of commands, and those of their names that are
/// taken, told from guilds by a number below zero.
void look(soci::session& sql, Items items, State& state) {
  std::set<base::GuildId> ids;
  for (const auto* item : items) ids.insert(item->command.guild_id);
  base::GuildId guild;
  std::string text;
  long long commands = 0;
  soci::statement statement(sql);
  statement.exchange(soci::into(guild));
  statement.exchange(soci::into(text));
  statement.exchange(soci::into(commands));
  std::string guilds;
  for (const auto& id : ids) {
    statement.exchange(soci::use(id));
    guilds += (guilds.empty() ? ":i" : ", :i") + std::to_string(guilds.size());
  }
  std::string names;
  for (const auto* item : items) {
    statement.exchange(soci::use(item->command.guild_id));
    statement.exchange(soci::use(item->command.trigger));
    const auto number = std::to_string(names.size());
    names += (names.empty() ? "" : " OR ") + ("(guild_id = :g" + number) + " AND `trigger` = :t" + number + ")";
  }
  statement.alloc();
  statement.prepare(
      "SELECT guilds.id, guilds.prefix, COUNT(commands.id) FROM guilds "
      "LEFT JOIN commands ON commands.guild_id = guilds.id WHERE guilds.id IN (" +
      guilds + ") GROUP BY guilds.id UNION ALL SELECT guild_id, `trigger`, -1 FROM commands WHERE " + names);
  statement.define_and_bind();
  statement.execute();
  while (statement.fetch()) {
    if (commands < 0) {
      state.names.emplace(guild, text);
    } else {
      state.guilds.emplace(guild, Guild{text, commands});
    }
  }
}

State look(soci::session& sql, Items items) {
  State state;
  for (const auto some : in_parts(items, names_at_once)) look(sql, some, state);
  return state;
}

/// Whether there may be such a command beside those that `state` has, which it then has too.
base::Result<void> admit(State& state, const Command& command) {
  const auto guild = state.guilds.find(command.guild_id);
  if (guild == state.guilds.end()) return no_such_guild();
  const auto checked = check_prefix(command.trigger, guild->second.prefix);
  if (!checked) return checked.error();
  constexpr auto most = static_cast<long long>(CommandRepository::max_commands);
  const Name name{command.guild_id, command.trigger};
  if (state.names.contains(name)) return trigger_is_taken();
  if (guild->second.commands >= most) {
    return Error{Errc::conflict,
                 "The guild has " + std::to_string(most) + " commands, and more are not allowed: delete one first.",
                 {},
                 {}};
  }
  state.names.insert(name);
  ++guild->second.commands;
  return {};
}

void insert(soci::session& sql, const std::vector<NewCommand*>& items) {
  const Destination commands{"commands", "guild_id, `trigger`, response, interaction, revision, created_at, updated_at",
                             7, "id"};
  const auto ids = insert_numbered(sql, commands, items, [](soci::statement& statement, const NewCommand* item) {
    const Command& command = item->command;
    statement.exchange(soci::use(command.guild_id));
    statement.exchange(soci::use(command.trigger));
    statement.exchange(soci::use(command.response));
    statement.exchange(soci::use(command.interaction));
    statement.exchange(soci::use(command.revision));
    statement.exchange(soci::use(command.created_at));
    statement.exchange(soci::use(command.updated_at));
  });
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i]->command.id = base::CommandId{static_cast<std::uint64_t>(ids[i])};
  }
}

}  // namespace

void NewCommands::write(soci::session& sql, Items items, Changes& changes) {
  auto state = look(sql, items);
  std::vector<NewCommand*> admitted;
  for (auto* item : items) {
    const auto allowed = admit(state, item->command);
    if (allowed) admitted.push_back(item);
    if (!allowed) item->made = allowed.error();
  }
  insert(sql, admitted);
  for (auto* item : admitted) {
    changes.add(Entity::commands, item->command.guild_id);
    item->made = item->command;
  }
}

Error no_such_guild() { return {Errc::not_found, "There is no such guild.", {}, {}}; }

Error trigger_is_taken() { return {Errc::conflict, "The guild has a command with this trigger.", "/trigger", {}}; }

base::Result<void> check_prefix(const std::string& trigger, const std::string& prefix) {
  if (!trigger.starts_with(prefix)) return {};
  return base::invalid("/trigger", "A trigger must not start with the guild's prefix.");
}

}  // namespace guildhall::database
