#include "sim/pages/channel_page.hpp"

#include "sim/pages/html.hpp"

namespace guildhall::sim {
namespace {

void add_sidebar(Html& html, const Guild& guild, const Channel& current) {
  html.raw("<nav class=\"sidebar\" aria-label=\"Channels\">\n<h2>").text(guild.name).raw("</h2>\n<ul>\n");
  for (const auto& [id, channel] : guild.channels) {
    if (channel.type == ChannelType::guild_category) continue;
    html.raw("<li><a href=\"").text(channel_path(guild, channel)).raw("\"");
    html.raw(id == current.id ? " aria-current=\"page\">" : ">");
    html.raw("# ").text(channel.name).raw("</a></li>\n");
  }
  html.raw("</ul>\n<p class=\"home\"><a href=\"/\">All servers</a></p>\n</nav>\n");
}

}  // namespace

std::string channel_path(const Guild& guild, const Channel& channel) {
  return "/channels/" + guild.id.to_string() + "/" + channel.id.to_string();
}

std::string channel_page(const World& world, const Guild& guild, const Channel& channel) {
  Html html;
  add_sidebar(html, guild, channel);
  html.raw("<main>\n<header>\n<h1># ").text(channel.name).raw("</h1>\n");
  html.raw("<label class=\"you\">You are <select id=\"person\"></select></label>\n</header>\n");
  html.raw("<ol id=\"messages\" role=\"log\" aria-live=\"polite\" aria-label=\"Messages\" tabindex=\"0\"></ol>\n");
  html.raw("<p class=\"below\" id=\"status\" role=\"status\"></p>\n<form id=\"composer\">\n");
  html.raw("<ul id=\"commands\" role=\"listbox\" aria-label=\"Commands of ").text(world.application.name);
  html.raw("\" hidden></ul>\n<label class=\"visually-hidden\" for=\"text\">Message in #").text(channel.name);
  html.raw("</label>\n<textarea id=\"text\" rows=\"1\" maxlength=\"2000\" autocomplete=\"off\" role=\"combobox\" ")
      .raw("aria-autocomplete=\"list\" aria-controls=\"commands\" aria-expanded=\"false\" placeholder=\"Message #")
      .text(channel.name)
      .raw("\"></textarea>\n<button class=\"component primary\">Send</button>\n</form>\n");
  html.raw("<p class=\"below\" id=\"typing\" aria-live=\"off\"></p>\n</main>\n");
  html.raw("<script type=\"module\" src=\"/assets/channel/channel.js\"></script>");
  return page("#" + channel.name + ", " + guild.name, "channel", html);
}

}  // namespace guildhall::sim
