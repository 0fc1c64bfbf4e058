#include "api/discord_message.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/discord_components.hpp"
#include "base/utf8.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

Schema url() { return text().length(1, 2048).format(format::web_url); }

const Schema& image() {
  static const Schema schema = object({required("url", url())}).named("EmbedImage");
  return schema;
}

const Schema& footer() {
  static const Schema schema = object({
                                          required("text", text().length(1, 2048).visible()),
                                          part("icon_url", url()),
                                      })
                                   .named("EmbedFooter");
  return schema;
}

const Schema& author() {
  static const Schema schema = object({
                                          required("name", text().length(1, 256).visible()),
                                          part("url", url()),
                                          part("icon_url", url()),
                                      })
                                   .named("EmbedAuthor");
  return schema;
}

const Schema& field() {
  static const Schema schema =
      object({
                 required("name", text().length(1, 256).visible()),
                 required("value", text().length(1, 1024).visible()),
                 part("inline", boolean().describe("Beside the next fields instead of above them.")),
             })
          .named("EmbedField");
  return schema;
}

std::optional<Fault> check_embed(const json::value& embed) {
  constexpr std::array<std::string_view, 7> visible{"title",     "description", "fields", "image",
                                                    "thumbnail", "footer",      "author"};
  const json::object& parts = embed.as_object();
  const bool any =
      std::any_of(visible.begin(), visible.end(), [&](std::string_view name) { return parts.contains(name); });
  if (any) return std::nullopt;
  return Fault{"", "An embed needs a title, description, field, image, thumbnail, footer or author."};
}

/// The length of the text at `name`, or at `name`/`inner`; 0 if there is none.
std::size_t length_at(const json::object& parts, std::string_view name, std::string_view inner = {}) {
  const json::value* value = parts.if_contains(name);
  if (value == nullptr) return 0;
  if (!inner.empty()) return length_at(value->as_object(), inner);
  return base::count_code_points(value->as_string()).value_or(0);
}

}  // namespace

const Schema& embed_schema() {
  static const Schema schema =
      object({
                 part("title", text().length(1, 256).visible()),
                 part("description", text().length(1, 4096).visible().describe("Discord's Markdown.")),
                 part("url", url().describe("Where the title leads.")),
                 part("timestamp", text().format(format::date_time)),
                 part("color", integer()
                                   .range(0, 0xFFFFFF)
                                   .spelled(format::hex_color)
                                   .describe("Red, green and blue as a number or as `#rrggbb`; kept as a number.")),
                 part("footer", footer()),
                 part("image", image()),
                 part("thumbnail", image()),
                 part("author", author()),
                 part("fields", list(field()).items(1, 25)),
             })
          .named("Embed")
          .describe("An embed of a message, with Discord's names.")
          .rule(&check_embed, "It shows something: a title, description, field, image, thumbnail, footer or author.");
  return schema;
}

std::size_t embed_text_length(const json::value& embed) {
  const json::object& parts = embed.as_object();
  std::size_t length = length_at(parts, "title") + length_at(parts, "description") +
                       length_at(parts, "footer", "text") + length_at(parts, "author", "name");
  if (const json::value* fields = parts.if_contains("fields")) {
    for (const json::value& field : fields->as_array()) {
      length += length_at(field.as_object(), "name") + length_at(field.as_object(), "value");
    }
  }
  return length;
}

std::optional<Fault> check_embeds_length(const json::value& message) {
  constexpr std::size_t max_length = 6000;
  const auto* embeds = message.as_object().if_contains("embeds");
  if (embeds == nullptr || !embeds->is_array()) return std::nullopt;
  std::size_t length = 0;
  for (const json::value& embed : embeds->as_array()) length += embed_text_length(embed);
  if (length <= max_length) return std::nullopt;
  return Fault{"/embeds", "Must be at most " + std::to_string(max_length) +
                              " characters in all embeds together; these have " + std::to_string(length) + "."};
}

namespace {

std::optional<Fault> check_not_empty(const json::value& response) {
  const bool silent = response.at("content").is_null() && response.at("embeds").as_array().empty() &&
                      response.at("components").as_array().empty();
  if (!silent) return std::nullopt;
  return Fault{"", "A response needs content, an embed or a component."};
}

}  // namespace

const Schema& command_response_schema() {
  static const Schema schema =
      object({
                 part("content", text().length(1, 2000).visible().otherwise(nullptr).describe(
                                     "Discord's Markdown; `${1}` to `${n}` are the arguments.")),
                 part("embeds", list(embed_schema()).items(0, 10).otherwise(json::array{})),
                 part("components", list(top_component_schema()).items(0, 5).otherwise(json::array{})),
                 part("onlyCaller", only_caller()),
                 part("expiresAfter", expires_after()),
             })
          .named("CommandResponse")
          .describe("The bot's response. Answers of this API always have content, embeds and components.")
          .rule(&check_not_empty, "It needs content, an embed or a component.")
          .rule(&check_embeds_length,
                "Titles, descriptions, fields, footers and authors of all embeds have at most "
                "6000 characters together.")
          .rule(&check_unique_ids, "No two components have the same custom_id.");
  return schema;
}

}  // namespace guildhall::api
