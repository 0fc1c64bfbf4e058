#include "bot/render/embed.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <string>

#include "base/utf8.hpp"
#include "bot/render/placeholders.hpp"
#include "schema/format.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

// Discord: resources/message, Embed Limits.
constexpr std::size_t max_title = 256;
constexpr std::size_t max_embed_description = 4096;
constexpr std::size_t max_field_name = 256;
constexpr std::size_t max_field_value = 1024;
constexpr std::size_t max_footer = 2048;
constexpr std::size_t max_author = 256;
constexpr std::size_t max_total = 6000;
// Ours: see api::embed_schema.
constexpr std::size_t max_url = 2048;

/// A zero width space. Discord requires both name and value of a field.
constexpr std::string_view placeholder_text = "\u200B";

class Renderer {
 public:
  explicit Renderer(const PlaceholderValues& values) : values_(values) {}

  json::object embed(const json::object& source) {
    json::object embed;
    for (const auto& [key, value] : source) {
      if (key == "title") {
        put(embed, key, value, max_title);
      } else if (key == "description") {
        put(embed, key, value, max_embed_description);
      } else if (key == "footer") {
        put_part(embed, key, value.as_object(), "text", max_footer);
      } else if (key == "author") {
        put_part(embed, key, value.as_object(), "name", max_author);
      } else if (key == "url") {
        put_url(embed, key, value);
      } else if (key == "image" || key == "thumbnail") {
        json::object image;
        put_url(image, "url", value.as_object().at("url"));
        if (!image.empty()) embed.emplace(key, std::move(image));
      } else if (key == "fields") {
        auto list = fields(value.as_array());
        if (!list.empty()) embed.emplace(key, std::move(list));
      } else {
        embed.emplace(key, value);
      }
    }
    return embed;
  }

 private:
  /// The text with arguments, within its limit and what is left of the message's; empty if it is blank.
  std::string fill(const json::value& text, std::size_t limit) {
    limit = std::min(limit, left_);
    if (limit == 0) return {};
    auto filled = fill_placeholders(text.as_string(), values_, limit);
    if (is_blank(filled)) return {};
    left_ -= base::count_code_points(filled).value_or(limit);
    return filled;
  }

  void put(json::object& into, std::string_view key, const json::value& text, std::size_t limit) {
    const auto filled = fill(text, limit);
    if (!filled.empty()) into.emplace(key, filled);
  }

  void put_url(json::object& into, std::string_view key, const json::value& url) {
    if (auto filled = fill_url(url.as_string(), values_, max_url, schema::format::web_url)) into.emplace(key, *filled);
  }

  /// Adds `part` with its text and addresses filled in, unless the text is blank.
  void put_part(json::object& into, std::string_view key, json::object part, std::string_view name, std::size_t limit) {
    const auto filled = fill(part.at(name), limit);
    if (filled.empty()) return;
    part[name] = filled;
    for (const std::string_view address : {"url", "icon_url"}) {
      if (!part.contains(address)) continue;
      const json::value url = std::move(part.at(address));
      part.erase(address);
      put_url(part, address, url);
    }
    into.emplace(key, std::move(part));
  }

  json::array fields(const json::array& source) {
    json::array fields;
    for (const auto& value : source) {
      json::object field = value.as_object();
      auto name = fill(field.at("name"), max_field_name);
      auto text = fill(field.at("value"), max_field_value);
      if (name.empty() && text.empty()) continue;
      field["name"] = or_placeholder(std::move(name));
      field["value"] = or_placeholder(std::move(text));
      fields.push_back(std::move(field));
    }
    return fields;
  }

  std::string or_placeholder(std::string text) {
    if (!text.empty()) return text;
    left_ -= std::min<std::size_t>(left_, 1);
    return std::string(placeholder_text);
  }

  const PlaceholderValues& values_;
  std::size_t left_ = max_total;
};

bool is_visible(const json::object& embed) {
  constexpr std::array<std::string_view, 7> visible{"title",     "description", "fields", "image",
                                                    "thumbnail", "footer",      "author"};
  return std::ranges::any_of(visible, [&](std::string_view name) { return embed.contains(name); });
}

}  // namespace

json::array render_embeds(const json::array& embeds, const PlaceholderValues& values) {
  Renderer renderer(values);
  json::array rendered;
  for (const auto& source : embeds) {
    auto embed = renderer.embed(source.as_object());
    if (is_visible(embed)) rendered.push_back(std::move(embed));
  }
  return rendered;
}

}  // namespace guildhall::bot
