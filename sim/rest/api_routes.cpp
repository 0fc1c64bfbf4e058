#include "sim/rest/api_routes.hpp"

#include <array>

#include "sim/oauth/token_routes.hpp"
#include "sim/rest/application_routes.hpp"
#include "sim/rest/channel_routes.hpp"
#include "sim/rest/command_routes.hpp"
#include "sim/rest/gateway_routes.hpp"
#include "sim/rest/guild_routes.hpp"
#include "sim/rest/interaction_routes.hpp"
#include "sim/rest/message_routes.hpp"
#include "sim/rest/user_routes.hpp"

namespace guildhall::sim {
namespace {

using enum net::Method;

// clang-format off
constexpr auto routes = std::to_array<ApiRoute>({
    {get,     "/users/@me",                Access::bot_or_bearer, "identify", Bucket::current_user,        get_current_user},
    {get,     "/users/@me/guilds",         Access::bot_or_bearer, "guilds",   Bucket::current_user_guilds, list_current_user_guilds},
    {post,    "/users/@me/channels",       Access::bot,           "",         Bucket::direct_message,      create_direct_message},
    {get,     "/users/:user_id",           Access::bot,           "",         Bucket::user,                get_user},

    {get,     "/guilds/:guild_id",                  Access::bot,  "",         Bucket::guild,               get_guild},
    {get,     "/guilds/:guild_id/channels",         Access::bot,  "",         Bucket::guild,               list_guild_channels},
    {get,     "/guilds/:guild_id/roles",            Access::bot,  "",         Bucket::guild,               list_roles},
    {get,     "/guilds/:guild_id/members",          Access::bot,  "",         Bucket::member,              list_members},
    {get,     "/guilds/:guild_id/members/:user_id", Access::bot,  "",         Bucket::member,              get_member},

    {get,     "/channels/:channel_id",                      Access::bot, "",  Bucket::channel,             get_channel},
    {post,    "/channels/:channel_id/typing",               Access::bot, "",  Bucket::typing,              trigger_typing},
    {get,     "/channels/:channel_id/messages",             Access::bot, "",  Bucket::message_read,        list_messages},
    {post,    "/channels/:channel_id/messages",             Access::bot, "",  Bucket::message_create,      create_message},
    {get,     "/channels/:channel_id/messages/:message_id", Access::bot, "",  Bucket::message_read,        get_message},
    {patch,   "/channels/:channel_id/messages/:message_id", Access::bot, "",  Bucket::message_edit,        change_message},
    {delete_, "/channels/:channel_id/messages/:message_id", Access::bot, "",  Bucket::message_delete,      delete_message},

    {post,    "/interactions/:interaction_id/:interaction_token/callback",  Access::anyone, "", Bucket::interaction_callback, respond_to_interaction},
    {post,    "/webhooks/:webhook_id/:webhook_token",                       Access::anyone, "", Bucket::interaction_message,  create_follow_up},
    {get,     "/webhooks/:webhook_id/:webhook_token/messages/@original",    Access::anyone, "", Bucket::interaction_message,  get_interaction_message},
    {patch,   "/webhooks/:webhook_id/:webhook_token/messages/@original",    Access::anyone, "", Bucket::interaction_message,  edit_interaction_message},
    {delete_, "/webhooks/:webhook_id/:webhook_token/messages/@original",    Access::anyone, "", Bucket::interaction_message,  delete_interaction_message},
    {get,     "/webhooks/:webhook_id/:webhook_token/messages/:message_id",  Access::anyone, "", Bucket::interaction_message,  get_interaction_message},
    {patch,   "/webhooks/:webhook_id/:webhook_token/messages/:message_id",  Access::anyone, "", Bucket::interaction_message,  edit_interaction_message},
    {delete_, "/webhooks/:webhook_id/:webhook_token/messages/:message_id",  Access::anyone, "", Bucket::interaction_message,  delete_interaction_message},

    {get,     "/applications/@me",                                                   Access::bot, "", Bucket::application,   get_current_application},
    {get,     "/applications/:application_id/commands",                              Access::bot, "", Bucket::command_read,  list_commands},
    {post,    "/applications/:application_id/commands",                              Access::bot, "", Bucket::command_write, create_command},
    {put,     "/applications/:application_id/commands",                              Access::bot, "", Bucket::command_write, overwrite_commands},
    {get,     "/applications/:application_id/commands/:command_id",                  Access::bot, "", Bucket::command_read,  get_command},
    {patch,   "/applications/:application_id/commands/:command_id",                  Access::bot, "", Bucket::command_write, edit_command},
    {delete_, "/applications/:application_id/commands/:command_id",                  Access::bot, "", Bucket::command_write, delete_command},
    {get,     "/applications/:application_id/guilds/:guild_id/commands",             Access::bot, "", Bucket::command_read,  list_commands},
    {post,    "/applications/:application_id/guilds/:guild_id/commands",             Access::bot, "", Bucket::command_write, create_command},
    {put,     "/applications/:application_id/guilds/:guild_id/commands",             Access::bot, "", Bucket::command_write, overwrite_commands},
    {get,     "/applications/:application_id/guilds/:guild_id/commands/:command_id", Access::bot, "", Bucket::command_read,  get_command},
    {patch,   "/applications/:application_id/guilds/:guild_id/commands/:command_id", Access::bot, "", Bucket::command_write, edit_command},
    {delete_, "/applications/:application_id/guilds/:guild_id/commands/:command_id", Access::bot, "", Bucket::command_write, delete_command},

    {get,     "/gateway",                  Access::anyone,        "",         Bucket::gateway,             get_gateway},
    {get,     "/gateway/bot",              Access::bot,           "",         Bucket::gateway,             get_bot_gateway},

    {get,     "/oauth2/applications/@me",  Access::bot,           "",         Bucket::application,         get_current_application},
    {get,     "/oauth2/@me",               Access::bearer,        "",         Bucket::authorization,       get_current_authorization},
    {get,     "/oauth2/authorize",         Access::anyone,        "",         Bucket::authorization,       redirect_to_authorize_page},
    {post,    "/oauth2/token",             Access::anyone,        "",         Bucket::token,               issue_tokens},
    {post,    "/oauth2/token/revoke",      Access::anyone,        "",         Bucket::token,               revoke_token},
});
// clang-format on

}  // namespace

std::span<const ApiRoute> api_routes() { return routes; }

}  // namespace guildhall::sim
