#pragma once

#include <string>

#include "app/database_module.hpp"
#include "app/discord_module.hpp"
#include "app/script_module.hpp"
#include "app/server_module.hpp"
#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "config/config.hpp"
#include "database/test_support.hpp"
#include "logger/log_feed.hpp"
#include "net/event_loops.hpp"
#include "net/task.hpp"

namespace guildhall::bench {

/// The HTTP side of guildhall as it is composed, on a database in memory, without a port.
struct Hall {
  Hall();

  /// Runs `work` on the event loop, once, and throws what it throws.
  void run(net::Task<> work);

  /// A token of Ada's, an ADMIN who has logged in.
  [[nodiscard]] net::Task<std::string> log_in();

  const config::Config config;
  const test::FakeClock clock;
  base::Logger logger;
  base::EventBus events;
  logger::LogFeed log_feed;
  net::EventLoops loops{1};
  app::DatabaseModule database;
  app::DiscordModule discord;
  app::ScriptModule scripts;
  app::ServerModule server;
};

}  // namespace guildhall::bench
