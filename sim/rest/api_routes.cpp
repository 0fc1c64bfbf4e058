#include "sim/rest/api_routes.hpp"

#include <array>

#include "sim/oauth/token_routes.hpp"
#include "sim/rest/application_routes.hpp"
#include "sim/rest/channel_routes.hpp"
#include "sim/rest/command_routes.hpp"
#include "sim/rest/emoji_routes.hpp"
#include "sim/rest/gateway_routes.hpp"
#include "sim/rest/guild_routes.hpp"
#include "sim/rest/interaction_routes.hpp"
#include "sim/rest/invite_routes.hpp"
#include "sim/rest/member_routes.hpp"
#include "sim/rest/message_routes.hpp"
#include "sim/rest/pin_routes.hpp"
#include "sim/rest/reaction_routes.hpp"
#include "sim/rest/role_routes.hpp"
#include "sim/rest/thread_routes.hpp"
#include "sim/rest/user_routes.hpp"
#include "sim/rest/webhook_routes.hpp"

namespace guildhall::sim {
namespace {

using enum net::Method;

// clang-format off
constexpr auto all_api_routes = std::to_array<ApiRoute>({
    {get,     "/users/@me",                Access::bot_or_bearer, "identify", Bucket::current_user,        get_current_user},
    {get,     "/users/@me/guilds",         Access::bot_or_bearer, "guilds",   Bucket::current_user_guilds, list_current_user_guilds},
    {post,    "/users/@me/channels",       Access::bot,           "",         Bucket::direct_message,      create_direct_message},
    {patch,   "/users/@me",                Access::bot,           "",         Bucket::current_user,        change_current_user},
    {get,     "/users/@me/guilds/:guild_id/member", Access::bearer, "guilds.members.read", Bucket::member,   get_current_user_member},
    {delete_, "/users/@me/guilds/:guild_id", Access::bot,         "",         Bucket::guild,               leave_guild},
    {get,     "/users/:user_id",           Access::bot,           "",         Bucket::user,                get_user},

    {get,     "/guilds/:guild_id",                  Access::bot,  "",         Bucket::guild,               get_guild},
    {patch,   "/guilds/:guild_id",                  Access::bot,  "",         Bucket::guild,               change_guild_settings},
    {get,     "/guilds/:guild_id/channels",         Access::bot,  "",         Bucket::guild,               list_guild_channels},
    {post,    "/guilds/:guild_id/channels",         Access::bot,  "",         Bucket::guild,               create_channel},
    {patch,   "/guilds/:guild_id/channels",         Access::bot,  "",         Bucket::guild,               move_channels},
    {get,     "/guilds/:guild_id/threads/active",   Access::bot,  "",         Bucket::guild,               list_active_threads},
    {get,     "/guilds/:guild_id/webhooks",         Access::bot,  "",         Bucket::webhook,             list_guild_webhooks},
    {get,     "/guilds/:guild_id/invites",          Access::bot,  "",         Bucket::invite,              list_guild_invites},

    {get,     "/guilds/:guild_id/roles",               Access::bot, "",       Bucket::guild,               list_roles},
    {post,    "/guilds/:guild_id/roles",               Access::bot, "",       Bucket::role,                create_role},
    {patch,   "/guilds/:guild_id/roles",               Access::bot, "",       Bucket::role,                move_roles},
    {get,     "/guilds/:guild_id/roles/member-counts", Access::bot, "",       Bucket::role,                count_role_members},
    {get,     "/guilds/:guild_id/roles/:role_id",      Access::bot, "",       Bucket::role,                get_role},
    {patch,   "/guilds/:guild_id/roles/:role_id",      Access::bot, "",       Bucket::role,                change_role},
    {delete_, "/guilds/:guild_id/roles/:role_id",      Access::bot, "",       Bucket::role,                delete_role},

    {get,     "/guilds/:guild_id/members",                          Access::bot, "", Bucket::member, list_members},
    {get,     "/guilds/:guild_id/members/search",                   Access::bot, "", Bucket::member, search_members},
    {patch,   "/guilds/:guild_id/members/@me",                      Access::bot, "", Bucket::member, change_own_member},
    {get,     "/guilds/:guild_id/members/:user_id",                 Access::bot, "", Bucket::member, get_member},
    {put,     "/guilds/:guild_id/members/:user_id",                 Access::bot, "", Bucket::member, add_member},
    {patch,   "/guilds/:guild_id/members/:user_id",                 Access::bot, "", Bucket::member, change_member},
    {delete_, "/guilds/:guild_id/members/:user_id",                 Access::bot, "", Bucket::member, remove_member},
    {put,     "/guilds/:guild_id/members/:user_id/roles/:role_id",  Access::bot, "", Bucket::member, add_member_role},
    {delete_, "/guilds/:guild_id/members/:user_id/roles/:role_id",  Access::bot, "", Bucket::member, remove_member_role},

    {get,     "/guilds/:guild_id/bans",             Access::bot,  "",         Bucket::ban,                 list_bans},
    {get,     "/guilds/:guild_id/bans/:user_id",    Access::bot,  "",         Bucket::ban,                 get_ban},
    {put,     "/guilds/:guild_id/bans/:user_id",    Access::bot,  "",         Bucket::ban,                 add_ban},
    {delete_, "/guilds/:guild_id/bans/:user_id",    Access::bot,  "",         Bucket::ban,                 remove_ban},
    {post,    "/guilds/:guild_id/bulk-ban",         Access::bot,  "",         Bucket::ban,                 add_bans},

    {get,     "/guilds/:guild_id/emojis",           Access::bot,  "",         Bucket::emoji,               list_emojis},
    {post,    "/guilds/:guild_id/emojis",           Access::bot,  "",         Bucket::emoji,               create_emoji},
    {get,     "/guilds/:guild_id/emojis/:emoji_id", Access::bot,  "",         Bucket::emoji,               get_emoji},
    {patch,   "/guilds/:guild_id/emojis/:emoji_id", Access::bot,  "",         Bucket::emoji,               change_emoji},
    {delete_, "/guilds/:guild_id/emojis/:emoji_id", Access::bot,  "",         Bucket::emoji,               delete_emoji},

    {get,     "/channels/:channel_id",                            Access::bot, "", Bucket::channel, get_channel},
    {patch,   "/channels/:channel_id",                            Access::bot, "", Bucket::channel, change_channel},
    {delete_, "/channels/:channel_id",                            Access::bot, "", Bucket::channel, delete_channel},
    {put,     "/channels/:channel_id/permissions/:overwrite_id",  Access::bot, "", Bucket::channel, put_overwrite},
    {delete_, "/channels/:channel_id/permissions/:overwrite_id",  Access::bot, "", Bucket::channel, delete_overwrite},
    {post,    "/channels/:channel_id/typing",                     Access::bot, "", Bucket::typing,  trigger_typing},
    {get,     "/channels/:channel_id/webhooks",                   Access::bot, "", Bucket::webhook, list_channel_webhooks},
    {post,    "/channels/:channel_id/webhooks",                   Access::bot, "", Bucket::webhook, create_webhook},
    {get,     "/channels/:channel_id/invites",                    Access::bot, "", Bucket::invite,  list_channel_invites},
    {post,    "/channels/:channel_id/invites",                    Access::bot, "", Bucket::invite,  create_invite},
    {get,     "/invites/:code",                                   Access::anyone, "", Bucket::invite, get_invite},
    {delete_, "/invites/:code",                                   Access::bot, "", Bucket::invite,  delete_invite},

    {get,     "/channels/:channel_id/messages",             Access::bot, "",  Bucket::message_read,        list_messages},
    {post,    "/channels/:channel_id/messages",             Access::bot, "",  Bucket::message_create,      create_message},
    {post,    "/channels/:channel_id/messages/bulk-delete", Access::bot, "",  Bucket::message_bulk_delete, delete_messages},
    {get,     "/channels/:channel_id/messages/:message_id", Access::bot, "",  Bucket::message_read,        get_message},
    {patch,   "/channels/:channel_id/messages/:message_id", Access::bot, "",  Bucket::message_edit,        change_message},
    {delete_, "/channels/:channel_id/messages/:message_id", Access::bot, "",  Bucket::message_delete,      delete_message},

    {get,     "/channels/:channel_id/messages/pins",             Access::bot, "", Bucket::pin, list_pins},
    {put,     "/channels/:channel_id/messages/pins/:message_id", Access::bot, "", Bucket::pin, pin_message},
    {delete_, "/channels/:channel_id/messages/pins/:message_id", Access::bot, "", Bucket::pin, unpin_message},
    {get,     "/channels/:channel_id/pins",                      Access::bot, "", Bucket::pin, list_pinned_messages},
    {put,     "/channels/:channel_id/pins/:message_id",          Access::bot, "", Bucket::pin, pin_message},
    {delete_, "/channels/:channel_id/pins/:message_id",          Access::bot, "", Bucket::pin, unpin_message},

    {delete_, "/channels/:channel_id/messages/:message_id/reactions",                 Access::bot, "", Bucket::reaction, clear_reactions},
    {get,     "/channels/:channel_id/messages/:message_id/reactions/:emoji",          Access::bot, "", Bucket::reaction, list_reactions},
    {delete_, "/channels/:channel_id/messages/:message_id/reactions/:emoji",          Access::bot, "", Bucket::reaction, clear_emoji_reactions},
    {put,     "/channels/:channel_id/messages/:message_id/reactions/:emoji/@me",      Access::bot, "", Bucket::reaction, add_own_reaction},
    {delete_, "/channels/:channel_id/messages/:message_id/reactions/:emoji/@me",      Access::bot, "", Bucket::reaction, remove_own_reaction},
    {delete_, "/channels/:channel_id/messages/:message_id/reactions/:emoji/:user_id", Access::bot, "", Bucket::reaction, remove_reaction},

    {post,    "/channels/:channel_id/messages/:message_id/threads",       Access::bot, "", Bucket::thread, create_thread_from_message},
    {post,    "/channels/:channel_id/threads",                            Access::bot, "", Bucket::thread, create_thread},
    {get,     "/channels/:channel_id/threads/archived/public",            Access::bot, "", Bucket::thread, list_public_archived_threads},
    {get,     "/channels/:channel_id/threads/archived/private",           Access::bot, "", Bucket::thread, list_private_archived_threads},
    {get,     "/channels/:channel_id/users/@me/threads/archived/private", Access::bot, "", Bucket::thread, list_joined_archived_threads},
    {get,     "/channels/:channel_id/thread-members",                     Access::bot, "", Bucket::thread, list_thread_members},
    {put,     "/channels/:channel_id/thread-members/@me",                 Access::bot, "", Bucket::thread, join_thread},
    {delete_, "/channels/:channel_id/thread-members/@me",                 Access::bot, "", Bucket::thread, leave_thread},
    {get,     "/channels/:channel_id/thread-members/:user_id",            Access::bot, "", Bucket::thread, get_thread_member},
    {put,     "/channels/:channel_id/thread-members/:user_id",            Access::bot, "", Bucket::thread, add_thread_member},
    {delete_, "/channels/:channel_id/thread-members/:user_id",            Access::bot, "", Bucket::thread, remove_thread_member},

    {get,     "/webhooks/:webhook_id", Access::bot, "", Bucket::webhook, get_webhook},
    {patch,   "/webhooks/:webhook_id", Access::bot, "", Bucket::webhook, change_webhook},
    {delete_, "/webhooks/:webhook_id", Access::bot, "", Bucket::webhook, delete_webhook},

    {post,    "/interactions/:interaction_id/:interaction_token/callback",  Access::anyone, "", Bucket::interaction_callback, respond_to_interaction},
    {get,     "/webhooks/:webhook_id/:webhook_token",                       Access::anyone, "", Bucket::webhook,              get_webhook_with_token},
    {patch,   "/webhooks/:webhook_id/:webhook_token",                       Access::anyone, "", Bucket::webhook,              change_webhook_with_token},
    {delete_, "/webhooks/:webhook_id/:webhook_token",                       Access::anyone, "", Bucket::webhook,              delete_webhook_with_token},
    {post,    "/webhooks/:webhook_id/:webhook_token",                       Access::anyone, "", Bucket::interaction_message,  execute_webhook},
    {get,     "/webhooks/:webhook_id/:webhook_token/messages/@original",    Access::anyone, "", Bucket::interaction_message,  get_interaction_message},
    {patch,   "/webhooks/:webhook_id/:webhook_token/messages/@original",    Access::anyone, "", Bucket::interaction_message,  edit_interaction_message},
    {delete_, "/webhooks/:webhook_id/:webhook_token/messages/@original",    Access::anyone, "", Bucket::interaction_message,  delete_interaction_message},
    {get,     "/webhooks/:webhook_id/:webhook_token/messages/:message_id",  Access::anyone, "", Bucket::interaction_message,  get_webhook_message},
    {patch,   "/webhooks/:webhook_id/:webhook_token/messages/:message_id",  Access::anyone, "", Bucket::interaction_message,  edit_webhook_message},
    {delete_, "/webhooks/:webhook_id/:webhook_token/messages/:message_id",  Access::anyone, "", Bucket::interaction_message,  delete_webhook_message},

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

std::span<const ApiRoute> api_routes() { return all_api_routes; }

}  // namespace guildhall::sim
