#include "sim/pages/landing_page.hpp"

#include "sim/pages/channel_page.hpp"
#include "sim/pages/html.hpp"

namespace guildhall::sim {
namespace {

std::string_view standing_of(const Guild& guild, UserId user) {
  if (guild.owner_id == user) return "Owner";
  const auto permissions = guild.permissions_of(user);
  if (permissions.has(administrator)) return "Administrator";
  if (permissions.has(manage_guild)) return "Manage Server";
  return "Member";
}

std::string_view display_name(const User& user) {
  return user.global_name ? std::string_view(*user.global_name) : std::string_view(user.username);
}

void add_application(Html& html, const Application& application) {
  html.raw("<section>\n<h2>Application</h2>\n<dl>\n<dt>Name</dt><dd>").text(application.name).raw("</dd>\n");
  html.raw("<dt>Client id</dt><dd><code>").text(application.id.to_string()).raw("</code></dd>\n");
  html.raw("<dt>Redirect URIs</dt><dd>");
  for (const auto& uri : application.redirect_uris) html.raw("<code>").text(uri).raw("</code> ");
  html.raw("</dd>\n</dl>\n</section>\n");
}

void add_people_list(Html& html, const World& world) {
  html.raw("<section>\n<h2>People</h2>\n<ul class=\"cards\">\n");
  for (const auto& [id, user] : world.users()) {
    html.raw("<li>");
    add_avatar(html, user.username);
    html.raw("<span><b>").text(display_name(user)).raw("</b><small>").text(user.username).raw("</small><code>");
    html.text(id.to_string()).raw("</code></span></li>\n");
  }
  html.raw("</ul>\n</section>\n");
}

void add_guild(Html& html, const World& world, const Guild& guild) {
  html.raw("<li class=\"guild\"><div class=\"head\">");
  add_avatar(html, guild.name);
  html.raw("<span><b>").text(guild.name).raw("</b><code>").text(guild.id.to_string()).raw("</code></span>");
  html.raw(guild.bot ? "<span class=\"tag\">bot is in</span>" : "<span class=\"tag off\">no bot</span>");
  html.raw("</div>\n<p class=\"channels\">");
  for (const auto& [id, channel] : guild.channels) {
    if (channel.type == ChannelType::guild_category) continue;
    html.raw("<a href=\"").text(channel_path(guild, channel)).raw("\"># ").text(channel.name).raw("</a> ");
  }
  html.raw("</p>\n<table>\n");
  for (const auto& [id, permissions] : guild.members) {
    const User* user = world.find_user(id);
    if (user == nullptr) continue;
    html.raw("<tr><td>").text(display_name(*user)).raw("</td><td>").text(standing_of(guild, id)).raw("</td></tr>\n");
  }
  html.raw("</table></li>\n");
}

}  // namespace

std::string landing_page(const World& world) {
  Html html;
  html.raw("<main>\n<header>\n<h1>discord-sim</h1>\n<p class=\"muted\">A stand-in for Discord: the same OAuth2 pages, ")
      .raw(
          "API and gateway, with people and servers that exist only here. Open a channel to chat in "
          "it.</p>\n</header>\n");
  add_people_list(html, world);
  html.raw("<section>\n<h2>Servers</h2>\n<ul class=\"cards guilds\">\n");
  for (const auto& [id, guild] : world.guilds()) add_guild(html, world, guild);
  html.raw("</ul>\n</section>\n");
  add_application(html, world.application);
  html.raw("<section>\n<h2>Look inside</h2>\n<ul class=\"links\">\n")
      .raw("<li><a href=\"/sim/world\">The world</a> as one JSON document, fit for <code>--world</code></li>\n")
      .raw("<li><a href=\"/sim/requests\">What was asked</a> of the API</li>\n")
      .raw("<li><a href=\"/sim/faults\">Faults</a> that wait for the next requests</li>\n")
      .raw("<li>The API is below <code>/api/v10</code></li>\n</ul>\n</section>\n</main>");
  return page("discord-sim", "wide", html);
}

}  // namespace guildhall::sim
