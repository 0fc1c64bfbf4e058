#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "base/result.hpp"
#include "bot/counters.hpp"
#include "bot/match/cooldown.hpp"
#include "bot/match/triggers.hpp"
#include "bot/render/response.hpp"
#include "bot/run/command_report.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/model/ids.hpp"
#include "discord/model/user.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandRepository;
}

namespace guildhall::bot {

class CommandInvocations;
class CommandUses;

/// What started a custom command and where its response goes. Whatever starts commands fills one: a message does.
struct Invocation {
  /// Unique: Discord creates one message for it, however often it is sent, and components find their arguments by it.
  InvocationId id;
  base::GuildId guild;
  discord::ChannelId channel;                  ///< Gets the response.
  base::UserId user;                           ///< Who used the command; counts for cooldowns and `onlyCaller`.
  std::optional<discord::MessageId> reply_to;  ///< The response is a reply to it, where Discord allows that.
  discord::UserFace face{};                    ///< The user's.
  Match match;
  unsigned shard = 0;  ///< Of the gateway, that brought it.
};

/// Runs custom commands: cooldown, response, arguments, message. For one event loop.
class CommandRunner {
 public:
  struct Parts {
    discord::DiscordApi& api;
    database::CommandRepository& commands;
    const ComponentIds& ids;
    CommandInvocations& invocations;
    CommandUses& uses;
    ResponseCache& responses;
    const discord::GuildCache& cache;
    const base::EventBus& events;  ///< Uses that did not go as wanted are published as `COMMAND_RUN`.
    BotCounters& counters;
    const base::Clock& clock;
    base::Log log;
    Rate per_user;
    Rate per_guild;
  };

  /// The references outlive the runner, which outlives the loop's run.
  explicit CommandRunner(Parts parts);

  /// Counts a use of a command; false if the user or the guild has to cool down.
  [[nodiscard]] bool allow(base::UserId user, base::GuildId guild);

  /// Sends the response. Counts and logs the outcome. `invocation` outlives the task. Throws database::Unavailable.
  [[nodiscard]] net::Task<> run(const Invocation& invocation);

 private:
  /// Something that a channel refused, until it may be tried again.
  struct Refusal {
    std::chrono::steady_clock::time_point until;
    discord::GuildCache::Version version = 0;  ///< Of the guild: a change of it may be the remedy.
  };
  using Refusals = base::LruMap<discord::ChannelId, Refusal>;
  using Rights = std::optional<discord::ChannelPermissions>;

  [[nodiscard]] bool is_refused(Refusals& refusals, const Invocation& invocation) const;
  void remember(Refusals& refusals, const Invocation& invocation) const;
  [[nodiscard]] net::Task<std::shared_ptr<const Response>> find_response(const Invocation& invocation);
  [[nodiscard]] std::optional<boost::json::object> render(const Invocation& invocation, const Response& response);
  [[nodiscard]] net::Task<base::Result<void>> send(const Invocation& invocation, Rights rights,
                                                   boost::json::object message, CommandReport& report);
  [[nodiscard]] net::Task<base::Result<void>> create(const Invocation& invocation, Rights rights,
                                                     const boost::json::object& message, CommandReport& report);
  static void check_emojis(const Rights& rights, const boost::json::object& message, const boost::json::object& shown,
                           CommandReport& report);
  void on_failed(const Invocation& invocation, const base::Error& error, CommandReport& report);
  void on_not_permitted(const Invocation& invocation, CommandReport& report);
  /// Counts, publishes.
  void finish(const Invocation& invocation, CommandReport& report, CommandOutcome outcome);

  const Parts parts_;
  UseLimits limits_;
  /// Channels that refused any message, or embeds. They are left alone for a while, as Discord bans who is refused too
  /// often (Discord: topics/rate-limits, Invalid Request Limit).
  Refusals messages_refused_;
  Refusals embeds_refused_;
};

}  // namespace guildhall::bot
