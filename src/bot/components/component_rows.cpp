#include "bot/components/component_rows.hpp"

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <utility>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr std::string_view only_caller = "onlyCaller";
constexpr std::string_view expires_after = "expiresAfter";
/// More than Discord's components have.
constexpr int max_component_depth = 8;
/// Where components hold others (Discord: components/reference).
constexpr std::array<std::string_view, 3> inner_components{"components", "accessory", "component"};

/// Removes the rules from a component or a message; `rules` are the defaults.
ComponentRules take_rules(json::object& from, ComponentRules rules) {
  if (const auto* value = from.if_contains(only_caller)) rules.only_caller = value->as_bool();
  if (const auto* value = from.if_contains(expires_after))
    rules.expires_after = std::chrono::seconds(value->as_int64());
  from.erase(only_caller);
  from.erase(expires_after);
  return rules;
}

ComponentClaims claims_of(const ComponentOrigin& origin, const ComponentRules& rules) {
  ComponentClaims claims{origin.guild, origin.command, origin.revision, {}, {}, origin.invocation};
  if (rules.only_caller.value_or(false)) claims.caller = origin.caller;
  if (rules.expires_after) claims.expires = std::chrono::floor<std::chrono::seconds>(origin.now) + *rules.expires_after;
  return claims;
}

base::Error too_long(const std::string& pointer, std::size_t max, std::size_t length) {
  return base::invalid("/components" + pointer + "/custom_id",
                       "Must be at most " + std::to_string(max) +
                           " characters, because guildhall needs the rest; this has " + std::to_string(length) + ".");
}

/// Calls `visit(component, pointer)` with each object among the components, whatever they are.
template <class Visit>
void visit_components(json::value& value, const std::string& pointer, int depth, Visit& visit) {
  if (depth == 0) return;
  if (auto* const list = value.if_array()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      visit_components((*list)[i], pointer + "/" + std::to_string(i), depth - 1, visit);
    }
    return;
  }
  auto* const component = value.if_object();
  if (component == nullptr) return;
  visit(*component, pointer);
  for (const auto name : inner_components) {
    auto* const inner = component->if_contains(name);
    if (inner == nullptr) continue;
    visit_components(*inner, pointer + "/" + std::string(name), depth - 1, visit);
  }
}

}  // namespace

json::string* custom_id_of(json::object& component) {
  auto* const custom_id = component.if_contains("custom_id");
  return custom_id == nullptr ? nullptr : custom_id->if_string();
}

void for_each_component(json::object& message, const std::function<void(json::object&)>& visit) {
  auto* const components = message.if_contains("components");
  if (components == nullptr || !components->is_array()) return;
  auto each = [&visit](json::object& component, const std::string&) { visit(component); };
  visit_components(*components, "", max_component_depth, each);
}

void for_each_custom_id(json::object& message, const std::function<void(json::string&)>& visit) {
  for_each_component(message, [&visit](json::object& component) {
    if (auto* custom_id = custom_id_of(component)) visit(*custom_id);
  });
}

ComponentRows ComponentRows::take_from(json::object& message) {
  const auto defaults = take_rules(message, {});
  json::value rows = json::array();
  if (auto* components = message.if_contains("components"); components != nullptr && components->is_array()) {
    rows = std::move(*components);
  }
  message.erase("components");
  std::vector<Named> named;
  auto take = [&](json::object& component, const std::string& pointer) {
    if (custom_id_of(component) != nullptr) named.push_back({pointer, take_rules(component, defaults)});
  };
  visit_components(rows, "", max_component_depth, take);
  return {std::move(rows), std::move(named)};
}

std::optional<std::chrono::seconds> ComponentRows::lifetime() const {
  std::chrono::seconds longest{0};
  for (const auto& named : named_) {
    if (!named.rules.expires_after) return std::nullopt;
    longest = std::max(longest, *named.rules.expires_after);
  }
  return longest;
}

json::array ComponentRows::sign(const ComponentIds& ids, const ComponentOrigin& origin) const {
  json::value rows = rows_;
  for (const auto& named : named_) {
    auto& custom_id = rows.at_pointer(named.pointer + "/custom_id").as_string();
    custom_id = ids.sign(claims_of(origin, named.rules), custom_id);
  }
  return std::move(rows.get_array());
}

base::Result<json::array> ComponentRows::sign(const ComponentIds& ids, const ComponentOrigin& origin,
                                              const Predecessors& predecessors) const {
  json::value rows = rows_;
  for (const auto& named : named_) {
    auto& custom_id = rows.at_pointer(named.pointer + "/custom_id").as_string();
    auto claims = claims_of(origin, named.rules);
    if (const auto inherited = predecessors.inherited(custom_id)) {
      if (!named.rules.only_caller) claims.caller = inherited->caller;
      if (!named.rules.expires_after) claims.expires = inherited->expires;
    }
    const auto length = base::count_code_points(custom_id).value_or(custom_id.size());
    const auto max = ComponentIds::max_custom_id(claims);
    if (length > max && !predecessors.may_be_hashed(custom_id)) return too_long(named.pointer, max, length);
    custom_id = ids.sign(claims, custom_id);
  }
  return std::move(rows.get_array());
}

std::optional<std::string> ComponentRows::find(std::uint64_t hash) const {
  for (const auto& named : named_) {
    const std::string_view name = rows_.at_pointer(named.pointer + "/custom_id").as_string();
    if (ComponentIds::hash(name) == hash) return std::string(name);
  }
  return std::nullopt;
}

}  // namespace guildhall::bot
