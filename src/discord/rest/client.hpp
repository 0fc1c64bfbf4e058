#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/model/gateway_bot.hpp"
#include "discord/model/ids.hpp"
#include "discord/model/partial_guild.hpp"
#include "discord/model/user.hpp"
#include "discord/rest/authorization.hpp"
#include "discord/rest/error_code.hpp"
#include "discord/rest/options.hpp"
#include "discord/rest/stats.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

struct Member;

/// The User-Agent that Discord asks for (Discord: reference, User Agent).
[[nodiscard]] std::string user_agent(std::string_view version);

/// Discord's REST API. Requests wait for rate limits by themselves and in order, are repeated where that is safe, and
/// stop long before Discord would stop us (Discord: topics/rate-limits).
///
/// Any event loop may call; what is known of limits lives on the executor given. Errors' texts leave out what may be a
/// token or somebody's words.
///
/// Errors are those of `read_answer`, with `discord_code` saying which of Discord's it was, and beside them:
///   rate_limited     waiting for a limit would take longer than the caller's patience, or too much waits already
///   unavailable      Discord is away or fails, after the attempts that are safe; or too many of our requests were
///                    refused lately, with the time until they may go on; or the program is stopping
///   unauthenticated  Discord has refused the token before, so it was not asked again
class RestClient {
 public:
  struct Parts {
    net::HttpClient& http;  ///< Outlives the client.
    std::string api_url;    ///< Without trailing slash, as `https://discord.com/api/v10`.
    net::Executor home;     ///< One event loop, not a pool of threads.
    base::Log log;
    std::optional<base::Secret> bot_token;  ///< Without it, what only a bot may ask is Errc::unauthenticated.
    RestOptions options{};
  };

  explicit RestClient(Parts parts);
  ~RestClient();
  RestClient(const RestClient&) = delete;
  RestClient& operator=(const RestClient&) = delete;

  /// `GET /users/@me`
  [[nodiscard]] net::Task<base::Result<User>> current_user(Authorization authorization);

  /// `GET /users/@me/guilds`, all pages: the whole list or an error. Waits for rate limits no longer than `patience` in
  /// all; Errc::rate_limited then, at once where that is clear beforehand.
  [[nodiscard]] net::Task<base::Result<std::vector<PartialGuild>>> current_user_guilds(
      Authorization authorization, std::chrono::milliseconds patience);

  // What follows is asked as the bot.

  /// `GET /gateway/bot`
  [[nodiscard]] net::Task<base::Result<GatewayBot>> gateway_bot();

  /// `GET /guilds/:id/members/:id`, with the patience of a person who waits to be let in.
  [[nodiscard]] net::Task<base::Result<Member>> guild_member(base::GuildId guild, base::UserId user);

  /// `POST /channels/:id/messages`; the message as Discord made it. Where `message` has `nonce` and `enforce_nonce:
  /// true`, a second attempt makes no second message, so only then is it repeated when the answer was lost.
  [[nodiscard]] net::Task<base::Result<boost::json::object>> create_message(ChannelId channel,
                                                                            boost::json::object message);

  /// `PATCH /channels/:id/messages/:id`
  [[nodiscard]] net::Task<base::Result<boost::json::object>> edit_message(ChannelId channel, MessageId id,
                                                                          boost::json::object message);

  /// `DELETE /channels/:id/messages/:id`. `reason`, where it is not empty, is shown in the guild's audit log, cut to
  /// the 512 characters that fit there. A message that is gone already is no error.
  [[nodiscard]] net::Task<base::Result<void>> delete_message(ChannelId channel, MessageId id, std::string reason = "");

  /// `GET /applications/:id/commands`
  [[nodiscard]] net::Task<base::Result<boost::json::array>> global_commands(ApplicationId application);

  /// `PUT /applications/:id/commands`: these commands and no others.
  [[nodiscard]] net::Task<base::Result<void>> overwrite_global_commands(ApplicationId application,
                                                                        boost::json::array commands);

  // What follows is allowed by the interaction's token alone, and is outside the bot's global limit.

  /// `POST /interactions/:id/:token/callback`. Repeated when the answer was lost: that Discord then says the
  /// interaction has been acknowledged already is success.
  [[nodiscard]] net::Task<base::Result<void>> respond_to_interaction(InteractionId interaction, base::Secret token,
                                                                     boost::json::object response);

  /// The same with `with_response=true`; the message that is the response, an empty object where Discord does not show
  /// one.
  [[nodiscard]] net::Task<base::Result<boost::json::object>> respond_with_message(InteractionId interaction,
                                                                                  base::Secret token,
                                                                                  boost::json::object response);

  // Messages of an interaction: the one of this id, or the response where there is none (`@original`).

  /// `GET /webhooks/:application/:token/messages/:id`
  [[nodiscard]] net::Task<base::Result<boost::json::object>> interaction_message(ApplicationId application,
                                                                                 base::Secret token,
                                                                                 std::optional<MessageId> id = {});

  /// `PATCH /webhooks/:application/:token/messages/:id`
  [[nodiscard]] net::Task<base::Result<boost::json::object>> edit_interaction_response(
      ApplicationId application, base::Secret token, boost::json::object message, std::optional<MessageId> id = {});

  /// `DELETE /webhooks/:application/:token/messages/:id`. A message that is gone already is no error.
  [[nodiscard]] net::Task<base::Result<void>> delete_interaction_response(ApplicationId application, base::Secret token,
                                                                          std::optional<MessageId> id = {});

  /// `POST /webhooks/:application/:token`. Not repeated when the answer was lost.
  [[nodiscard]] net::Task<base::Result<boost::json::object>> follow_up(ApplicationId application, base::Secret token,
                                                                       boost::json::object message);

  /// Ends what waits and refuses what comes, with Errc::unavailable; what is on its way is not waited for. Await before
  /// the loops stop.
  [[nodiscard]] net::Task<> close();

  /// For /metrics; any thread may ask.
  [[nodiscard]] RestStats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::discord
