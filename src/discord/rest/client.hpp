#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "discord/model/gateway.hpp"
#include "discord/model/guild.hpp"
#include "discord/model/guild_lists.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"
#include "discord/rest/request_sender.hpp"
#include "discord/rest/stats.hpp"

namespace guildhall::discord {

/// The User-Agent that Discord asks for (Discord: reference, User Agent).
[[nodiscard]] std::string user_agent(std::string_view version);

/// Discord's REST API. Requests wait for rate limits, are retried where that is safe, and are refused long before
/// Discord would ban us (Discord: topics/rate-limits).
///
/// Any event loop may call; the rate limits' state lives on the executor given. Error messages contain no tokens and
/// no text of users.
///
/// Errors are those of `read_response`, with `discord_code` for Discord's own code, and:
///   rate_limited     the rate limit lasts longer than the caller's patience, or too many requests wait already
///   unavailable      Discord cannot be reached or fails, after all attempts; or Discord refused too many requests
///                    lately or bans this address (`retry_after` says until when); or the program is stopping
///   unauthenticated  Discord refused the token before, so it was not used again
class RestClient final : public DiscordApi {
 public:
  using Parts = RestParts;

  explicit RestClient(Parts parts);

  // Calls as a person.

  /// `GET /users/@me`
  [[nodiscard]] net::Task<base::Result<User>> current_user(base::Secret access_token);

  /// `GET /users/@me/guilds`, all pages: the whole list or an error. Waits for rate limits for `patience` in all;
  /// otherwise Errc::rate_limited, immediately if that is known beforehand. A page of less than half of what was asked
  /// for is the last, because Discord allows one of these requests per second.
  [[nodiscard]] net::Task<base::Result<std::vector<PartialGuild>>> current_user_guilds(
      base::Secret access_token, std::chrono::milliseconds patience);

  // Calls as the bot.

  /// `GET /users/@me/guilds`, page by page until one brings nothing new: Discord leaves guilds out of a page.
  [[nodiscard]] net::Task<base::Result<std::vector<PartialGuild>>> current_user_guilds(
      std::chrono::milliseconds patience);

  /// `GET /gateway/bot`. Waits for rate limits only briefly, because the gateway says why it waits.
  [[nodiscard]] net::Task<base::Result<GatewayBot>> gateway_bot();

  /// `GET /guilds/:id/members/:id`, with the patience of a person who waits for the answer.
  [[nodiscard]] net::Task<base::Result<Member>> guild_member(base::GuildId guild, base::UserId user);

  // Lists of a guild, with the same patience. Elements that are malformed are left out.

  /// `GET /guilds/:id/channels`, which has no threads.
  [[nodiscard]] net::Task<base::Result<std::vector<ListedChannel>>> guild_channels(base::GuildId guild);
  /// `GET /guilds/:id/roles`
  [[nodiscard]] net::Task<base::Result<std::vector<Role>>> guild_roles(base::GuildId guild);
  /// `GET /guilds/:id/emojis`
  [[nodiscard]] net::Task<base::Result<std::vector<ListedEmoji>>> guild_emojis(base::GuildId guild);
  /// `GET /guilds/:id/members/search`: those whose username, global name or nickname begins with `query`. `limit` is 1
  /// to 1,000.
  [[nodiscard]] net::Task<base::Result<std::vector<ListedMember>>> search_guild_members(base::GuildId guild,
                                                                                        std::string_view query,
                                                                                        std::size_t limit);

  /// `PATCH /channels/:id/messages/:id`
  [[nodiscard]] net::Task<base::Result<boost::json::object>> edit_message(ChannelId channel, MessageId id,
                                                                          boost::json::object message);

  /// `DELETE /channels/:id/messages/:id`. A non-empty `reason` is shown in the guild's audit log, cut to 512
  /// characters. Succeeds if the message does not exist any more.
  [[nodiscard]] net::Task<base::Result<void>> delete_message(ChannelId channel, MessageId id, std::string reason = "");

  // DiscordApi
  [[nodiscard]] net::Task<base::Result<User>> current_user() override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> create_message(ChannelId channel,
                                                                            boost::json::object message,
                                                                            RefusedParts* left_out = nullptr) override;
  [[nodiscard]] net::Task<base::Result<boost::json::array>> global_commands(ApplicationId application) override;
  [[nodiscard]] net::Task<base::Result<void>> overwrite_global_commands(ApplicationId application,
                                                                        boost::json::array commands) override;
  [[nodiscard]] net::Task<base::Result<void>> respond_to_interaction(InteractionId interaction, base::Secret token,
                                                                     boost::json::object response,
                                                                     RefusedParts* left_out = nullptr) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> respond_with_message(
      InteractionId interaction, base::Secret token, boost::json::object response,
      RefusedParts* left_out = nullptr) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> follow_up(ApplicationId application, base::Secret token,
                                                                       boost::json::object message,
                                                                       RefusedParts* left_out = nullptr) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> interaction_message(
      ApplicationId application, base::Secret token, std::optional<MessageId> id = {}) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> edit_interaction_response(
      ApplicationId application, base::Secret token, boost::json::object message, std::optional<MessageId> id = {},
      RefusedParts* left_out = nullptr) override;
  [[nodiscard]] net::Task<base::Result<void>> delete_interaction_response(ApplicationId application, base::Secret token,
                                                                          std::optional<MessageId> id = {}) override;

  /// Ends requests that wait and refuses new ones with Errc::unavailable; does not wait for those in flight. Await it
  /// before the event loops stop.
  [[nodiscard]] net::Task<> close() { return sender_->close(); }

  /// Sends requests that need no method here, within the same limits.
  [[nodiscard]] std::shared_ptr<RequestSender> sender() const { return sender_; }

  /// For /metrics; any thread may call.
  [[nodiscard]] RestStats stats() const { return sender_->stats(); }

 private:
  [[nodiscard]] RestRequest guild_list_request(Route route, base::GuildId guild, std::string_view list) const;

  const RestOptions options_;
  const std::shared_ptr<RequestSender> sender_;
};

}  // namespace guildhall::discord
