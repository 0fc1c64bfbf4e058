#include "sim/rest/command_routes.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>
#include <set>
#include <utility>

#include "sim/answers.hpp"
#include "sim/interactions/command_form.hpp"
#include "sim/rest/channel_access.hpp"

namespace guildhall::sim {
namespace {

using Scope = std::optional<GuildId>;

DiscordError unknown_command() { return {404, 10063, "Unknown application command"}; }
DiscordError entry_point_missing() {
  return {400, 50240,
          "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point "
          "command in your update request or delete it separately."};
}
DiscordError too_many_commands() { return {400, 30032, "Maximum number of application commands reached (100)"}; }

/// The scope in the path: the bot's own application, and for a guild one that the bot is in.
Scope scope_of(const ApiCall& call) {
  if (path_id<ApplicationId>(call, "application_id") != call.sim.world.application.id) {
    throw DiscordError{403, 20012, "You are not authorized to perform this action on this application"};
  }
  if (call.params["guild_id"].empty()) return std::nullopt;
  const auto id = path_id<GuildId>(call, "guild_id");
  const Guild* guild = call.sim.world.find_guild(id);
  if (guild == nullptr || !guild->bot) throw missing_access();
  return id;
}

const ApplicationCommand& find_command(const ApiCall& call, Scope scope) {
  const auto* command = call.sim.commands.find(scope, path_id<ApplicationCommandId>(call, "command_id"));
  if (command == nullptr) throw unknown_command();
  return *command;
}

CommandRegistry::NewId new_ids(Simulation& sim) {
  return [&sim] { return sim.new_snowflake(); };
}

void fill_in_options(boost::json::object& command, const boost::json::object& members) {
  auto* options = command.if_contains("options");
  if (options == nullptr || members.empty()) return;
  for (auto& option : options->as_array()) {
    fill_in(option.as_object(), members);
    fill_in_options(option.as_object(), members);
  }
}

boost::json::object shown_command(const ApiCall& call, const ApplicationCommand& command) {
  auto response = command_response(call.sim.world.application.id, command);
  const auto& behaviour = call.sim.world.behaviour;
  fill_in(response, behaviour.command_members);
  fill_in_options(response, behaviour.option_members);
  return response;
}

net::Response list_of(const ApiCall& call, Scope scope) {
  boost::json::array list;
  for (const auto* command : call.sim.commands.list(scope)) list.push_back(shown_command(call, *command));
  return json_answer(200, list);
}

std::vector<ApplicationCommand> read_commands(std::string_view body, Scope scope) {
  boost::system::error_code error;
  const auto value = boost::json::parse(body, error);
  if (error) throw DiscordError{400, 50109, "The request body contains invalid JSON."};
  FormProblems problems;
  std::vector<ApplicationCommand> commands;
  std::set<std::pair<CommandType, std::string>> names;
  const auto* list = value.if_array();
  if (list == nullptr) problems.add({}, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const FormProblems::Path path{std::to_string(i)};
    const auto* object = (*list)[i].if_object();
    if (object == nullptr) {
      problems.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
      continue;
    }
    auto command = read_command(*object, problems, path);
    command.guild = scope;
    if (!names.emplace(command.type, command.name).second) {
      problems.add(path, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
    }
    commands.push_back(std::move(command));
  }
  problems.throw_if_any();
  return commands;
}

bool fit(const std::vector<ApplicationCommand>& commands) {
  std::map<CommandType, std::size_t> counts;
  for (const auto& command : commands) ++counts[command.type];
  return std::all_of(counts.begin(), counts.end(), [](const auto& count) {
    return count.second <= (count.first == CommandType::chat_input ? CommandRegistry::chat_inputs_per_scope
                                                                   : CommandRegistry::menus_per_scope);
  });
}

/// Discord makes an Entry Point command for Activities; it is only deleted by itself.
bool removes_entry_point(const ApiCall& call, Scope scope, const std::vector<ApplicationCommand>& commands) {
  const auto known = call.sim.commands.list(scope);
  const auto is_entry_point = [](CommandType type) { return type == CommandType::primary_entry_point; };
  const bool exists =
      std::any_of(known.begin(), known.end(), [&](const auto* command) { return is_entry_point(command->type); });
  return exists && std::none_of(commands.begin(), commands.end(),
                                [&](const auto& command) { return is_entry_point(command.type); });
}

}  // namespace

net::Response list_commands(const ApiCall& call) { return list_of(call, scope_of(call)); }

net::Response create_command(const ApiCall& call) {
  const auto scope = scope_of(call);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  auto command = read_command(body, problems);
  problems.throw_if_any();
  command.guild = scope;
  const bool known = call.sim.commands.find(scope, command.type, command.name) != nullptr;
  const auto* made = call.sim.commands.put(std::move(command), new_ids(call.sim));
  if (made == nullptr) throw too_many_commands();
  call.sim.feed.world_changed();
  return json_answer(known ? 200 : 201, shown_command(call, *made));
}

net::Response overwrite_commands(const ApiCall& call) {
  const auto scope = scope_of(call);
  auto commands = read_commands(call.request.body, scope);
  if (!fit(commands)) throw too_many_commands();
  if (removes_entry_point(call, scope, commands)) throw entry_point_missing();
  call.sim.commands.overwrite(scope, std::move(commands), new_ids(call.sim));
  call.sim.feed.world_changed();
  return list_of(call, scope);
}

net::Response get_command(const ApiCall& call) {
  const auto scope = scope_of(call);
  return json_answer(200, shown_command(call, find_command(call, scope)));
}

net::Response edit_command(const ApiCall& call) {
  const auto scope = scope_of(call);
  const ApplicationCommand& known = find_command(call, scope);
  const auto body = parse_form_body(call.request.body);
  auto merged = known.definition;
  for (const auto& [name, value] : body) {
    if (name != "type") merged[name] = value;
  }
  FormProblems problems;
  auto command = read_command(merged, problems);
  problems.throw_if_any();
  command.id = known.id;
  command.guild = scope;
  if (!call.sim.commands.change(command, new_ids(call.sim))) {
    throw invalid_form("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
  }
  call.sim.feed.world_changed();
  return json_answer(200, shown_command(call, *call.sim.commands.find(scope, command.id)));
}

net::Response delete_command(const ApiCall& call) {
  const auto scope = scope_of(call);
  const ApplicationCommand& command = find_command(call, scope);
  call.sim.commands.remove(scope, command.id);
  call.sim.feed.world_changed();
  return no_content();
}

}  // namespace guildhall::sim
