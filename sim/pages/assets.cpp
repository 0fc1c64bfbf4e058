#include "sim/pages/assets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

extern "C" {
extern const char sim_style_begin[], sim_style_end[];
extern const char sim_icon_begin[], sim_icon_end[];
extern const char sim_channel_css_begin[], sim_channel_css_end[];
extern const char sim_channel_js_begin[], sim_channel_js_end[];
extern const char sim_commands_js_begin[], sim_commands_js_end[];
extern const char sim_dom_js_begin[], sim_dom_js_end[];
extern const char sim_markdown_js_begin[], sim_markdown_js_end[];
extern const char sim_message_js_begin[], sim_message_js_end[];
}

namespace guildhall::sim {
namespace {

struct Asset {
  std::string_view name;
  std::string_view type;
  const char* begin;
  const char* end;
};

constexpr std::string_view css = "text/css; charset=utf-8";
constexpr std::string_view js = "text/javascript; charset=utf-8";

const std::array assets{
    Asset{"style.css", css, sim_style_begin, sim_style_end},
    Asset{"icon.svg", "image/svg+xml", sim_icon_begin, sim_icon_end},
    Asset{"channel/channel.css", css, sim_channel_css_begin, sim_channel_css_end},
    Asset{"channel/channel.js", js, sim_channel_js_begin, sim_channel_js_end},
    Asset{"channel/commands.js", js, sim_commands_js_begin, sim_commands_js_end},
    Asset{"channel/dom.js", js, sim_dom_js_begin, sim_dom_js_end},
    Asset{"channel/markdown.js", js, sim_markdown_js_begin, sim_markdown_js_end},
    Asset{"channel/message.js", js, sim_message_js_begin, sim_message_js_end},
};

}  // namespace

std::optional<net::Response> find_asset(std::string_view name) {
  const auto* const found =
      std::find_if(assets.begin(), assets.end(), [&](const Asset& one) { return one.name == name; });
  if (found == assets.end()) return std::nullopt;
  net::Response response;
  response.headers.add("Content-Type", found->type);
  response.headers.add("Cache-Control", "max-age=60");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.static_body = {found->begin, static_cast<std::size_t>(found->end - found->begin)};
  return response;
}

}  // namespace guildhall::sim
