#include "sim/rest/api_routes.hpp"

#include <array>

#include "sim/oauth/token_routes.hpp"
#include "sim/rest/application_routes.hpp"
#include "sim/rest/guild_routes.hpp"
#include "sim/rest/user_routes.hpp"

namespace guildhall::sim {
namespace {

using enum net::Method;

// clang-format off
constexpr auto routes = std::to_array<ApiRoute>({
    {get,  "/users/@me",               Access::bot_or_bearer, "identify", Bucket::current_user,        get_current_user},
    {get,  "/users/@me/guilds",        Access::bot_or_bearer, "guilds",   Bucket::current_user_guilds, list_current_user_guilds},
    {get,  "/guilds/:guild_id",        Access::bot,           "",         Bucket::guild,               get_guild},
    {get,  "/applications/@me",        Access::bot,           "",         Bucket::application,         get_current_application},
    {get,  "/oauth2/applications/@me", Access::bot,           "",         Bucket::application,         get_current_application},
    {get,  "/oauth2/@me",              Access::bearer,        "",         Bucket::authorization,       get_current_authorization},
    {get,  "/oauth2/authorize",        Access::anyone,        "",         Bucket::authorization,       redirect_to_authorize_page},
    {post, "/oauth2/token",            Access::anyone,        "",         Bucket::token,               issue_tokens},
    {post, "/oauth2/token/revoke",     Access::anyone,        "",         Bucket::token,               revoke_token},
});
// clang-format on

}  // namespace

std::span<const ApiRoute> api_routes() { return routes; }

}  // namespace guildhall::sim
