#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "base/log.hpp"
#include "base/result.hpp"
#include "bot/commands/slash_command.hpp"
#include "bot/counters.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Runs slash commands and answers them within the three seconds that Discord allows: where a command takes longer, it
/// is told that the answer follows (Discord: interactions/receiving-and-responding). For one event loop.
class Interactions {
 public:
  /// What is given by reference outlives this, and this outlives the loop's run. `defer_after` is how long a command
  /// may take before Discord is told; some of the three seconds went by on the way here.
  Interactions(net::Executor home, discord::DiscordApi& api, SlashContext context, BotCounters& counters, base::Log log,
               std::chrono::milliseconds defer_after = std::chrono::milliseconds(1500));

  void on_slash_command(discord::SlashInteraction interaction);

  /// Waits until nothing is under way, but not longer than `limit`.
  [[nodiscard]] net::Task<> finished(std::chrono::milliseconds limit);

 private:
  /// What a command answers, once it has.
  struct Outcome;

  [[nodiscard]] net::Task<> serve(discord::SlashInteraction interaction);
  [[nodiscard]] net::Task<base::Result<void>> answer(const discord::SlashInteraction& interaction,
                                                     const SlashCommand& command);
  [[nodiscard]] net::Task<> work(std::shared_ptr<Outcome> outcome, const SlashCommand& command,
                                 discord::SlashInteraction interaction);

  const net::Executor home_;
  discord::DiscordApi& api_;
  const SlashContext context_;
  BotCounters& counters_;
  const base::Log log_;
  const std::chrono::milliseconds defer_after_;
  std::size_t running_ = 0;
  boost::asio::steady_timer idle_;
};

}  // namespace guildhall::bot
