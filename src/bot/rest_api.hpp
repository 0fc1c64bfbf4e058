#pragma once

#include <utility>

#include "bot/discord_api.hpp"

namespace guildhall::discord {
class RestClient;
}

namespace guildhall::bot {

/// Asks Discord itself.
class RestApi final : public DiscordApi {
 public:
  /// `rest` outlives this; `token` is the bot's.
  RestApi(discord::RestClient& rest, base::Secret token) : rest_(rest), token_(std::move(token)) {}

  [[nodiscard]] net::Task<base::Result<discord::User>> current_user() override;
  [[nodiscard]] net::Task<base::Result<void>> create_message(discord::ChannelId channel,
                                                             boost::json::object message) override;
  [[nodiscard]] net::Task<base::Result<boost::json::array>> global_commands(
      discord::ApplicationId application) override;
  [[nodiscard]] net::Task<base::Result<void>> overwrite_global_commands(discord::ApplicationId application,
                                                                        boost::json::array commands) override;
  [[nodiscard]] net::Task<base::Result<void>> respond_to_interaction(discord::InteractionId interaction,
                                                                     base::Secret token,
                                                                     boost::json::object response) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> respond_with_message(
      discord::InteractionId interaction, base::Secret token, boost::json::object response) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> follow_up(discord::ApplicationId application,
                                                                       base::Secret token,
                                                                       boost::json::object message) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> interaction_message(
      discord::ApplicationId application, base::Secret token, std::optional<discord::MessageId> id) override;
  [[nodiscard]] net::Task<base::Result<boost::json::object>> edit_interaction_response(
      discord::ApplicationId application, base::Secret token, boost::json::object message,
      std::optional<discord::MessageId> id) override;
  [[nodiscard]] net::Task<base::Result<void>> delete_interaction_response(
      discord::ApplicationId application, base::Secret token, std::optional<discord::MessageId> id) override;

 private:
  discord::RestClient& rest_;
  const base::Secret token_;
};

}  // namespace guildhall::bot
