#include "api/discord_embed.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

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
                 part("inline", boolean().describe("Beside the fields next to it, rather than below.")),
             })
          .named("EmbedField");
  return schema;
}

std::optional<Fault> shows_something(const json::value& embed) {
  constexpr std::array<std::string_view, 7> visible{"title",     "description", "fields", "image",
                                                    "thumbnail", "footer",      "author"};
  const json::object& parts = embed.as_object();
  const bool any =
      std::any_of(visible.begin(), visible.end(), [&](std::string_view name) { return parts.contains(name); });
  if (any) return std::nullopt;
  return Fault{"", "An embed needs a title, description, field, image, thumbnail, footer or author."};
}

/// The length of the text at `name`, or at `name`/`inner`; 0 where there is none.
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
          .rule(&shows_something,
                "It shows something: a title, description, field, image, thumbnail, footer or author.");
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

}  // namespace guildhall::api
