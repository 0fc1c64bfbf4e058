#include "bot/commands/registration.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <map>
#include <string>

#include "bot/commands/registry.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/async/backoff.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;

constexpr unsigned max_attempts = 8;
constexpr net::Backoff::Options retry_pauses{.first = std::chrono::seconds(2), .max = std::chrono::minutes(5)};

/// Set by Discord, or deprecated.
constexpr std::array<std::string_view, 5> ignored_members{"id", "application_id", "version", "guild_id",
                                                          "dm_permission"};

bool is_default(const json::value& value) {
  if (value.is_null()) return true;
  if (const auto* flag = value.if_bool()) return !*flag;
  if (const auto* array = value.if_array()) return array->empty();
  if (const auto* object = value.if_object()) return object->empty();
  return false;
}

json::value normal_form(const json::value& value) {
  if (const auto* array = value.if_array()) {
    json::array normal;
    for (const auto& element : *array) normal.push_back(normal_form(element));
    return normal;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return value;
  json::object normal;
  for (const auto& [key, member] : *object) {
    if (!is_default(member)) normal.emplace(key, normal_form(member));
  }
  return normal;
}

std::map<std::string, json::value> by_name(const json::array& commands) {
  std::map<std::string, json::value> named;
  for (const auto& command : commands) {
    auto normal = normal_form(command);
    if (auto* object = normal.if_object()) {
      for (const auto key : ignored_members) object->erase(key);
      // Accepted as a number, returned as a string.
      auto* permissions = object->if_contains("default_member_permissions");
      if (permissions != nullptr && permissions->is_number()) *permissions = json::serialize(*permissions);
    }
    const auto* name = normal.is_object() ? normal.get_object().if_contains("name") : nullptr;
    named.insert_or_assign(name != nullptr && name->is_string() ? std::string(name->get_string()) : std::string(),
                           std::move(normal));
  }
  return named;
}

/// Returns whether Discord's commands had to be replaced.
net::Task<base::Result<bool>> attempt(discord::DiscordApi& api, discord::ApplicationId application) {
  auto wanted = slash_command_definitions();
  const auto registered = co_await api.global_commands(application);
  if (!registered) co_return registered.error();
  if (same_commands(wanted, *registered)) co_return false;
  const auto overwritten = co_await api.overwrite_global_commands(application, std::move(wanted));
  if (!overwritten) co_return overwritten.error();
  co_return true;
}

bool is_temporary(base::Errc code) {
  return code == base::Errc::unavailable || code == base::Errc::timed_out || code == base::Errc::rate_limited;
}

}  // namespace

bool same_commands(const json::array& wanted, const json::array& registered) {
  return wanted.size() == registered.size() && by_name(wanted) == by_name(registered);
}

net::Task<> register_slash_commands(discord::DiscordApi& api, discord::ApplicationId application, base::Log log) {
  net::Backoff backoff(retry_pauses);
  for (;;) {
    const auto replaced = co_await attempt(api, application);
    if (replaced) {
      if (*replaced) log.info("Slash commands registered", {{"commands", slash_commands().size()}});
      co_return;
    }
    if (!is_temporary(replaced.error().code) || backoff.attempts() + 1 == max_attempts) {
      log.error("Cannot register slash commands", {{"reason", replaced.error().message}});
      co_return;
    }
    co_await net::sleep_for(std::max(backoff.next(), replaced.error().retry_after));
  }
}

}  // namespace guildhall::bot
