#pragma once

#include <memory>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "config/config.hpp"
#include "database/database.hpp"
#include "database/models/command_invocation_repository.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/command_use_repository.hpp"
#include "database/models/gateway_session_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/models/kept_token_repository.hpp"
#include "database/models/log_repository.hpp"
#include "database/models/session_repository.hpp"
#include "database/models/token_denylist.hpp"
#include "database/models/user_repository.hpp"

namespace guildhall::app {

/// The options for opening the database.
[[nodiscard]] database::Options database_options(const config::Db& config);

/// The database and its repositories.
struct DatabaseModule {
  /// Throws database::StartError.
  DatabaseModule(const config::Db& config, const base::Clock& clock, const base::Log& log);

  std::unique_ptr<database::Database> database;
  database::UserRepository users;
  database::GuildRepository guilds;
  database::CommandRepository commands;
  database::CommandInvocationRepository invocations;
  database::CommandUseRepository uses;
  database::TokenDenylist token_denylist;
  database::KeptTokenRepository kept_tokens;
  database::SessionRepository sessions;
  database::LogRepository logs;
  database::GatewaySessionRepository gateway_sessions;
};

}  // namespace guildhall::app
