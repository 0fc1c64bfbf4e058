#include "bot/rest_api.hpp"

#include "discord/rest/client.hpp"

namespace guildhall::bot {
namespace json = boost::json;

net::Task<base::Result<discord::User>> RestApi::current_user() {
  return rest_.current_user({discord::Authorization::Kind::bot, token_});
}

net::Task<base::Result<void>> RestApi::create_message(discord::ChannelId channel, json::object message) {
  auto creating = rest_.create_message(channel, std::move(message));
  const auto created = co_await std::move(creating);
  if (!created) co_return created.error();
  co_return base::Result<void>{};
}

net::Task<base::Result<json::array>> RestApi::global_commands(discord::ApplicationId application) {
  return rest_.global_commands(application);
}

net::Task<base::Result<void>> RestApi::overwrite_global_commands(discord::ApplicationId application,
                                                                 json::array commands) {
  return rest_.overwrite_global_commands(application, std::move(commands));
}

net::Task<base::Result<void>> RestApi::respond_to_interaction(discord::InteractionId interaction, base::Secret token,
                                                              json::object response) {
  return rest_.respond_to_interaction(interaction, std::move(token), std::move(response));
}

net::Task<base::Result<json::object>> RestApi::respond_with_message(discord::InteractionId interaction,
                                                                    base::Secret token, json::object response) {
  return rest_.respond_with_message(interaction, std::move(token), std::move(response));
}

net::Task<base::Result<json::object>> RestApi::follow_up(discord::ApplicationId application, base::Secret token,
                                                         json::object message) {
  return rest_.follow_up(application, std::move(token), std::move(message));
}

net::Task<base::Result<json::object>> RestApi::interaction_message(discord::ApplicationId application,
                                                                   base::Secret token,
                                                                   std::optional<discord::MessageId> id) {
  return rest_.interaction_message(application, std::move(token), id);
}

net::Task<base::Result<json::object>> RestApi::edit_interaction_response(discord::ApplicationId application,
                                                                         base::Secret token, json::object message,
                                                                         std::optional<discord::MessageId> id) {
  return rest_.edit_interaction_response(application, std::move(token), std::move(message), id);
}

net::Task<base::Result<void>> RestApi::delete_interaction_response(discord::ApplicationId application,
                                                                   base::Secret token,
                                                                   std::optional<discord::MessageId> id) {
  return rest_.delete_interaction_response(application, std::move(token), id);
}

}  // namespace guildhall::bot
