#include "sim/rest/discord_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace guildhall::sim {
namespace {

using boost::json::object;

void add_account(object& response, bool mfa_enabled) {
  response["mfa_enabled"] = mfa_enabled;
  response["locale"] = "en-US";
  response["premium_type"] = 0;
}

/// A registration for every port and path of a host is shown as that host: the pattern is no URI.
std::string without_pattern(std::string uri) {
  if (uri.ends_with(":*")) uri.resize(uri.size() - 2);
  return uri;
}

/// The flags of a small application's privileged intents (Discord: resources/application, Application Flags).
std::uint64_t intent_flags(Intents disallowed) {
  constexpr std::uint64_t presence_limited = 1U << 13;
  constexpr std::uint64_t members_limited = 1U << 15;
  constexpr std::uint64_t message_content_limited = 1U << 19;
  std::uint64_t flags = 0;
  if (!disallowed.has_any(intent::guild_presences)) flags |= presence_limited;
  if (!disallowed.has_any(intent::guild_members)) flags |= members_limited;
  if (!disallowed.has_any(intent::message_content)) flags |= message_content_limited;
  return flags;
}

}  // namespace

object current_user_response(const User& user, const Scopes& scopes) {
  auto response = user_response(user);
  add_account(response, false);
  if (holds(scopes, "email")) {
    response["email"] = or_null(user.email);
    response["verified"] = user.email.has_value();
  }
  return response;
}

object current_bot_response(const Application& application) {
  auto response = bot_user_response(application);
  add_account(response, true);
  response["email"] = nullptr;
  response["verified"] = true;
  return response;
}

object my_guild_response(const Guild& guild, GuildView view) {
  return {
      {"id", guild.id.to_string()},
      {"name", guild.name},
      {"icon", or_null(guild.icon)},
      {"banner", nullptr},
      {"owner", view.owner},
      {"permissions", view.permissions.to_string()},
      {"features", boost::json::array()},
  };
}

void add_counts(object& response, const Guild& guild) {
  const std::size_t members = member_count(guild);
  response["approximate_member_count"] = members;
  response["approximate_presence_count"] = members;
}

object application_response(const Application& application) {
  return {
      {"id", application.id.to_string()},
      {"name", application.name},
      {"icon", or_null(application.icon)},
      {"description", application.description},
      {"type", nullptr},
      {"bot", bot_user_response(application)},
      {"bot_public", true},
      {"bot_require_code_grant", false},
      {"verify_key", application.verify_key},
      {"flags", 0},
      {"flags_new", "0"},
  };
}

object private_application_response(const World& world, std::size_t authorizations, Intents disallowed) {
  const Application& application = world.application;
  auto response = application_response(application);
  const auto flags = intent_flags(disallowed);
  response["flags"] = flags;
  response["flags_new"] = std::to_string(flags);
  boost::json::array redirect_uris;
  for (const auto& uri : application.redirect_uris) redirect_uris.emplace_back(without_pattern(uri));
  boost::json::array scopes;
  for (const auto& scope : known_scopes()) scopes.emplace_back(scope.name);
  response["redirect_uris"] = std::move(redirect_uris);
  response["interactions_endpoint_url"] = nullptr;
  response["role_connections_verification_url"] = nullptr;
  if (const auto* owner = world.find_user(application.owner_id)) response["owner"] = user_response(*owner);
  response["approximate_guild_count"] = world.guilds_of_bot().size();
  response["approximate_user_install_count"] = 0;
  response["approximate_user_authorization_count"] = authorizations;
  response["explicit_content_filter"] = 0;
  response["team"] = nullptr;
  response["eligible_oauth2_scopes"] = std::move(scopes);
  return response;
}

}  // namespace guildhall::sim
