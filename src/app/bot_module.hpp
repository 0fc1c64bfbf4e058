#pragma once

#include <optional>
#include <set>
#include <utility>

#include "api/health.hpp"
#include "app/database_module.hpp"
#include "app/discord_module.hpp"
#include "base/clock.hpp"
#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "bot/bot.hpp"
#include "bot/guilds/guild_reconciliation.hpp"
#include "config/config.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/gateway.hpp"
#include "net/async/task_group.hpp"
#include "net/event_loops.hpp"
#include "vm/script_host.hpp"

namespace guildhall::app {

/// The bot: what there is beside the API where DISCORD_BOT_TOKEN is set. On the home event loop.
class BotModule {
 public:
  struct Parts {
    const config::Config& config;
    const base::Clock& clock;
    base::Logger& logger;
    net::EventLoops& loops;
    DatabaseModule& database;
    DiscordModule& discord;
    base::EventBus& events;
    vm::ScriptHost& scripts;
  };

  /// What is given by reference outlives this.
  explicit BotModule(Parts parts);

  /// Connects to Discord; what goes on from here on is among `tasks`.
  void start(net::TaskGroup& tasks);

  /// Hears nothing more, waits for answers under way, but not longer than `grace`, and keeps where it stopped.
  [[nodiscard]] net::Task<> stop(std::chrono::milliseconds grace);

  /// Any thread.
  [[nodiscard]] api::PartHealth health() const;

  /// What the gateway knows of a person's permissions; any thread.
  [[nodiscard]] std::optional<discord::Permissions> permissions(base::GuildId guild, base::UserId user) const;

  /// Asks Discord for a member's roles, which the gateway tells of only when they change, so that they are known from
  /// then on. Does nothing where changes would not be told. Any thread.
  void learn(base::GuildId guild, base::UserId user);

  [[nodiscard]] const discord::Gateway& gateway() const { return gateway_; }
  [[nodiscard]] const bot::Bot& bot() const { return bot_; }
  [[nodiscard]] const discord::GuildCache& guilds() const { return guilds_; }

 private:
  [[nodiscard]] discord::GuildCache::Options cache_options(const Parts& parts);

  [[nodiscard]] net::Task<> ask_for_member(base::GuildId guild, base::UserId user);

  const net::Executor home_;
  discord::RestClient& rest_;
  const bool tracks_members_;
  std::set<std::pair<base::GuildId, base::UserId>> asking_;  ///< On the home loop.
  discord::GuildCache guilds_;
  bot::SandboxedScripts scripts_;
  bot::Bot bot_;
  discord::Gateway gateway_;
  bot::GuildReconciliation reconciliation_;
};

}  // namespace guildhall::app
