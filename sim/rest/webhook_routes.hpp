#pragma once

#include "sim/rest/api_route.hpp"

/// Incoming webhooks (Discord: Webhook). A route with a token serves the application's own id too, which stands for
/// an interaction.
namespace guildhall::sim {

[[nodiscard]] net::Response create_webhook(const ApiCall& call);
[[nodiscard]] net::Response list_channel_webhooks(const ApiCall& call);
[[nodiscard]] net::Response list_guild_webhooks(const ApiCall& call);
[[nodiscard]] net::Response get_webhook(const ApiCall& call);
[[nodiscard]] net::Response change_webhook(const ApiCall& call);
[[nodiscard]] net::Response delete_webhook(const ApiCall& call);

[[nodiscard]] net::Response get_webhook_with_token(const ApiCall& call);
[[nodiscard]] net::Response change_webhook_with_token(const ApiCall& call);
[[nodiscard]] net::Response delete_webhook_with_token(const ApiCall& call);
/// Posts a message of the webhook; a follow-up of an interaction.
[[nodiscard]] net::Response execute_webhook(const ApiCall& call);
[[nodiscard]] net::Response get_webhook_message(const ApiCall& call);
[[nodiscard]] net::Response edit_webhook_message(const ApiCall& call);
[[nodiscard]] net::Response delete_webhook_message(const ApiCall& call);

}  // namespace guildhall::sim
