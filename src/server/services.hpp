#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/health.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/task.hpp"
#include "server/json_cache.hpp"
#include "server/origins.hpp"

namespace guildhall::database {
class GuildStore;
struct CommandUse;
struct ListedUser;
struct Log;
struct LogFilter;
struct UserFilter;
}  // namespace guildhall::database

namespace guildhall::domain {
class Access;
class Commands;
class Guilds;
}  // namespace guildhall::domain

namespace guildhall::jwt {
class Jwe;
}

namespace guildhall::server {

class Authentication;
class BotProfileCache;
class DryRuns;
class GuildLists;
class LoginStates;
class Metrics;
class RefusedLogins;
class Sessions;
class UserGuilds;
struct Route;

/// The parts that handlers use. All of them outlive the server and may be used on any event loop.
struct Services {
  const base::Clock& clock;
  base::Log log;
  const Origins& origins;
  const std::vector<Route>& routes;  ///< The table of those that are served.

  // People: who asks, and how they log in and out.
  const Authentication& authentication;
  Sessions& sessions;
  LoginStates& login_states;
  RefusedLogins& refused_logins;
  UserGuilds& user_guilds;

  // What they see and change.
  database::GuildStore& guilds;
  const domain::Access& access;
  domain::Guilds& guild_settings;
  GuildLists& guild_lists;
  domain::Commands& commands;
  /// As database::LogRepository::list.
  std::function<net::Task<std::vector<database::Log>>(database::LogFilter)> list_logs;
  /// As database::CommandUseRepository::list.
  std::function<net::Task<std::vector<database::CommandUse>>(base::GuildId, long long first_day)> list_uses;
  DryRuns& dry_runs;
  JsonCache& json_cache;

  // What operators see and change.
  /// As database::UserRepository::list.
  std::function<net::Task<std::vector<database::ListedUser>>(database::UserFilter)> list_users;
  /// As domain::Admins::grant and revoke.
  std::function<net::Task<base::Result<void>>(base::UserId actor, base::UserId id)> grant_admin;
  std::function<net::Task<base::Result<void>>(base::UserId actor, base::UserId id)> revoke_admin;
  /// Without what the members below say.
  std::function<api::NodeStatus()> node_status;
  /// As database::Database::fault.
  std::function<net::Task<std::string>()> database_fault;
  std::function<api::PartHealth()> bot_health;
  const BotProfileCache& bot_profile_cache;
  Metrics& metrics;
  const jwt::Jwe& self_check_jwe;  ///< See self_check.hpp.
  std::string_view version;
  std::shared_ptr<const std::string> openapi{};  ///< The document; set before the first request.
};

}  // namespace guildhall::server
