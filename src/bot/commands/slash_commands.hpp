#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <memory>

#include "base/log.hpp"
#include "base/result.hpp"
#include "bot/commands/slash_command.hpp"
#include "bot/counters.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/async/gate.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Runs slash commands and responds within the three seconds that Discord allows: the response of a slower command is
/// deferred (Discord: interactions/receiving-and-responding). For one event loop.
class SlashCommands {
 public:
  /// The references outlive this, and this outlives the loop's run. A command that takes longer than `defer_after` is
  /// deferred; part of the three seconds had passed when the event arrived.
  SlashCommands(net::Executor home, discord::DiscordApi& api, SlashContext context, BotCounters& counters,
                base::Log log, std::chrono::milliseconds defer_after = std::chrono::milliseconds(1500));

  void on_slash_command(discord::SlashInteraction interaction);

  /// Waits until no command is in flight or `limit` has passed.
  [[nodiscard]] net::Task<bool> drain(std::chrono::milliseconds limit) const { return in_flight_.drain(limit); }

 private:
  struct PendingResponse;
  enum class ResponseKind : std::uint8_t { initial, deferred };

  [[nodiscard]] net::Task<> serve(discord::SlashInteraction interaction, net::Gate::Holder in_flight);
  [[nodiscard]] net::Task<base::Result<void>> respond(const discord::SlashInteraction& interaction,
                                                      const SlashCommand& command);
  /// Answers without what Discord refuses of the message; if that is all of it, the person is told so.
  [[nodiscard]] net::Task<base::Result<void>> answer(const discord::SlashInteraction& interaction, ResponseKind kind,
                                                     boost::json::object message);
  [[nodiscard]] net::Task<base::Result<void>> send(const discord::SlashInteraction& interaction, ResponseKind kind,
                                                   boost::json::object message, discord::RefusedParts& left_out);
  [[nodiscard]] net::Task<> run(std::shared_ptr<PendingResponse> response, const SlashCommand& command,
                                discord::SlashInteraction interaction);

  const net::Executor home_;
  discord::DiscordApi& api_;
  const SlashContext context_;
  BotCounters& counters_;
  const base::Log log_;
  const std::chrono::milliseconds defer_after_;
  net::Gate in_flight_;
};

}  // namespace guildhall::bot
