#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/model/ids.hpp"
#include "discord/model/user.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// What the bot asks of Discord. Errors are those of discord::RestClient; discord::discord_code tells Discord's own
/// apart. Any event loop.
class DiscordApi {
 public:
  virtual ~DiscordApi() = default;

  /// The bot itself.
  [[nodiscard]] virtual net::Task<base::Result<discord::User>> current_user() = 0;

  [[nodiscard]] virtual net::Task<base::Result<void>> create_message(discord::ChannelId channel,
                                                                     boost::json::object message) = 0;

  [[nodiscard]] virtual net::Task<base::Result<boost::json::array>> global_commands(
      discord::ApplicationId application) = 0;
  [[nodiscard]] virtual net::Task<base::Result<void>> overwrite_global_commands(discord::ApplicationId application,
                                                                                boost::json::array commands) = 0;

  [[nodiscard]] virtual net::Task<base::Result<void>> respond_to_interaction(discord::InteractionId interaction,
                                                                             base::Secret token,
                                                                             boost::json::object response) = 0;
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> respond_with_message(
      discord::InteractionId interaction, base::Secret token, boost::json::object response) = 0;
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> follow_up(discord::ApplicationId application,
                                                                               base::Secret token,
                                                                               boost::json::object message) = 0;
  // Messages of an interaction: the one of this id, or the response where there is none.
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> interaction_message(
      discord::ApplicationId application, base::Secret token, std::optional<discord::MessageId> id) = 0;
  [[nodiscard]] virtual net::Task<base::Result<boost::json::object>> edit_interaction_response(
      discord::ApplicationId application, base::Secret token, boost::json::object message,
      std::optional<discord::MessageId> id) = 0;
  [[nodiscard]] virtual net::Task<base::Result<void>> delete_interaction_response(
      discord::ApplicationId application, base::Secret token, std::optional<discord::MessageId> id) = 0;
};

}  // namespace guildhall::bot
