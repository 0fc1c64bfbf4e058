#include "discord/model/interaction.hpp"

#include <boost/json/value.hpp>
#include <utility>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;

constexpr std::int64_t application_command = 2;  // Interaction Type
constexpr std::int64_t message_component = 3;    // Interaction Type
constexpr std::int64_t chat_input = 1;           // Application Command Types

const json::object* object_at(const json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  return member == nullptr ? nullptr : member->if_object();
}

bool is_number(const json::object& object, std::string_view name, std::int64_t number) {
  const auto* member = object.if_contains(name);
  return member != nullptr && *member == number;
}

void read_options(const json::object& data, SlashInteraction& interaction) {
  const auto* options = data.if_contains("options");
  if (options == nullptr || !options->is_array()) return;
  for (const auto& option : options->get_array()) {
    if (!option.is_object()) continue;
    auto name = text_field(option.get_object(), "name");
    auto value = text_field(option.get_object(), "value");
    if (name && value) interaction.string_options.insert_or_assign(std::move(*name), std::move(*value));
  }
}

std::optional<std::int64_t> integer_at(const json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  const auto* number = member == nullptr ? nullptr : member->if_int64();
  return number == nullptr ? std::nullopt : std::optional(*number);
}

}  // namespace

std::optional<SlashInteraction> parse_slash_interaction(const json::object& event) {
  if (!is_number(event, "type", application_command)) return std::nullopt;
  const auto* data = object_at(event, "data");
  if (data == nullptr || !is_number(*data, "type", chat_input)) return std::nullopt;
  const auto* member = object_at(event, "member");
  const auto* user = object_at(member == nullptr ? event : *member, "user");
  const auto id = id_field<InteractionId>(event, "id");
  const auto application = id_field<ApplicationId>(event, "application_id");
  auto token = text_field(event, "token");
  auto name = text_field(*data, "name");
  const auto user_id = user == nullptr ? std::nullopt : id_field<base::UserId>(*user, "id");
  if (!id || !application || !token || !name || !user_id) return std::nullopt;

  SlashInteraction interaction{*id, *application, base::Secret(std::move(*token)), *user_id, {}, {}, std::move(*name)};
  interaction.guild = id_field<base::GuildId>(event, "guild_id");
  if (member != nullptr) {
    if (const auto bits = id_field<PermissionBits>(*member, "permissions")) {
      interaction.permissions = Permissions(bits->value());
    }
  }
  read_options(*data, interaction);
  return interaction;
}

std::optional<ComponentInteraction> parse_component_interaction(json::object event) {
  if (integer_at(event, "type") != message_component) return std::nullopt;
  const auto* data = object_at(event, "data");
  const auto* message = object_at(event, "message");
  const auto* member = object_at(event, "member");
  const auto* user = object_at(member == nullptr ? event : *member, "user");
  if (data == nullptr || message == nullptr || user == nullptr) return std::nullopt;
  const auto id = id_field<InteractionId>(event, "id");
  const auto application = id_field<ApplicationId>(event, "application_id");
  const auto user_id = id_field<base::UserId>(*user, "id");
  const auto channel = id_field<ChannelId>(event, "channel_id");
  const auto message_id = id_field<MessageId>(*message, "id");
  const auto type = integer_at(*data, "component_type");
  auto custom_id = text_field(*data, "custom_id");
  auto token = text_field(event, "token");
  if (!id || !application || !user_id || !channel || !message_id || !type || !custom_id || !token) return std::nullopt;

  ComponentInteraction interaction{*id, *application, base::Secret(std::move(*token)), *user_id};
  interaction.guild = id_field<base::GuildId>(event, "guild_id");
  interaction.channel = *channel;
  interaction.message = *message_id;
  interaction.component_type = *type;
  interaction.custom_id = std::move(*custom_id);
  event.erase("token");
  interaction.event = std::move(event);
  return interaction;
}

}  // namespace guildhall::discord
