#include "sim/rest/emoji_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/text.hpp"
#include "sim/answers.hpp"
#include "sim/objects/guild.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/image_form.hpp"

namespace guildhall::sim {
namespace {

constexpr Bounds emoji_name_length{2, 32};

const Emoji& find_guild_emoji(const ApiCall& call, const Guild& guild) {
  const auto found = guild.emojis.find(path_id<EmojiId>(call, "emoji_id"));
  if (found == guild.emojis.end()) throw unknown_emoji();
  return found->second;
}

/// The guild in the path, in which the bot may change this emoji: its own with the permission to create some.
const Guild& open_emojis(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const Permissions held = guild.permissions_of_bot();
  const bool own = find_guild_emoji(call, guild).creator == call.sim.world.application.bot_user_id();
  if (!held.has(manage_expressions) && !(own && held.has(create_expressions))) throw missing_permissions();
  return guild;
}

void read_emoji(FormReader& form, Emoji& emoji) {
  if (auto name = form.text("name", emoji_name_length)) {
    const bool plain = std::all_of(name->begin(), name->end(), [](char c) { return base::is_alnum(c) || c == '_'; });
    if (!plain) form.problem("name", "STRING_TYPE_REGEX", "String value did not match validation regex.");
    emoji.name = std::move(*name);
  }
  if (form.mentions("roles")) emoji.roles = form.snowflakes<RoleId>("roles", {0, 250});
}

}  // namespace

net::Response list_emojis(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  boost::json::array list;
  for (const auto& [id, emoji] : guild.emojis) list.push_back(emoji_response(call.sim.world, emoji));
  return json_answer(200, list);
}

net::Response get_emoji(const ApiCall& call) {
  return json_answer(200, emoji_response(call.sim.world, find_guild_emoji(call, open_guild(call))));
}

net::Response create_emoji(const ApiCall& call) {
  const Guild& guild = open_guild(call, create_expressions);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  form.require("name");
  form.require("image");
  Emoji emoji;
  read_emoji(form, emoji);
  if (read_image(form, "image")) {
    emoji.animated = std::string_view(form.find("image")->as_string()).starts_with("data:image/gif");
  }
  problems.throw_if_any();
  emoji.id = EmojiId{call.sim.new_snowflake()};
  emoji.creator = call.sim.world.application.bot_user_id();
  change_guild(call.sim, guild.id, [&](Guild& after) { after.emojis.emplace(emoji.id, emoji); });
  return json_answer(201, emoji_response(call.sim.world, emoji));
}

net::Response change_emoji(const ApiCall& call) {
  const Guild& guild = open_emojis(call);
  Emoji emoji = find_guild_emoji(call, guild);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  read_emoji(form, emoji);
  problems.throw_if_any();
  change_guild(call.sim, guild.id, [&](Guild& after) { after.emojis.at(emoji.id) = emoji; });
  return json_answer(200, emoji_response(call.sim.world, emoji));
}

net::Response delete_emoji(const ApiCall& call) {
  const Guild& guild = open_emojis(call);
  change_guild(call.sim, guild.id, [id = find_guild_emoji(call, guild).id](Guild& after) { after.emojis.erase(id); });
  return no_content();
}

}  // namespace guildhall::sim
