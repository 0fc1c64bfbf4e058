#include "sim/rest/discord_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace guildhall::sim {
namespace {

using boost::json::object;

boost::json::value or_null(const std::optional<std::string>& text) {
  return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

object user(std::string id, const std::string& username, const std::optional<std::string>& global_name,
            const std::optional<std::string>& avatar) {
  return {
      {"id", std::move(id)},       {"username", username},
      {"discriminator", "0"},      {"global_name", or_null(global_name)},
      {"avatar", or_null(avatar)}, {"banner", nullptr},
      {"accent_color", nullptr},   {"avatar_decoration_data", nullptr},
      {"collectibles", nullptr},   {"primary_guild", nullptr},
      {"public_flags", 0},         {"flags", 0},
  };
}

void add_account(object& response, bool mfa_enabled) {
  response["mfa_enabled"] = mfa_enabled;
  response["locale"] = "en-US";
  response["premium_type"] = 0;
}

object everyone_role(const Guild& guild) {
  return {
      {"id", guild.id.to_string()},
      {"name", "@everyone"},
      {"permissions", everyone_permissions.to_string()},
      {"position", 0},
      {"color", 0},
      {"colors", {{"primary_color", 0}, {"secondary_color", nullptr}, {"tertiary_color", nullptr}}},
      {"hoist", false},
      {"managed", false},
      {"mentionable", false},
      {"icon", nullptr},
      {"unicode_emoji", nullptr},
      {"flags", 0},
  };
}

/// The settings that every guild of the simulator has: Discord's for a new guild.
object default_settings() {
  return {
      {"afk_timeout", 300},
      {"default_message_notifications", 0},
      {"emojis", boost::json::array()},
      {"explicit_content_filter", 0},
      {"features", boost::json::array()},
      {"incidents_data", nullptr},
      {"max_members", 500'000},
      {"max_presences", nullptr},
      {"max_stage_video_channel_users", 50},
      {"max_video_channel_users", 25},
      {"mfa_level", 0},
      {"nsfw", false},
      {"nsfw_level", 0},
      {"preferred_locale", "en-US"},
      {"premium_progress_bar_enabled", false},
      {"premium_subscription_count", 0},
      {"premium_tier", 0},
      {"region", "deprecated"},
      {"stickers", boost::json::array()},
      {"system_channel_flags", 0},
      {"vanity_url_code", nullptr},
      {"verification_level", 0},
      {"widget_enabled", false},
  };
}

/// A registration for every port and path of a host is shown as that host: the pattern is no URI.
std::string without_pattern(std::string uri) {
  if (uri.ends_with(":*")) uri.resize(uri.size() - 2);
  return uri;
}

}  // namespace

object user_response(const Person& person) {
  return user(person.id.to_string(), person.username, person.global_name, person.avatar);
}

object bot_user_response(const Application& application) {
  auto response = user(application.bot_user_id().to_string(), application.bot_username, {}, application.icon);
  response["bot"] = true;
  return response;
}

object current_user_response(const Person& person, const Scopes& scopes) {
  auto response = user_response(person);
  add_account(response, false);
  if (holds(scopes, "email")) {
    response["email"] = or_null(person.email);
    response["verified"] = person.email.has_value();
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

object guild_response(const Guild& guild) {
  auto response = default_settings();
  response["id"] = guild.id.to_string();
  response["name"] = guild.name;
  response["icon"] = or_null(guild.icon);
  response["owner_id"] = guild.owner_id.to_string();
  response["roles"] = boost::json::array{everyone_role(guild)};
  for (const std::string_view absent :
       {"afk_channel_id", "application_id", "banner", "description", "discovery_splash", "home_header",
        "public_updates_channel_id", "rules_channel_id", "safety_alerts_channel_id", "splash", "system_channel_id",
        "widget_channel_id"}) {
    response[absent] = nullptr;
  }
  return response;
}

void add_counts(object& response, const Guild& guild) {
  const std::size_t members = guild.members.size() + (guild.bot ? 1 : 0);
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

object private_application_response(const World& world, std::size_t authorizations) {
  const Application& application = world.application;
  auto response = application_response(application);
  boost::json::array redirect_uris;
  for (const auto& uri : application.redirect_uris) redirect_uris.emplace_back(without_pattern(uri));
  boost::json::array scopes;
  for (const auto& scope : known_scopes()) scopes.emplace_back(scope.name);
  response["redirect_uris"] = std::move(redirect_uris);
  response["interactions_endpoint_url"] = nullptr;
  response["role_connections_verification_url"] = nullptr;
  if (const auto* owner = world.find_person(application.owner_id)) response["owner"] = user_response(*owner);
  response["approximate_guild_count"] = world.guilds_of_bot().size();
  response["approximate_user_install_count"] = 0;
  response["approximate_user_authorization_count"] = authorizations;
  response["explicit_content_filter"] = 0;
  response["team"] = nullptr;
  response["eligible_oauth2_scopes"] = std::move(scopes);
  return response;
}

std::string to_discord_time(base::Timestamp time) {
  std::string text = base::to_iso8601(time);
  text.pop_back();
  return text + "000+00:00";
}

}  // namespace guildhall::sim
