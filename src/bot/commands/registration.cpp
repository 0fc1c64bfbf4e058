#include "bot/commands/registration.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <map>
#include <string>

#include "bot/commands/registry.hpp"
#include "discord/rest/discord_api.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr int attempts = 8;
constexpr std::chrono::seconds first_retry{2};

/// What Discord decides by itself, and what is no longer in use.
constexpr std::array<std::string_view, 5> discords_own{"id", "application_id", "version", "guild_id", "dm_permission"};

bool says_nothing(const json::value& value) {
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
    if (!says_nothing(member)) normal.emplace(key, normal_form(member));
  }
  return normal;
}

std::map<std::string, json::value> by_name(const json::array& commands) {
  std::map<std::string, json::value> named;
  for (const auto& command : commands) {
    auto normal = normal_form(command);
    if (auto* object = normal.if_object()) {
      for (const auto key : discords_own) object->erase(key);
      // Told as a number, shown as a text.
      auto* permissions = object->if_contains("default_member_permissions");
      if (permissions != nullptr && permissions->is_number()) *permissions = json::serialize(*permissions);
    }
    const auto* name = normal.is_object() ? normal.get_object().if_contains("name") : nullptr;
    named.insert_or_assign(name != nullptr && name->is_string() ? std::string(name->get_string()) : std::string(),
                           std::move(normal));
  }
  return named;
}

/// Registers once, and says whether there was something to register.
net::Task<base::Result<bool>> attempt(discord::DiscordApi& api, discord::ApplicationId application) {
  auto wanted = slash_command_definitions();
  auto asking = api.global_commands(application);
  const auto registered = co_await std::move(asking);
  if (!registered) co_return registered.error();
  if (same_commands(wanted, *registered)) co_return false;
  auto telling = api.overwrite_global_commands(application, std::move(wanted));
  const auto told = co_await std::move(telling);
  if (!told) co_return told.error();
  co_return true;
}

}  // namespace

bool same_commands(const json::array& wanted, const json::array& registered) {
  return wanted.size() == registered.size() && by_name(wanted) == by_name(registered);
}

net::Task<> register_slash_commands(discord::DiscordApi& api, discord::ApplicationId application, base::Log log) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  std::chrono::milliseconds pause = first_retry;
  for (int i = 1;; ++i) {
    auto attempting = attempt(api, application);
    const auto done = co_await std::move(attempting);
    if (done) {
      if (*done) log.info("Slash commands registered", {{"commands", slash_commands().size()}});
      co_return;
    }
    const bool hopeless = done.error().code != base::Errc::unavailable && done.error().code != base::Errc::timed_out &&
                          done.error().code != base::Errc::rate_limited;
    if (hopeless || i == attempts) {
      log.error("Slash commands cannot be registered", {{"reason", done.error().message}});
      co_return;
    }
    timer.expires_after(std::max(pause, done.error().retry_after));
    pause *= 2;
    co_await timer.async_wait(asio::use_awaitable);
  }
}

}  // namespace guildhall::bot
