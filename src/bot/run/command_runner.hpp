#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "base/result.hpp"
#include "bot/counters.hpp"
#include "bot/match/cooldown.hpp"
#include "bot/match/triggers.hpp"
#include "bot/render/response.hpp"
#include "discord/model/ids.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandRepository;
}

namespace guildhall::bot {

class CommandInvocations;

/// What started a custom command and where its response goes. Whatever starts commands fills one: a message does.
struct Invocation {
  /// Unique: Discord creates one message for it, however often it is sent, and components find their arguments by it.
  InvocationId id;
  base::GuildId guild;
  discord::ChannelId channel;                  ///< Gets the response.
  base::UserId user;                           ///< Who used the command; counts for cooldowns and `onlyCaller`.
  std::optional<discord::MessageId> reply_to;  ///< The response is a reply to it, where Discord allows that.
  Match match;
};

/// Runs custom commands: cooldown, response, arguments, message. For one event loop.
class CommandRunner {
 public:
  struct Parts {
    discord::DiscordApi& api;
    database::CommandRepository& commands;
    const ComponentIds& ids;
    CommandInvocations& invocations;
    ResponseCache& responses;
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
  [[nodiscard]] bool is_forbidden(discord::ChannelId channel);
  [[nodiscard]] net::Task<std::shared_ptr<const Response>> find_response(const Invocation& invocation);
  [[nodiscard]] std::optional<boost::json::object> render(const Invocation& invocation, const Response& response);
  [[nodiscard]] net::Task<base::Result<boost::json::object>> send(const Invocation& invocation,
                                                                  boost::json::object message);
  void report(const Invocation& invocation, const base::Error& error);

  const Parts parts_;
  UseLimits limits_;
  /// Channels that refused a message. They are left alone for a while, as Discord bans who is refused too often
  /// (Discord: topics/rate-limits, Invalid Request Limit).
  base::LruMap<discord::ChannelId, std::chrono::steady_clock::time_point> forbidden_until_;
};

}  // namespace guildhall::bot
