#include "bot/components/script_messages.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "api/discord_components.hpp"
#include "api/script_message.hpp"
#include "discord/model/fields.hpp"
#include "schema/schema.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

/// A valid row in place of those that the schema does not know.
constexpr std::string_view any_row =
    R"({"type":1,"components":[{"type":2,"style":5,"label":"-","url":"https://discord.com/"}]})";

std::pair<std::int64_t, std::int64_t> kind_of(const json::object& component) {
  return {discord::integer_field(component, "type").value_or(0),
          discord::integer_field(component, "style").value_or(0)};
}

}  // namespace

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

void ScriptMessages::read_message(json::object& message) {
  for_each_component(message, [this](json::object& component) {
    shown_kinds_.insert(kind_of(component));
    if (auto* custom_id = custom_id_of(component)) *custom_id = author_id(*custom_id);
  });
}

bool ScriptMessages::was_shown(const json::value& component) const {
  json::object message{{"components", json::array{component}}};
  bool shown = true;
  for_each_component(message, [&](json::object& each) { shown = shown && shown_kinds_.contains(kind_of(each)); });
  return shown;
}

ScriptMessages::Unknown ScriptMessages::take_unknown(json::object& message) const {
  Unknown unknown;
  auto* const components = message.if_contains("components");
  if (components == nullptr || !components->is_array() || shown_kinds_.empty()) return unknown;
  json::array known;
  auto& list = components->get_array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto copy = list[i];
    if (api::top_component_schema().validate(copy) || !was_shown(list[i])) {
      known.push_back(std::move(list[i]));
    } else {
      unknown.emplace(i, std::move(list[i]));
    }
  }
  // The message needs something to show.
  if (known.empty() && !unknown.empty()) known.push_back(json::parse(any_row));
  list = std::move(known);
  return unknown;
}

base::Result<json::object> ScriptMessages::write(json::value message, const schema::Schema& schema,
                                                 const ComponentOrigin& origin) const {
  Unknown unknown;
  if (auto* const parts = message.if_object()) {
    api::tidy_script_message(*parts);
    unknown = take_unknown(*parts);
  }
  if (const auto valid = schema.validate(message); !valid) return valid.error();
  auto& parts = message.as_object();
  if (!unknown.empty()) {
    auto& list = parts.at("components").as_array();
    if (list.size() == 1 && list.front() == json::parse(any_row)) list.clear();
    for (auto& [place, component] : unknown) {
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(place), std::move(component));
    }
  }
  return finish(std::move(parts), origin);
}

base::Result<json::object> ScriptMessages::write_message(json::value message, const ComponentOrigin& origin) const {
  return write(std::move(message), api::script_message_schema(), origin);
}

base::Result<json::object> ScriptMessages::write_edit(json::value message, const ComponentOrigin& origin) const {
  return write(std::move(message), api::script_edit_schema(), origin);
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
