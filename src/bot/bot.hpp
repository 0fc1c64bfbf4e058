#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "bot/counters.hpp"
#include "bot/run/component_interactions.hpp"
#include "bot/run/message_commands.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/gateway/options.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandInvocationRepository;
class ChangeFeed;
class CommandRepository;
class CommandUseRepository;
class GuildRepository;
}  // namespace guildhall::database

namespace guildhall::bot {

/// The bot: receives gateway events, responds to commands, keeps the table of guilds up to date and publishes events to
/// the rest of the program. Lives on the gateway's event loop.
class Bot final : public discord::GatewayListener {
 public:
  /// Intents for custom commands that are started with a mention of the bot.
  static constexpr discord::Intents mention_intents = discord::Intents::guilds | discord::Intents::guild_messages;
  /// Intents for custom commands that are started with a prefix; Message Content is privileged.
  static constexpr discord::Intents prefix_intents = mention_intents | discord::Intents::message_content;

  struct Parts {
    net::Executor home;
    discord::DiscordApi& api;
    database::GuildRepository& guilds;
    database::CommandRepository& commands;
    database::CommandInvocationRepository& invocations;
    database::CommandUseRepository& uses;
    database::ChangeFeed& feed;
    base::EventBus& events;
    discord::GuildCache& cache;
    const base::Clock& clock;
    base::Logger& logger;
    RunScript run_script;
    std::vector<base::Secret> component_keys;  ///< For ComponentIds.
    discord::ApplicationId application;        ///< As configured; Discord's own statement takes precedence.
    MessageCommandOptions messages{};
    ComponentOptions components{};
    std::size_t response_cache = 24U << 20;  ///< Bytes of parsed responses.
  };

  /// The references outlive the bot, which outlives the loop's run.
  explicit Bot(Parts parts);
  ~Bot() override;
  Bot(const Bot&) = delete;
  Bot& operator=(const Bot&) = delete;

  /// Starts reading from and writing to the database. Call before the first event.
  void start();

  /// Signs and verifies custom ids with these keys from now on; at least one. Any thread.
  void replace_component_keys(std::vector<base::Secret> keys);

  void on_dispatch(const discord::Dispatch& dispatch) override;
  void on_shards_ready(unsigned shards) override;
  [[nodiscard]] std::optional<std::uint64_t> first_unhandled(unsigned shard) const override;

  /// Call after the last event: waits until all responses are sent and the table of guilds is written, or `limit` has
  /// passed.
  [[nodiscard]] net::Task<> drain(std::chrono::milliseconds limit);

  /// Ends what `start` has started.
  [[nodiscard]] net::Task<> stop();

  /// What is wrong although the bot is ready, for /readyz; empty if nothing is. Any thread.
  [[nodiscard]] std::string notice() const;

  /// Any thread.
  [[nodiscard]] const BotCounters& counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::bot
