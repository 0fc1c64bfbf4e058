#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/health.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "jwt/token_cache.hpp"
#include "server/json_cache.hpp"

namespace guildhall::database {
class CommandRepository;
class Database;
class GuildRepository;
class LogRepository;
class TokenDenylist;
class UserRepository;
}  // namespace guildhall::database

namespace guildhall::server {

class LoginStates;
class Metrics;
class RefusedLogins;
class Scripts;
class Sessions;
class UserGuilds;

/// Where browsers come from that may use the API with a cookie, or from another origin.
struct Origins {
  std::string own;                   ///< PUBLIC_URL: scheme, host and port.
  std::vector<std::string> allowed;  ///< CORS_ORIGINS.

  [[nodiscard]] bool is_ours(std::string_view origin) const;
};

/// The parts that handlers use. All of them outlive the server and may be used on any event loop.
struct Services {
  const base::Clock& clock;
  base::Log log;
  database::Database& database;
  database::UserRepository& users;
  database::GuildRepository& guilds;
  database::CommandRepository& commands;
  database::TokenDenylist& token_denylist;
  database::LogRepository& logs;
  jwt::TokenCache& tokens;
  Sessions& sessions;
  LoginStates& login_states;
  RefusedLogins& refused_logins;
  UserGuilds& user_guilds;
  Scripts& scripts;
  UserJsonCache& user_json;
  CommandJsonCache& command_json;
  Metrics& metrics;
  std::function<api::PartHealth()> bot_health;
  // Both are set before the first request.
  Origins origins;
  std::shared_ptr<const std::string> openapi;  ///< The document.
};

}  // namespace guildhall::server
