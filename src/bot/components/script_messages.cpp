#include "bot/components/script_messages.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "api/script_message.hpp"

namespace guildhall::bot {
namespace json = boost::json;

ScriptMessages::ScriptMessages(const ComponentIds& ids, base::GuildId guild,
                               std::shared_ptr<const ComponentRows> components)
    : ids_(ids), guild_(guild), components_(std::move(components)) {}

/// Returns ids that we did not sign unchanged.
std::string ScriptMessages::author_id(std::string_view custom_id) const {
  auto verified = ids_.verify(guild_, custom_id);
  if (verified && verified->hash) {
    if (auto found = components_->find(*verified->hash)) return std::move(*found);
  }
  if (!verified || verified->hash) return std::string(custom_id);
  return std::move(verified->custom_id);
}

json::object ScriptMessages::read_interaction(json::object event, std::string_view used) {
  event.erase("token");
  event.at("data").as_object()["custom_id"] = used;
  auto& message = event.at("message").as_object();
  for_each_custom_id(message, [this](json::string& custom_id) {
    const auto verified = ids_.verify(guild_, custom_id);
    if (!verified) return;
    inherited_[author_id(custom_id)] = {verified->claims.caller, verified->claims.expires};
  });
  read_message(message);
  return event;
}

void ScriptMessages::read_message(json::object& message) const {
  for_each_custom_id(message, [this](json::string& custom_id) { custom_id = author_id(custom_id); });
}

base::Result<json::object> ScriptMessages::write_message(json::value message, const ComponentOrigin& origin) const {
  if (auto* const parts = message.if_object()) api::tidy_script_message(*parts);
  if (const auto valid = api::script_message_schema().validate(message); !valid) return valid.error();
  return finish(std::move(message.as_object()), origin);
}

base::Result<json::object> ScriptMessages::write_edit(json::value message, const ComponentOrigin& origin) const {
  if (auto* const parts = message.if_object()) api::tidy_script_message(*parts);
  if (const auto valid = api::script_edit_schema().validate(message); !valid) return valid.error();
  return finish(std::move(message.as_object()), origin);
}

base::Result<json::object> ScriptMessages::finish(json::object message, const ComponentOrigin& origin) const {
  const auto* const components = message.if_contains("components");
  const bool has_components = components != nullptr && components->is_array();
  const auto rows = ComponentRows::take_from(message);
  if (has_components) {
    const ComponentRows::Predecessors predecessors{
        [this](std::string_view custom_id) -> std::optional<ComponentRows::Inherited> {
          const auto found = inherited_.find(std::string(custom_id));
          return found == inherited_.end() ? std::nullopt : std::optional(found->second);
        },
        [this](std::string_view custom_id) { return components_->find(ComponentIds::hash(custom_id)) == custom_id; }};
    auto signed_rows = rows.sign(ids_, origin, predecessors);
    if (!signed_rows) return signed_rows.error();
    message["components"] = std::move(*signed_rows);
  }
  auto& mentions = message["allowed_mentions"];
  if (mentions.is_null()) mentions = json::object{{"parse", json::array{}}};
  return message;
}

}  // namespace guildhall::bot
