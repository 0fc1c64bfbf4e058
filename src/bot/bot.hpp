#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "bot/counters.hpp"
#include "bot/run/components.hpp"
#include "bot/run/custom_commands.hpp"
#include "bot/run/scripts.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/gateway/options.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandInvocationRepository;
class ChangeFeed;
class CommandRepository;
class GuildRepository;
}  // namespace guildhall::database

namespace guildhall::bot {

/// The bot: listens to the gateway, answers commands, keeps the table of guilds, and tells the rest of the product what
/// it sees. Lives on the gateway's event loop.
class Bot final : public discord::GatewayListener {
 public:
  /// What the bot wants to be told, with the privileged intents among it that it cannot do without: custom commands
  /// need to see what people write.
  static constexpr discord::Intents needed_intents =
      discord::Intents::guilds | discord::Intents::guild_messages | discord::Intents::message_content;

  struct Parts {
    net::Executor home;
    discord::DiscordApi& api;
    database::GuildRepository& guilds;
    database::CommandRepository& commands;
    database::CommandInvocationRepository& calls;
    database::ChangeFeed& feed;
    base::EventBus& events;
    discord::GuildCache& cache;
    const base::Clock& clock;
    base::Logger& logger;
    Scripts& scripts;                          ///< Called on `home`.
    std::vector<base::Secret> component_keys;  ///< As ComponentIds has them.
    discord::ApplicationId application;        ///< As configured; Discord's word counts more where it says it.
    CustomCommandOptions custom{};
    ComponentOptions components{};
  };

  /// What is given by reference outlives the bot, and the bot outlives the loop's run.
  explicit Bot(Parts parts);
  ~Bot() override;
  Bot(const Bot&) = delete;
  Bot& operator=(const Bot&) = delete;

  /// Starts reading and writing what the database has. Before the first event.
  void start();

  void on_dispatch(const discord::Dispatch& dispatch) override;
  void on_shards_ready(unsigned shards) override;
  [[nodiscard]] std::optional<std::uint64_t> first_unhandled(unsigned shard) const override;

  /// After the last event: waits until all answers have gone out and the table of guilds is written, but not longer
  /// than `limit`.
  [[nodiscard]] net::Task<> finished(std::chrono::milliseconds limit);

  /// Ends what `start` has started.
  [[nodiscard]] net::Task<> stop();

  /// Any thread may ask.
  [[nodiscard]] BotStats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::bot
