#include "sim/interactions/component_use.hpp"

#include <algorithm>
#include <utility>

#include "sim/interactions/resolved_objects.hpp"
#include "sim/rest/component_form.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

bool is_option(const object& menu, const boost::json::value& value) {
  const auto& options = menu.at("options").as_array();
  return std::any_of(options.begin(), options.end(), [&](const auto& option) { return option.at("value") == value; });
}

/// Whether a menu offers a value; adds the resolved object.
bool offers(const object& menu, const boost::json::value& value, ResolvedObjects& resolved) {
  const auto* text = value.if_string();
  if (text == nullptr) return false;
  switch (static_cast<ComponentType>(menu.at("type").as_int64())) {
    case ComponentType::string_select: return is_option(menu, value);
    case ComponentType::user_select: return resolved.add_user(*text);
    case ComponentType::role_select: return resolved.add_role(*text);
    case ComponentType::mentionable_select: return resolved.add_user(*text) || resolved.add_role(*text);
    case ComponentType::channel_select: return resolved.add_channel(*text);
    default: return false;
  }
}

base::Result<void> add_values(object& data, const object& menu, const boost::json::array& values, const World& world,
                              const Guild* guild) {
  const auto count = static_cast<std::int64_t>(values.size());
  if (count < menu.at("min_values").as_int64() || count > menu.at("max_values").as_int64()) {
    return base::invalid("/values", "The menu does not take that many choices.");
  }
  ResolvedObjects resolved(world, guild);
  for (const auto& value : values) {
    if (!offers(menu, value, resolved)) return base::invalid("/values", "The menu has no such choice.");
  }
  data["values"] = values;
  if (auto objects = resolved.take(); !objects.empty()) data["resolved"] = std::move(objects);
  return {};
}

}  // namespace

base::Result<object> component_data(const Message& message, std::string_view custom_id,
                                    const boost::json::array& values, const World& world, const Guild* guild) {
  const object* component = find_component(message.components, custom_id);
  if (component == nullptr) {
    return base::Error{base::Errc::not_found, "The message has no such component.", "/customId", {}};
  }
  if (component->contains("disabled")) return base::invalid("/customId", "This component is disabled.");
  object data{{"custom_id", custom_id}, {"component_type", component->at("type")}, {"id", component->at("id")}};
  if (component->at("type") == static_cast<int>(ComponentType::button)) return data;
  if (const auto sound = add_values(data, *component, values, world, guild); !sound) return sound.error();
  return data;
}

}  // namespace guildhall::sim
