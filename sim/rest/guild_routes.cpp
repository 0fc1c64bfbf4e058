#include "sim/rest/guild_routes.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <string_view>

#include "sim/answers.hpp"
#include "sim/objects/channel.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/discord_json.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/image_form.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
net::Response get_guild(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const bool with_counts = parse_flag(call.query, "with_counts");
  auto response = guild_response(call.sim.world, guild);
  if (with_counts) add_counts(response, guild);
  return json_answer(200, response);
}

net::Response list_guild_channels(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  boost::json::array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(channel_response(call.sim.world, channel));
  return json_answer(200, channels);
}

namespace {

/// The settings of a guild that are kept and shown.
constexpr std::array guild_settings{"description",
                                    "verification_level",
                                    "default_message_notifications",
                                    "explicit_content_filter",
                                    "preferred_locale",
                                    "afk_timeout",
                                    "afk_channel_id",
                                    "system_channel_id",
                                    "features",
                                    "system_channel_flags",
                                    "rules_channel_id",
                                    "public_updates_channel_id",
                                    "safety_alerts_channel_id",
                                    "premium_progress_bar_enabled"};

}  // namespace

net::Response change_guild_settings(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_guild);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const auto name = form.text("name", {2, 100});
  (void)form.text("description", {0, 300});
  for (const std::string_view level : {"verification_level", "default_message_notifications", "explicit_content_filter",
                                       "afk_timeout", "system_channel_flags"}) {
    (void)form.integer(level, {0, INT32_MAX});
  }
  form.refuse({"splash", "banner", "discovery_splash", "home_header"});
  const auto icon = read_image(form, "icon");
  problems.throw_if_any();
  const Guild& changed = change_guild(call.sim, guild.id, [&](Guild& after) {
    if (name) after.name = *name;
    if (form.mentions("icon")) after.icon = icon;
    for (const std::string_view setting : guild_settings) {
      if (const auto* value = body.if_contains(setting)) after.settings[setting] = *value;
    }
  });
  return json_answer(200, guild_response(call.sim.world, changed));
}

net::Response leave_guild(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  change_guild(call.sim, guild.id, [](Guild& after) { after.bot = false; });
  return no_content();
}

net::Response list_active_threads(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  auto threads = active_threads(call.sim.world, guild);
  boost::json::array members;
  for (const auto& thread : threads) {
    if (const auto* member = thread.as_object().if_contains("member")) members.push_back(*member);
  }
  return json_answer(200, {{"threads", std::move(threads)}, {"members", std::move(members)}});
}

}  // namespace guildhall::sim
