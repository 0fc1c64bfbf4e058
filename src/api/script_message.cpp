#include "api/script_message.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <limits>

#include "api/discord_components.hpp"
#include "api/discord_message.hpp"
#include "schema/format.hpp"
#include "schema/undeclared.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

/// Message Flags: SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS.
constexpr std::int64_t allowed_flags = 4 | 64 | 4096;

// Discord: topics/opcodes-and-status-codes, JSON Error Codes.
constexpr int empty_message = 50006;
constexpr int invalid_form = 50035;

std::optional<Fault> check_flags(const json::value& flags) {
  if ((flags.as_int64() & ~allowed_flags) == 0) return std::nullopt;
  return Fault{"", "Must be made of 4 (SuppressEmbeds), 64 (Ephemeral) and 4096 (SuppressNotifications)."};
}

bool has_items(const json::object& parts, std::string_view name) {
  const auto* value = parts.if_contains(name);
  return value != nullptr && value->is_array() && !value->get_array().empty();
}

bool has_text(const json::object& parts, std::string_view name) {
  const auto* value = parts.if_contains(name);
  return value != nullptr && value->is_string() && !value->get_string().empty();
}

/// Discord: resources/message, Allowed Mentions Object.
std::optional<Fault> check_mentions(const json::value& mentions) {
  const auto& parts = mentions.as_object();
  const auto* parse = parts.if_contains("parse");
  if (parse == nullptr) return std::nullopt;
  for (const std::string_view kind : {"users", "roles"}) {
    const auto& kinds = parse->as_array();
    const bool all = std::ranges::any_of(kinds, [kind](const json::value& value) { return value.as_string() == kind; });
    if (all && has_items(parts, kind)) {
      return Fault{"/" + std::string(kind), "Must not be there where parse has it."};
    }
  }
  return std::nullopt;
}

const Schema& allowed_mentions() {
  static const Schema schema =
      object({
                 optional("parse", list(choice({"users", "roles", "everyone"})).items(0, 3).unique()),
                 optional("roles", list(text().format(format::snowflake)).items(0, 100).unique()),
                 optional("users", list(text().format(format::snowflake)).items(0, 100).unique()),
                 optional("replied_user", boolean()),
             })
          .named("AllowedMentions")
          .describe("Who may be mentioned.")
          .rule(&check_mentions, "What parse has is not listed.");
  return schema;
}

Schema flags() {
  return integer().range(0, std::numeric_limits<std::int32_t>::max()).rule(&check_flags, "Made of 4, 64 and 4096.");
}

std::optional<Fault> check_has_parts(const json::value& message) {
  const auto& parts = message.as_object();
  if (has_text(parts, "content") || has_items(parts, "embeds") || has_items(parts, "components")) return std::nullopt;
  return Fault{"", "A message needs content, an embed or a component."};
}

/// The schemas differ in the meaning of an empty part.
Schema message_of(Property content, Property embeds, Property components) {
  return object({
                    std::move(content),
                    std::move(embeds),
                    std::move(components),
                    part("allowed_mentions", allowed_mentions().nullable()),
                    part("flags", flags()),
                    part("tts", boolean()),
                    part("onlyCaller", only_caller()),
                    part("expiresAfter", expires_after()),
                })
      .rule(&check_embeds_length, "All embeds have at most 6000 characters together.")
      .rule(&check_unique_ids, "No two components have the same custom_id.");
}

Schema embeds() { return list(embed_schema()).items(0, 10); }
Schema components() { return list(top_component_schema()).items(0, 5); }

void rename(json::object& object, std::string_view from, std::string_view to) {
  auto* const value = object.if_contains(from);
  if (value == nullptr) return;
  auto moved = std::move(*value);
  object.erase(from);
  object[to] = std::move(moved);
}

void tidy_rules(json::object& object) {
  rename(object, "only_caller", "onlyCaller");
  rename(object, "expires_after", "expiresAfter");
}

/// Discord made it from a link; it is not the bot's to send.
bool is_preview(const json::value& embed) {
  const auto* parts = embed.if_object();
  const auto* type = parts == nullptr ? nullptr : parts->if_contains("type");
  return type != nullptr && type->is_string() && *type != "rich";
}

void tidy_embeds(json::object& message) {
  auto* const embeds = message.if_contains("embeds");
  if (embeds == nullptr || !embeds->is_array()) return;
  auto& list = embeds->get_array();
  for (auto embed = list.begin(); embed != list.end();) {
    if (is_preview(*embed)) {
      embed = list.erase(embed);
    } else {
      drop_undeclared(*embed++, embed_schema());
    }
  }
}

/// The objects in the list at `name`, if it is one.
template <class Visit>
void for_each_object(json::object& object, std::string_view name, Visit visit) {
  auto* const list = object.if_contains(name);
  if (list == nullptr || !list->is_array()) return;
  for (auto& item : list->get_array()) {
    if (auto* const found = item.if_object()) visit(*found);
  }
}

}  // namespace

const Schema& script_message_schema() {
  static const Schema schema = message_of(part("content", text().length(1, 2000).visible()), part("embeds", embeds()),
                                          part("components", components()))
                                   .named("ScriptMessage")
                                   .describe("A message of a script.")
                                   .rule(&check_has_parts, "It needs content, an embed or a component.");
  return schema;
}

const Schema& script_edit_schema() {
  static const Schema schema =
      message_of(optional("content", text().length(0, 2000).nullable()), optional("embeds", embeds().nullable()),
                 optional("components", components().nullable()))
          .named("ScriptEdit")
          .describe("A change of a message by a script. Absent fields stay as they are.");
  return schema;
}

void tidy_script_message(json::object& message) {
  tidy_rules(message);
  tidy_embeds(message);
  auto* const components = message.if_contains("components");
  if (components == nullptr || !components->is_array()) return;
  for (auto& row : components->get_array()) {
    if (row.is_object()) for_each_object(row.get_object(), "components", &tidy_rules);
    drop_undeclared(row, top_component_schema());
  }
}

base::Error as_discord_refuses(base::Error fault) {
  fault.code = base::Errc::refused;
  // Only an empty message is at fault as a whole.
  fault.peer_code = fault.field.empty() ? empty_message : invalid_form;
  if (!fault.field.empty()) fault.message = "Invalid Form Body: " + fault.field + ": " + fault.message;
  return fault;
}

}  // namespace guildhall::api
