#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::discord {

/// The routes of Discord's REST API that guildhall asks. Rate limits are learned for each.
enum class Route : std::uint8_t {
  current_user,
  current_user_guilds,
  gateway_bot,
  guild_member,
  guild_channels,
  guild_roles,
  guild_emojis,
  search_guild_members,
  create_message,
  edit_message,
  delete_message,
  global_commands,
  overwrite_global_commands,
  interaction_callback,
  edit_interaction_response,
  delete_interaction_response,
  follow_up,
  interaction_response,
  follow_up_message,
  edit_follow_up,
  delete_follow_up,
  oauth2_token,
  oauth2_token_revoke,
};

inline constexpr std::size_t route_count = 23;

struct RouteTemplate {
  net::Method method = net::Method::get;
  std::string_view path;  ///< As Discord's documents write it.
};

/// What the route is called in metrics.
[[nodiscard]] constexpr RouteTemplate template_of(Route route) {
  using net::Method;
  constexpr std::array<RouteTemplate, route_count> templates{{
      {Method::get, "/users/@me"},
      {Method::get, "/users/@me/guilds"},
      {Method::get, "/gateway/bot"},
      {Method::get, "/guilds/{guild_id}/members/{user_id}"},
      {Method::get, "/guilds/{guild_id}/channels"},
      {Method::get, "/guilds/{guild_id}/roles"},
      {Method::get, "/guilds/{guild_id}/emojis"},
      {Method::get, "/guilds/{guild_id}/members/search"},
      {Method::post, "/channels/{channel_id}/messages"},
      {Method::patch, "/channels/{channel_id}/messages/{message_id}"},
      {Method::delete_, "/channels/{channel_id}/messages/{message_id}"},
      {Method::get, "/applications/{application_id}/commands"},
      {Method::put, "/applications/{application_id}/commands"},
      {Method::post, "/interactions/{interaction_id}/{interaction_token}/callback"},
      {Method::patch, "/webhooks/{application_id}/{interaction_token}/messages/@original"},
      {Method::delete_, "/webhooks/{application_id}/{interaction_token}/messages/@original"},
      {Method::post, "/webhooks/{application_id}/{interaction_token}"},
      {Method::get, "/webhooks/{application_id}/{interaction_token}/messages/@original"},
      {Method::get, "/webhooks/{application_id}/{interaction_token}/messages/{message_id}"},
      {Method::patch, "/webhooks/{application_id}/{interaction_token}/messages/{message_id}"},
      {Method::delete_, "/webhooks/{application_id}/{interaction_token}/messages/{message_id}"},
      {Method::post, "/oauth2/token"},
      {Method::post, "/oauth2/token/revoke"},
  }};
  return templates[static_cast<std::size_t>(route)];
}

}  // namespace guildhall::discord
