#include "server/dry_run_interaction.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

namespace guildhall::server {
namespace json = boost::json;
namespace {

/// Discord: reference, Snowflakes.
std::uint64_t first_snowflake(base::Timestamp now) {
  constexpr std::int64_t epoch = 1'420'070'400'000;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count() - epoch, 1)) << 22U;
}

/// Discord: interactions/receiving-and-responding, Interaction Type; resources/message, Message Types.
constexpr int component_interaction = 3;
constexpr int reply_type = 19;
constexpr std::int64_t button_type = 2;
constexpr std::int64_t string_select_type = 3;

/// Removes the fields of a component that Discord never sees.
void remove_own_fields(json::object& component) {
  for (const std::string_view name : {"onlyCaller", "expiresAfter"}) component.erase(name);
}

template <class Visit>
void for_each_component(json::array& rows, Visit visit) {
  for (auto& row : rows) {
    for (auto& component : row.at("components").as_array()) visit(component.as_object());
  }
}

/// Rows as messages have them: each component has an id.
json::array shown(json::array rows) {
  std::int64_t next = 1;
  for (auto& row : rows) {
    row.as_object().emplace("id", next++);
    for (auto& component : row.at("components").as_array()) {
      remove_own_fields(component.as_object());
      component.as_object().emplace("id", next++);
    }
  }
  return rows;
}

json::string content_of(const json::value& value) { return value.is_string() ? value.get_string() : json::string(); }

json::array list_of(const json::value& value) { return value.is_array() ? value.get_array() : json::array(); }

json::object user_json(const DryRunUser& person) {
  json::object user{{"id", person.id.to_string()}, {"username", person.username}, {"discriminator", "0"},
                    {"global_name", nullptr},      {"avatar", nullptr},           {"public_flags", 0}};
  if (person.global_name) user["global_name"] = *person.global_name;
  return user;
}

json::object member_json(const DryRunUser& person, base::Timestamp now) {
  return {{"user", user_json(person)},
          {"nick", nullptr},
          {"avatar", nullptr},
          {"roles", json::array()},
          {"joined_at", base::to_iso8601(now)},
          {"premium_since", nullptr},
          {"communication_disabled_until", nullptr},
          {"deaf", false},
          {"mute", false},
          {"pending", false},
          {"flags", 0},
          {"permissions", std::to_string(person.permissions.bits())}};
}

/// The component that is used: the one with that custom id, or else the first that has one.
const json::object* find_component(const json::object& message, const std::optional<std::string>& custom_id) {
  for (const auto& row : message.at("components").as_array()) {
    for (const auto& component : row.at("components").as_array()) {
      const auto* id = component.as_object().if_contains("custom_id");
      if (id != nullptr && (!custom_id || id->as_string() == *custom_id)) return &component.as_object();
    }
  }
  return nullptr;
}

json::object component_data(const json::object& message, const api::DryRunRequest& request) {
  const auto* component = find_component(message, request.custom_id);
  std::int64_t type = request.values ? string_select_type : button_type;
  if (component != nullptr) type = component->at("type").as_int64();
  if (request.component_type) type = *request.component_type;

  json::object data{{"custom_id", "test"}, {"component_type", type}, {"id", 1}};
  if (component != nullptr) {
    data["custom_id"] = component->at("custom_id");
    data["id"] = component->at("id");
  }
  if (request.custom_id) data["custom_id"] = *request.custom_id;
  if (type != button_type) {
    const auto values = request.values.value_or(std::vector<std::string>());
    data["values"] = json::array(values.begin(), values.end());
  }
  return data;
}

}  // namespace

DryRunInteraction::DryRunInteraction(std::string application, base::GuildId guild, base::Timestamp now)
    : application_(std::move(application)),
      guild_(guild.to_string()),
      now_(now),
      next_id_(first_snowflake(now)),
      channel_(new_id()) {}

std::string DryRunInteraction::new_id() { return std::to_string(next_id_++); }

json::object DryRunInteraction::message(const json::object& parts) {
  json::object message{{"id", new_id()},
                       {"channel_id", channel_},
                       {"type", reply_type},
                       {"author",
                        {{"id", application_},
                         {"username", "guildhall"},
                         {"discriminator", "0000"},
                         {"avatar", nullptr},
                         {"bot", true}}},
                       {"content", ""},
                       {"embeds", json::array()},
                       {"components", json::array()},
                       {"attachments", json::array()},
                       {"mentions", json::array()},
                       {"mention_roles", json::array()},
                       {"mention_everyone", false},
                       {"pinned", false},
                       {"tts", false},
                       {"flags", 0},
                       {"timestamp", base::to_iso8601(now_)},
                       {"edited_timestamp", nullptr},
                       {"application_id", application_},
                       {"webhook_id", application_}};
  for (const std::string_view name : {"flags", "tts"}) {
    if (const auto* value = parts.if_contains(name)) message[name] = *value;
  }
  edit(message, parts);
  return message;
}

void DryRunInteraction::edit(json::object& message, const json::object& parts) const {
  if (const auto* content = parts.if_contains("content")) message["content"] = content_of(*content);
  if (const auto* embeds = parts.if_contains("embeds")) message["embeds"] = list_of(*embeds);
  if (const auto* rows = parts.if_contains("components")) message["components"] = shown(list_of(*rows));
}

json::object DryRunInteraction::interaction(const json::object& message, const DryRunUser& person,
                                            const api::DryRunRequest& request) {
  const auto permissions = std::to_string(person.permissions.bits());
  return {{"id", new_id()},
          {"application_id", application_},
          {"type", component_interaction},
          {"version", 1},
          {"guild_id", guild_},
          {"guild", {{"id", guild_}, {"locale", "en-US"}, {"features", json::array()}}},
          {"guild_locale", "en-US"},
          {"locale", "en-US"},
          {"channel_id", channel_},
          {"channel",
           {{"id", channel_}, {"type", 0}, {"guild_id", guild_}, {"name", "test"}, {"permissions", permissions}}},
          {"member", member_json(person, now_)},
          {"message", message},
          {"data", component_data(message, request)},
          {"app_permissions", std::to_string(everyday_permissions)},
          {"entitlements", json::array()},
          {"authorizing_integration_owners", {{"0", guild_}}},
          {"context", 0}};
}

}  // namespace guildhall::server
