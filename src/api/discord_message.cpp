#include "api/discord_message.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iterator>
#include <span>

#include "api/discord_components.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

Schema url() {
  return text()
      .length(1, 2048)
      .format(format::web_url_template)
      .describe("May have placeholders; left out where it is no URL with them filled in.");
}

/// Adds what Discord tells of a medium and nobody has to send.
std::vector<Property> with_media_facts(std::vector<Property> properties) {
  for (const std::string_view name :
       {"proxy_url", "width", "height", "content_type", "placeholder", "placeholder_version", "description", "flags",
        "content_scan_version", "id", "size", "filename"}) {
    properties.push_back(ignored(name));
  }
  return properties;
}

/// A bare address, as some embed builders write it.
std::optional<Moved> image_of_address(json::value& image) {
  if (!image.is_string() || image.get_string().empty()) return std::nullopt;
  json::object parts{{"url", std::move(image)}};
  image = std::move(parts);
  return Moved{"/url", ""};
}

/// discord.js's name of an icon.
std::optional<Moved> rename_icon(json::value& part) {
  auto* const parts = part.if_object();
  auto* const icon = parts == nullptr ? nullptr : parts->if_contains("iconURL");
  if (icon == nullptr || parts->contains("icon_url")) return std::nullopt;
  auto moved = std::move(*icon);
  parts->erase("iconURL");
  parts->emplace("icon_url", std::move(moved));
  return Moved{"/icon_url", "/iconURL"};
}

const Schema& image() {
  static const Schema schema =
      object(with_media_facts({required("url", url())})).named("EmbedImage").rewritten(&image_of_address);
  return schema;
}

const Schema& footer() {
  static const Schema schema = object({
                                          required("text", text().length(1, 2048).visible()),
                                          part("icon_url", url()),
                                          ignored("proxy_icon_url"),
                                      })
                                   .named("EmbedFooter")
                                   .rewritten(&rename_icon);
  return schema;
}

const Schema& author() {
  static const Schema schema = object({
                                          required("name", text().length(1, 256).visible()),
                                          part("url", url()),
                                          part("icon_url", url()),
                                          ignored("proxy_icon_url"),
                                      })
                                   .named("EmbedAuthor")
                                   .rewritten(&rename_icon);
  return schema;
}

const Schema& field() {
  static const Schema schema =
      object({
                 required("name", text().length(1, 256).visible()),
                 required("value", text().length(1, 1024).visible()),
                 part("inline", boolean().describe("Beside the next fields instead of above them.")),
                 ignored("id"),
             })
          .named("EmbedField");
  return schema;
}

std::optional<Fault> check_embed_type(const json::value& type) {
  if (type == "rich") return std::nullopt;
  return Fault{"",
               "Must be \"rich\". Remove this embed: Discord makes those of other types itself, from addresses in "
               "the content."};
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
                 part("timestamp", text().format(format::date_time).describe("In UTC where it has no zone.")),
                 part("color", integer()
                                   .range(0, 0xFFFFFF)
                                   .spelled(format::color)
                                   .describe("Red, green and blue as a number, as `#rrggbb`, or discord.js's name of "
                                             "a color; kept as a number.")),
                 part("footer", footer()),
                 part("image", image()),
                 part("thumbnail", image()),
                 part("author", author()),
                 part("fields", list(field()).items(1, 25)),
                 ignored("type", text().rule(&check_embed_type, "`rich`.")),
                 ignored("provider"),
                 ignored("video"),
                 ignored("flags"),
                 ignored("reference_id"),
                 ignored("content_scan_version"),
                 ignored("id"),
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

constexpr std::array<std::string_view, 8> embed_parts{"title",     "description", "fields", "image",
                                                      "thumbnail", "footer",      "author", "color"};

bool has_any(const json::object& parts, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return parts.contains(name); });
}

/// Brings what people copy from embed builders, webhook scripts and Discord itself into the form of a message: a
/// message in `messages` and `data` as Discohook shares it, in `data` or `message`, with a single `embed`, an embed
/// alone, or a list of embeds.
std::optional<Moved> unwrap_message(json::value& value) {
  static constexpr std::array<std::string_view, 5> message_parts{"content", "embeds", "components", "onlyCaller",
                                                                 "expiresAfter"};
  if (auto* const list = value.if_array()) {
    const auto is_embed = [](const json::value& item) {
      return item.is_object() && has_any(item.get_object(), embed_parts);
    };
    if (list->empty() || !std::ranges::all_of(*list, is_embed)) return std::nullopt;
    json::object message{{"embeds", std::move(value)}};
    value = std::move(message);
    return Moved{"/embeds", ""};
  }
  auto* const object = value.if_object();
  if (object == nullptr || has_any(*object, message_parts)) return std::nullopt;
  const auto take = [&](json::value& inner, Moved moved) {
    auto taken = std::move(inner);
    value = std::move(taken);
    return moved;
  };
  if (auto* const messages = object->if_contains("messages"); messages != nullptr && messages->is_array()) {
    auto& list = messages->get_array();
    auto* const first = list.size() == 1 ? list.front().if_object() : nullptr;
    auto* const data = first == nullptr ? nullptr : first->if_contains("data");
    if (data != nullptr && data->is_object()) return take(*data, {"", "/messages/0/data"});
  }
  if (auto* const data = object->if_contains("data"); data != nullptr && data->is_object())
    return take(*data, {"", "/data"});
  if (auto* const message = object->if_contains("message"); message != nullptr && message->is_object()) {
    return take(*message, {"", "/message"});
  }
  if (has_any(*object, embed_parts)) {
    // Nadeko's embeds have the content beside their parts.
    json::value content = nullptr;
    if (auto* const plain_text = object->if_contains("plainText")) {
      content = std::move(*plain_text);
      object->erase("plainText");
    }
    json::object message{{"content", std::move(content)}, {"embeds", json::array{std::move(value)}}};
    value = std::move(message);
    return Moved{"/embeds/0", ""};
  }
  return std::nullopt;
}

