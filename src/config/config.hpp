#pragma once

#include "config/bot.hpp"
#include "config/db.hpp"
#include "config/discord.hpp"
#include "config/environment.hpp"
#include "config/error.hpp"
#include "config/jwt.hpp"
#include "config/log.hpp"
#include "config/scripts.hpp"
#include "config/server.hpp"

namespace guildhall::config {

/// Everything that can be set from outside, valid.
struct Config {
  Server server;
  Jwt jwt;
  Discord discord;
  Bot bot;
  Scripts scripts;
  Db db;
  Log log;
};

/// Throws Error at the first variable that is wrong, or required and unset.
[[nodiscard]] Config load(const Environment& environment);

}  // namespace guildhall::config
