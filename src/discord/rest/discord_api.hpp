#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/model/ids.hpp"
#include "discord/model/user.hpp"
#include "discord/rest/form_repair.hpp"
#include "net/task.hpp"

namespace guildhall::discord {

using RefusedParts = std::vector<RefusedPart>;

/// The calls to Discord's REST API with which the bot answers messages and interactions; RestClient implements them.
/// `discord_code` tells Discord's own errors apart. Any event loop may call.
///
/// Calls that send a message take `left_out`, which outlives the task: if it is given and Discord refuses parts of the
/// message (50035), the message is sent again without them, and they are added to it.
class DiscordApi {
 public:
  virtual ~DiscordApi() = default;

  /// `GET /users/@me`: the bot's user.
  [[nodiscard]] virtual net::Task<base::Result<User>> current_user() = 0;

  /// `POST /channels/:id/messages`; returns the message as Discord created it. Retried after a lost answer only if
  /// `message` has `nonce` and `enforce_nonce: true`, because then Discord does not create it twice.
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> create_message(
      ChannelId channel, boost::json::object message, RefusedParts* left_out = nullptr) = 0;

  /// `GET /applications/:id/commands`
  [[nodiscard]] virtual net::Task<base::Result<boost::json::array>> global_commands(ApplicationId application) = 0;

  /// `PUT /applications/:id/commands`: replaces all global commands.
  [[nodiscard]] virtual net::Task<base::Result<void>> overwrite_global_commands(ApplicationId application,
                                                                                boost::json::array commands) = 0;

  // The calls below are authorized by the interaction's token alone and do not count against the bot's global limit.

  /// `POST /interactions/:id/:token/callback`. Retried after a lost answer: if Discord then says that the interaction
  /// was acknowledged already, that is success.
  [[nodiscard]] virtual net::Task<base::Result<void>> respond_to_interaction(InteractionId interaction,
                                                                             base::Secret token,
                                                                             boost::json::object response,
                                                                             RefusedParts* left_out = nullptr) = 0;

  /// The same with `with_response=true`; returns the message that is the response, or an empty object if Discord does
  /// not show one.
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> respond_with_message(
      InteractionId interaction, base::Secret token, boost::json::object response,
      RefusedParts* left_out = nullptr) = 0;

  /// `POST /webhooks/:application/:token`. Not retried after a lost answer.
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> follow_up(ApplicationId application,
                                                                               base::Secret token,
                                                                               boost::json::object message,
                                                                               RefusedParts* left_out = nullptr) = 0;

  // The message of an interaction with this id; without an id its original response (`@original`).

  /// `GET /webhooks/:application/:token/messages/:id`
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> interaction_message(
      ApplicationId application, base::Secret token, std::optional<MessageId> id) = 0;

  /// `PATCH /webhooks/:application/:token/messages/:id`
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> edit_interaction_response(
      ApplicationId application, base::Secret token, boost::json::object message, std::optional<MessageId> id,
      RefusedParts* left_out = nullptr) = 0;

  /// `DELETE /webhooks/:application/:token/messages/:id`. Succeeds if the message does not exist any more.
  [[nodiscard]] virtual net::Task<base::Result<void>> delete_interaction_response(ApplicationId application,
                                                                                  base::Secret token,
                                                                                  std::optional<MessageId> id) = 0;
};

}  // namespace guildhall::discord