/// `embed`, from before a message could have several. Then what has been unwrapped, so that both can be.
std::optional<Moved> rename_embed(json::value& value) {
  const auto moved = unwrap_message(value);
  auto* const object = value.if_object();
  auto* const embed = object == nullptr ? nullptr : object->if_contains("embed");
  if (embed == nullptr || object->contains("embeds") || !embed->is_object()) return moved;
  json::array embeds{std::move(*embed)};
  object->erase("embed");
  object->emplace("embeds", std::move(embeds));
  return moved ? moved : Moved{"/embeds/0", "/embed"};
}

/// Message Flags that only tell what became of a message: CROSSPOSTED, IS_CROSSPOST, SOURCE_MESSAGE_DELETED, URGENT,
/// HAS_THREAD, LOADING, FAILED_TO_MENTION_SOME_ROLES_IN_THREAD.
constexpr std::int64_t history_flags = 1 | 2 | 8 | 16 | 32 | 128 | 256;
constexpr std::int64_t components_v2_flag = 1 << 15;

std::optional<Fault> check_response_flags(const json::value& flags) {
  const auto rest = flags.as_int64() & ~history_flags;
  if (rest == 0) return std::nullopt;
  if ((rest & components_v2_flag) != 0) {
    return Fault{"",
                 "Components V2 (flag 32768) cannot be kept. Use content, embeds and rows of components, and remove "
                 "the flag."};
  }
  return Fault{"", "Must be 0: a response has no flags. Remove them."};
}

/// What Discord tells of a message besides what it shows.
constexpr std::string_view message_facts =
    "id channel_id guild_id author member timestamp edited_timestamp mention_everyone mentions mention_roles "
    "mention_channels reactions nonce pinned webhook_id type application application_id message_reference "
    "referenced_message interaction interaction_metadata thread position channel_type resolved call "
    "role_subscription_data enforce_nonce reference";

/// What Discord's own messages, webhooks and Discohook have besides, and a response has not.
std::vector<Property> foreign_message_parts() {
  constexpr std::string_view own_name = "The bot answers with its own name and picture. Remove this.";
  std::vector<Property> properties{
      refused("tts", "A response is not read aloud. Remove this."),
      refused("attachments",
              "Files cannot be kept. Put the address of a picture into an embed's image, or a link into "
              "the content, and remove this."),
      refused("files",
              "Files cannot be kept. Put the address of a picture into an embed's image, or a link into the "
              "content, and remove this."),
      refused("sticker_ids", "Stickers cannot be kept. Remove this."),
      refused("sticker_items", "Stickers cannot be kept. Remove this."),
      refused("stickers", "Stickers cannot be kept. Remove this."),
      refused("poll", "Polls cannot be kept. Remove this."),
      refused("message_snapshots", "Forwarded messages cannot be kept. Copy their content, and remove this."),
      refused("activity", "Invitations to activities cannot be kept. Remove this."),
      refused("username", own_name),
      refused("avatar_url", own_name),
      refused("avatarURL", own_name),
      refused("thread_name", "A response starts no thread. Remove this."),
      refused("applied_tags", "A response starts no thread. Remove this."),
      refused("allowed_mentions", "A response mentions nobody. Remove this."),
      refused("allowedMentions", "A response mentions nobody. Remove this."),
  };
  for (auto rest = message_facts; !rest.empty();) {
    properties.push_back(
        ignored(base::take_until(rest, ' '), anything().describe("Ignored: it tells where the message was.")));
  }
  return properties;
}

std::optional<Fault> check_not_empty(const json::value& response) {
  const bool silent = response.at("content").is_null() && response.at("embeds").as_array().empty() &&
                      response.at("components").as_array().empty();
  if (!silent) return std::nullopt;
  return Fault{"", "A response needs content, an embed or a component."};
}

}  // namespace

const Schema& command_response_schema() {
  static const Schema schema = [] {
    std::vector<Property> parts{
        // First, because it says best what is wrong with a message of Components V2.
        ignored("flags", integer().rule(&check_response_flags, "0.")),
        part("content", text().length(1, 2000).visible().otherwise(nullptr).describe(
                            "Discord's Markdown; `${1}` to `${n}` are the arguments.")),
        part("embeds", list(embed_schema()).items(0, 10).otherwise(json::array{})),
        part("components", list(top_component_schema()).items(0, 5).otherwise(json::array{})),
        part("onlyCaller", only_caller()),
        part("expiresAfter", expires_after()),
    };
    std::ranges::move(foreign_message_parts(), std::back_inserter(parts));
    parts.push_back(refused("messages",
                            "Must be one message with its `data`: a command has one response. Paste the "
                            "`data` of one of them."));
    return object(std::move(parts))
        .named("CommandResponse")
        .describe(
            "The bot's response. Answers of this API always have content, embeds and components. Takes messages as "
            "Discord, Discohook, embed builders and webhook scripts have them: what changes nothing is left out.")
        .lenient()
        .rewritten(&rename_embed)
        .rule(&check_not_empty, "It needs content, an embed or a component.")
        .rule(&check_embeds_length,
              "Titles, descriptions, fields, footers and authors of all embeds have at most "
              "6000 characters together.")
        .rule(&check_unique_ids, "No two components have the same custom_id.");
  }();
  return schema;
}

}  // namespace guildhall::api
