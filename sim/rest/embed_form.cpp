#include "sim/rest/embed_form.hpp"

#include <array>
#include <utility>

#include "base/utf8.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

constexpr Bounds embeds_per_message{0, 10};
constexpr Bounds title_length{0, 256};
constexpr Bounds embed_description_length{0, 4096};
constexpr Bounds fields_per_embed{0, 25};
constexpr Bounds field_name_length{1, 256};
constexpr Bounds field_value_length{1, 1024};
constexpr Bounds footer_length{0, 2048};
constexpr Bounds author_length{0, 256};
constexpr Bounds timestamp_length{0, 64};
constexpr Bounds colors{0, 0xFFFFFF};
constexpr std::size_t characters_per_message = 6000;

/// Reads one embed and counts the characters that it adds to those of the message.
class EmbedReader {
 public:
  explicit EmbedReader(FormReader& form) : form_(form) {}

  object read() {
    object embed{{"type", "rich"}};
    copy_text(form_, embed, "title", title_length);
    copy_text(form_, embed, "description", embed_description_length);
    if (auto url = form_.url("url")) embed["url"] = *url;
    if (const auto color = form_.integer("color", colors)) embed["color"] = *color;
    if (auto time = read_timestamp()) embed["timestamp"] = *time;
    if (auto footer = read_named("footer", "text", footer_length)) embed["footer"] = std::move(*footer);
    if (auto author = read_named("author", "name", author_length)) embed["author"] = std::move(*author);
    for (const std::string_view name : {"image", "thumbnail"}) {
      if (auto picture = read_picture(name)) embed[name] = std::move(*picture);
    }
    auto fields = read_fields();
    if (!fields.empty()) embed["fields"] = std::move(fields);
    return embed;
  }

  [[nodiscard]] std::size_t characters() const { return characters_; }

 private:
  void copy_text(FormReader& from, object& to, std::string_view name, Bounds length) {
    auto text = from.text(name, length);
    if (!text || text->empty()) return;
    characters_ += base::count_code_points(*text).value_or(text->size());
    to[name] = *text;
  }

  std::optional<std::string> read_timestamp() {
    auto time = form_.text("timestamp", timestamp_length);
    // `2021-01-23T02:33:17`, perhaps with fractions and a zone.
    if (time && (time->size() < 19 || (*time)[10] != 'T')) {
      form_.problem("timestamp", "DATE_TIME_TYPE_PARSE", "Could not parse " + *time + ". Should be ISO8601.");
    }
    return time;
  }

  /// A footer or an author.
  std::optional<object> read_named(std::string_view name, std::string_view text, Bounds length) {
    auto within = form_.object(name);
    if (!within) return std::nullopt;
    object shown;
    copy_text(*within, shown, text, length);
    if (auto icon = within->url("icon_url")) shown["icon_url"] = *icon;
    if (name == "author") {
      if (auto url = within->url("url")) shown["url"] = *url;
    }
    if (!shown.contains(text)) return std::nullopt;
    return shown;
  }

  std::optional<object> read_picture(std::string_view name) {
    auto within = form_.object(name);
    if (!within) return std::nullopt;
    auto url = within->url("url");
    if (!url) return std::nullopt;
    return object{{"url", std::move(*url)}};
  }

  boost::json::array read_fields() {
    boost::json::array fields;
    const auto* list = form_.list("fields", fields_per_embed);
    if (list == nullptr) return fields;
    for (std::size_t i = 0; i < list->size(); ++i) {
      auto field = form_.element("fields", i, (*list)[i]);
      if (!field) continue;
      object shown;
      field->require("name");
      field->require("value");
      copy_text(*field, shown, "name", field_name_length);
      copy_text(*field, shown, "value", field_value_length);
      shown["inline"] = field->boolean("inline", false);
      fields.push_back(std::move(shown));
    }
    return fields;
  }

  FormReader& form_;
  std::size_t characters_ = 0;
};

bool shows_something(const object& embed) {
  constexpr std::array<std::string_view, 7> visible{"title",  "description", "footer",   "author",
                                                    "fields", "image",       "thumbnail"};
  for (const auto name : visible) {
    if (embed.contains(name)) return true;
  }
  return false;
}

}  // namespace

std::optional<boost::json::array> read_embeds(FormReader& form) {
  const auto* list = form.list("embeds", embeds_per_message);
  if (list == nullptr) return std::nullopt;
  boost::json::array embeds;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto element = form.element("embeds", i, (*list)[i]);
    if (!element) continue;
    EmbedReader reader(*element);
    auto embed = reader.read();
    characters += reader.characters();
    if (shows_something(embed)) embeds.push_back(std::move(embed));
  }
  if (characters > characters_per_message) {
    form.problem("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
  }
  return embeds;
}

}  // namespace guildhall::sim
