#pragma once

#include "api/health.hpp"
#include "app/database_module.hpp"
#include "app/discord_module.hpp"
#include "base/clock.hpp"
#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "bot/bot.hpp"
#include "bot/guilds/guild_reconciliation.hpp"
#include "bot/guilds/member_lookup.hpp"
#include "config/config.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/gateway.hpp"
#include "net/async/task_group.hpp"
#include "net/event_loops.hpp"
#include "vm/script_host.hpp"

namespace guildhall::app {

/// The gateway intents that the bot asks for.
[[nodiscard]] discord::Intents intents_of(const config::Bot& config);

/// The bot and its gateway, if DISCORD_BOT_TOKEN is set. On the home event loop.
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

  /// The references outlive this.
  explicit BotModule(Parts parts);

  /// Connects to Discord and runs in `tasks`.
  void start(net::TaskGroup& tasks);

  /// Disconnects, waits until responses in flight are sent or `grace` has passed, and saves the gateway sessions.
  [[nodiscard]] net::Task<> stop(std::chrono::milliseconds grace);

  /// Signs and verifies custom ids with these keys from now on. Any thread.
  void replace_keys(const config::Jwt& jwt);

  /// Any thread.
  [[nodiscard]] api::PartHealth health() const;
  /// How many shards are ready, and how many there are; any thread.
  [[nodiscard]] std::pair<std::size_t, std::size_t> ready_shards() const;

  /// Any thread.
  [[nodiscard]] discord::GatewayStats gateway_stats() const { return gateway_.stats(); }

  /// Adds the member to the guild cache, where the gateway keeps it up to date. Any thread.
  void look_up_member(base::GuildId guild, base::UserId user);

  [[nodiscard]] const discord::GuildCache& guilds() const { return guilds_; }

  /// Any thread.
  [[nodiscard]] base::MetricFamilies metrics() const;

 private:
  [[nodiscard]] discord::GuildCache::Options cache_options(const Parts& parts);

  const bool tracks_members_;
  discord::GuildCache guilds_;
  bot::MemberLookup members_;
  bot::Bot bot_;
  discord::Gateway gateway_;
  bot::GuildReconciliation reconciliation_;
};

}  // namespace guildhall::app
