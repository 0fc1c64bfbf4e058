#include "bot/commands/registration.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <span>
#include <string>

#include "bot/commands/registry.hpp"
#include "discord/model/fields.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"
#include "net/async/backoff.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::ErrorCode;

constexpr unsigned max_attempts = 8;
constexpr net::Backoff::Options registration_pauses{.first = std::chrono::seconds(2), .max = std::chrono::minutes(5)};

// Discord: interactions/application-commands, Application Command Structure, and those of options and choices. Null,
// false and empty are the same as absent.
constexpr auto choice_members = std::to_array<std::string_view>({"name", "name_localizations", "value"});
constexpr auto option_members = std::to_array<std::string_view>(
    {"type", "name", "name_localizations", "description", "description_localizations", "required", "choices", "options",
     "min_value", "max_value", "min_length", "max_length", "channel_types", "autocomplete", "file_types"});
constexpr auto command_members =
    std::to_array<std::string_view>({"type", "name", "name_localizations", "description", "description_localizations",
                                     "options", "default_member_permissions", "nsfw"});
/// Discord fills these in by the application's settings.
constexpr auto filled_in_members = std::to_array<std::string_view>({"contexts", "integration_types"});
/// Of commands that are not ours, what Discord takes again.
constexpr auto kept_members = std::to_array<std::string_view>(
    {"id", "type", "name", "name_localizations", "description", "description_localizations", "options",
     "default_member_permissions", "contexts", "integration_types", "handler", "nsfw"});

bool is_default(const json::value& value) {
  if (value.is_null()) return true;
  if (const auto* flag = value.if_bool()) return !*flag;
  if (const auto* array = value.if_array()) return array->empty();
  if (const auto* object = value.if_object()) return object->empty();
  return false;
}

json::value sorted(json::value numbers) {
  if (auto* list = numbers.if_array()) {
    std::ranges::sort(*list, {}, [](const json::value& number) { return json::serialize(number); });
  }
  return numbers;
}

std::span<const std::string_view> members_of(std::string_view list) {
  if (list == "choices") return choice_members;
  return option_members;
}

json::object normal_form(const json::value& value, std::span<const std::string_view> members) {
  json::object normal;
  const auto* object = value.if_object();
  if (object == nullptr) return normal;
  for (const auto name : members) {
    const auto* member = object->if_contains(name);
    if (member == nullptr || is_default(*member)) continue;
    const bool nested = name == "options" || name == "choices";
    if (nested && member->is_array()) {
      json::array list;
      for (const auto& item : member->get_array()) {
        list.push_back(normal_form(item, members_of(name)));
      }
      normal.emplace(name, std::move(list));
    } else if (name == "default_member_permissions" && member->is_number()) {
      normal.emplace(name, json::serialize(*member));  // Accepted as a number, returned as a string.
    } else if (name == "channel_types") {
      normal.emplace(name, sorted(*member));
    } else {
      normal.emplace(name, *member);
    }
  }
  return normal;
}

std::int64_t type_of(const json::object& command) {
  return discord::integer_field(command, "type").value_or(chat_input);
}

bool is_same_command(const json::object& a, const json::object& b) {
  return type_of(a) == type_of(b) && a.if_contains("name") != nullptr && b.if_contains("name") != nullptr &&
         a.at("name") == b.at("name");
}

const json::object* find_command(const json::array& commands, const json::object& wanted) {
  for (const auto& command : commands) {
    if (command.is_object() && is_same_command(command.get_object(), wanted)) return &command.get_object();
  }
  return nullptr;
}

bool does_the_same(const json::object& registered, const json::object& wanted) {
  if (normal_form(registered, command_members) != normal_form(wanted, command_members)) return false;
  return std::ranges::all_of(filled_in_members, [&](std::string_view name) {
    const auto* said = wanted.if_contains(name);
    const auto* filled_in = registered.if_contains(name);
    return said == nullptr || (filled_in != nullptr && sorted(*said) == sorted(*filled_in));
  });
}

/// Returns whether Discord's commands had to be replaced.
net::Task<base::Result<bool>> attempt(discord::DiscordApi& api, discord::ApplicationId application) {
  auto wanted = slash_command_definitions();
  const auto registered = co_await api.global_commands(application);
  if (!registered) co_return registered.error();
  if (has_commands(*registered, wanted)) co_return false;
  auto all = with_others(std::move(wanted), *registered);
  const auto overwritten = co_await api.overwrite_global_commands(application, std::move(all));
  if (!overwritten) co_return overwritten.error();
  co_return true;
}

bool is_temporary(base::Errc code) {
  return code == base::Errc::unavailable || code == base::Errc::timed_out || code == base::Errc::rate_limited;
}

std::string_view remedy_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::entry_point_missing:
      return "The application has an Entry Point command, which Discord did not list. Restart guildhall, or switch "
             "Activities off in the Developer Portal (https://discord.com/developers/applications, page Activities).";
    case ErrorCode::wrong_application:
    case ErrorCode::missing_access:
      return "Set DISCORD_CLIENT_ID and DISCORD_BOT_TOKEN to those of one application and restart guildhall.";
    case ErrorCode::too_many_commands:
      return "Other programs have registered too many commands for this application. Remove some of them and restart "
             "guildhall.";
    case ErrorCode::too_many_commands_created:
      return "Too many commands were created for this application today. Restart guildhall tomorrow.";
    case ErrorCode::invalid_form_body:
      return "Another program's command may be what Discord no longer accepts. Remove it and restart guildhall.";
    default: return "Restart guildhall to try again.";
  }
}

std::string describe(const base::Error& error) {
  return "Slash commands are not registered. " + error.message + (error.message.ends_with('.') ? " " : ". ") +
         std::string(remedy_for(discord::discord_code(error)));
}

}  // namespace

bool has_commands(const json::array& registered, const json::array& wanted) {
  return std::ranges::all_of(wanted, [&](const json::value& command) {
    const auto* found = find_command(registered, command.as_object());
    return found != nullptr && does_the_same(*found, command.as_object());
  });
}

json::array with_others(json::array wanted, const json::array& registered) {
  const auto ours = wanted;
  for (const auto& command : registered) {
    if (!command.is_object() || find_command(ours, command.get_object()) != nullptr) continue;
    auto kept = normal_form(command, kept_members);
    // What older programs say in place of contexts.
    const bool no_messages = discord::flag_field(command.get_object(), "dm_permission") == false;
    if (no_messages && !kept.contains("contexts")) kept["contexts"] = json::array{guild_context};
    wanted.push_back(std::move(kept));
  }
  return wanted;
}

net::Task<std::string> register_slash_commands(discord::DiscordApi& api, discord::ApplicationId application,
                                               base::Log log) {
  net::Backoff backoff(registration_pauses);
  bool listed_again = false;
  for (;;) {
    const auto replaced = co_await attempt(api, application);
    if (replaced) {
      if (*replaced) log.info("Slash commands registered", {{"commands", slash_commands().size()}});
      co_return "";
    }
    const auto& error = replaced.error();
    // The Entry Point command may have been made since it was listed.
    const bool changed =
        discord::discord_code(error) == ErrorCode::entry_point_missing && !std::exchange(listed_again, true);
    if (!changed && (!is_temporary(error.code) || backoff.attempts() + 1 == max_attempts)) {
      const auto sentence = describe(error);
      log.error(sentence);
      co_return sentence;
    }
    if (changed) continue;
    const std::chrono::milliseconds pause = std::max(backoff.next(), error.retry_after);
    co_await net::sleep_for(pause);
  }
}

}  // namespace guildhall::bot
