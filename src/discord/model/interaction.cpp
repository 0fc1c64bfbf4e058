#include "discord/model/interaction.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace json = boost::json;
namespace {

constexpr std::int64_t application_command = 2;  // Interaction Type
constexpr std::int64_t message_component = 3;
constexpr std::int64_t chat_input = 1;  // Application Command Types
constexpr std::int64_t button = 2;      // Component Types

std::optional<Interaction> parse_interaction(const json::object& event) {
  const auto* member = object_field(event, "member");
  const auto* user = member == nullptr ? nullptr : object_field(*member, "user");
  if (user == nullptr) user = object_field(event, "user");
  const auto user_id = user == nullptr ? std::nullopt : id_field<base::UserId>(*user, "id");
  const auto id = id_field<InteractionId>(event, "id");
  const auto application = id_field<ApplicationId>(event, "application_id");
  auto token = text_field(event, "token");
  if (!id || !application || !token || !user_id) return std::nullopt;
  return Interaction{*id, *application, base::Secret(std::move(*token)), *user_id,
                     id_field<base::GuildId>(event, "guild_id")};
}

}  // namespace

std::optional<SlashInteraction> parse_slash_interaction(const json::object& event) {
  const auto* data = object_field(event, "data");
  if (integer_field(event, "type") != application_command || data == nullptr) return std::nullopt;
  auto interaction = parse_interaction(event);
  auto name = text_field(*data, "name");
  if (!interaction || !name || integer_field(*data, "type").value_or(chat_input) != chat_input) return std::nullopt;

  SlashInteraction slash{std::move(*interaction), std::nullopt, std::move(*name)};
  if (const auto* member = object_field(event, "member")) {
    const auto bits = id_field<PermissionBits>(*member, "permissions");
    if (bits) slash.permissions = Permissions(bits->value());
  }
  if (const auto* options = array_field(*data, "options")) {
    for (const auto& option : *options) {
      if (!option.is_object()) continue;
      auto option_name = text_field(option.get_object(), "name");
      auto value = text_field(option.get_object(), "value");
      if (option_name && value) slash.string_options.insert_or_assign(std::move(*option_name), std::move(*value));
    }
  }
  return slash;
}

std::optional<ComponentInteraction> parse_component_interaction(json::object event) {
  const auto* data = object_field(event, "data");
  const auto* message = object_field(event, "message");
  if (integer_field(event, "type") != message_component || data == nullptr || message == nullptr) return std::nullopt;
  auto interaction = parse_interaction(event);
  auto channel = id_field<ChannelId>(event, "channel_id");
  if (const auto* object = object_field(event, "channel"); object != nullptr && !channel)
    channel = id_field<ChannelId>(*object, "id");
  const auto message_id = id_field<MessageId>(*message, "id");
  const auto type = integer_field(*data, "component_type").value_or(button);
  auto custom_id = text_field(*data, "custom_id");
  if (!interaction || !channel || !message_id || !custom_id) return std::nullopt;
  event.erase("token");
  return ComponentInteraction{std::move(*interaction), *channel,        *message_id, type,
                              std::move(*custom_id),   std::move(event)};
}

}  // namespace guildhall::discord
