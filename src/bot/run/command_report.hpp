#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/event_bus.hpp"
#include "base/id.hpp"
#include "bot/counters.hpp"
#include "discord/model/ids.hpp"
#include "discord/rest/discord_api.hpp"

namespace guildhall::bot {

/// How a use of a custom command ended, for the guild's managers.
struct CommandReport {
  base::GuildId guild;
  discord::ChannelId channel;
  base::CommandId command;
  std::string trigger;
  base::UserId user;
  CommandOutcome outcome = CommandOutcome::answered;
  std::string reason{};                            ///< Sentences that say why; empty if nothing went wrong.
  std::vector<std::string> missing_permissions{};  ///< Of the bot in the channel, by their names in Discord.
  discord::RefusedParts left_out{};                ///< Parts of the response that Discord refuses.

  void add_reason(std::string_view sentence) {
    if (!reason.empty()) reason += ' ';
    reason += sentence;
  }

  /// Whether the guild's managers should see it: something was not as they wanted.
  [[nodiscard]] bool is_notable() const {
    return outcome != CommandOutcome::answered || !missing_permissions.empty() || !left_out.empty();
  }
};

/// Publishes a notable report as `COMMAND_RUN`.
void publish(const CommandReport& report, unsigned shard, const base::EventBus& events);

/// `View Channel and Send Messages`
[[nodiscard]] std::string list_names(const std::vector<std::string>& names);

/// `/embeds/0/url: Not a well formed URL.; ...`
[[nodiscard]] std::string list_parts(const discord::RefusedParts& parts);

}  // namespace guildhall::bot
