#include "database/models/new_commands.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "database/insert_many.hpp"
#include "database/models/command_repository.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using base::Errc;
using base::Error;
using Items = std::span<NewCommand* const>;
using Name = std::pair<base::GuildId, std::string>;

/// Commands that one statement looks for by their names.
constexpr std::size_t names_at_once = 50;

struct Guild {
  std::string prefix;
  long long commands = 0;
};

/// What is there before.
struct State {
  std::map<base::GuildId, Guild> guilds;
  std::set<Name> names;
  base::CommandId last;
};

void select_guilds(soci::session& sql, Items items, State& state) {
  std::set<base::GuildId> ids;
  for (const auto* item : items) ids.insert(item->command.guild_id);
  base::GuildId id;
  Guild guild;
  soci::statement statement(sql);
  statement.exchange(soci::into(id));
  statement.exchange(soci::into(guild.prefix));
  statement.exchange(soci::into(guild.commands));
  statement.exchange(soci::into(state.last));
  std::string places;
  for (const auto& wanted : ids) {
    statement.exchange(soci::use(wanted));
    places += (places.empty() ? ":g" : ", :g") + std::to_string(places.size());
  }
  statement.alloc();
  statement.prepare(
      "SELECT id, prefix, (SELECT COUNT(*) FROM commands WHERE guild_id = guilds.id), "
      "(SELECT COALESCE(MAX(id), 0) FROM commands) FROM guilds WHERE id IN (" +
      places + ")");
  statement.define_and_bind();
  statement.execute();
  while (statement.fetch()) state.guilds.emplace(id, guild);
}

void select_names(soci::session& sql, Items items, State& state) {
  base::GuildId guild;
  std::string trigger;
  soci::statement statement(sql);
  statement.exchange(soci::into(guild));
  statement.exchange(soci::into(trigger));
  std::string condition;
  std::size_t place = 0;
  for (const auto* item : items) {
    statement.exchange(soci::use(item->command.guild_id));
    statement.exchange(soci::use(item->command.trigger));
    const auto number = std::to_string(++place);
    condition += (place == 1 ? "" : " OR ") + ("(guild_id = :g" + number) + " AND `trigger` = :t" + number + ")";
  }
  statement.alloc();
  statement.prepare("SELECT guild_id, `trigger` FROM commands WHERE " + condition);
  statement.define_and_bind();
  statement.execute();
  while (statement.fetch()) state.names.emplace(guild, trigger);
}

State look(soci::session& sql, Items items) {
  State state;
  select_guilds(sql, items, state);
  for (std::size_t first = 0; first < items.size(); first += names_at_once) {
    select_names(sql, items.subspan(first, std::min(names_at_once, items.size() - first)), state);
  }
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
  insert_many(sql,
              "INSERT INTO commands (guild_id, `trigger`, response, interaction, revision, created_at, updated_at) "
              "VALUES ",
              7, items, [](soci::statement& statement, const NewCommand* item) {
                const Command& command = item->command;
                statement.exchange(soci::use(command.guild_id));
                statement.exchange(soci::use(command.trigger));
                statement.exchange(soci::use(command.response));
                statement.exchange(soci::use(command.interaction));
                statement.exchange(soci::use(command.revision));
                statement.exchange(soci::use(command.created_at));
                statement.exchange(soci::use(command.updated_at));
              });
}

/// Transactions that write go one after the other, so all behind `last` are those that were inserted, in their order.
void select_ids(soci::session& sql, base::CommandId last, const std::vector<NewCommand*>& items) {
  base::CommandId id;
  soci::statement statement =
      (sql.prepare << "SELECT id FROM commands WHERE id > :last ORDER BY id", soci::into(id), soci::use(last));
  statement.execute();
  for (auto* item : items) {
    if (!statement.fetch()) throw soci::soci_error("A new command has no id");
    item->command.id = id;
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
  if (admitted.empty()) return;
  insert(sql, admitted);
  select_ids(sql, state.last, admitted);
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
