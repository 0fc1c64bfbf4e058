#include "bot/components/component_rows.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr std::string_view only_caller = "onlyCaller";
constexpr std::string_view expires_after = "expiresAfter";
/// More than Discord's components have.
constexpr int max_component_depth = 4;

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

json::value& component_at(json::array& rows, std::size_t row, std::size_t column) {
  return rows[row].as_object().at("components").as_array()[column];
}

base::Error too_long(std::size_t row, std::size_t column, std::size_t max, std::size_t length) {
  return base::invalid("/components/" + std::to_string(row) + "/components/" + std::to_string(column) + "/custom_id",
                       "Must be at most " + std::to_string(max) +
                           " characters, because guildhall needs the rest; this has " + std::to_string(length) + ".");
}

void visit_components(json::value& value, const std::function<void(json::string&)>& visit, int depth) {
  auto* const list = value.if_array();
  if (list == nullptr || depth == 0) return;
  for (auto& component : *list) {
    if (auto* custom_id = custom_id_of(component)) visit(*custom_id);
    auto* const parts = component.if_object();
    auto* const inner = parts == nullptr ? nullptr : parts->if_contains("components");
    if (inner != nullptr) visit_components(*inner, visit, depth - 1);
  }
}

}  // namespace

json::string* custom_id_of(json::value& component) {
  auto* const parts = component.if_object();
  auto* const custom_id = parts == nullptr ? nullptr : parts->if_contains("custom_id");
  return custom_id == nullptr ? nullptr : custom_id->if_string();
}

void for_each_custom_id(json::object& message, const std::function<void(json::string&)>& visit) {
  if (auto* components = message.if_contains("components")) visit_components(*components, visit, max_component_depth);
}

ComponentRows ComponentRows::take_from(json::object& message) {
  const auto defaults = take_rules(message, {});
  json::array rows;
  if (auto* components = message.if_contains("components"); components != nullptr && components->is_array()) {
    rows = std::move(components->get_array());
  }
  message.erase("components");
  std::vector<Named> named;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto columns = rows[row].as_object().at("components").as_array().size();
    for (std::size_t column = 0; column < columns; ++column) {
      auto& component = component_at(rows, row, column);
      if (custom_id_of(component) == nullptr) continue;
      named.push_back({row, column, take_rules(component.as_object(), defaults)});
    }
  }
  return {std::move(rows), std::move(named)};
}

std::string_view ComponentRows::name_of(const Named& named) const {
  return rows_[named.row].as_object().at("components").as_array()[named.column].as_object().at("custom_id").as_string();
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
  json::array rows = rows_;
  for (const auto& named : named_) {
    auto& custom_id = *custom_id_of(component_at(rows, named.row, named.column));
    custom_id = ids.sign(claims_of(origin, named.rules), custom_id);
  }
  return rows;
}

base::Result<json::array> ComponentRows::sign(const ComponentIds& ids, const ComponentOrigin& origin,
                                              const Predecessors& predecessors) const {
  json::array rows = rows_;
  for (const auto& named : named_) {
    auto& custom_id = *custom_id_of(component_at(rows, named.row, named.column));
    auto claims = claims_of(origin, named.rules);
    if (const auto inherited = predecessors.inherited(custom_id)) {
      if (!named.rules.only_caller) claims.caller = inherited->caller;
      if (!named.rules.expires_after) claims.expires = inherited->expires;
    }
    const auto length = base::count_code_points(custom_id).value_or(custom_id.size());
    const auto max = ComponentIds::max_custom_id(claims);
    if (length > max && !predecessors.may_be_hashed(custom_id)) return too_long(named.row, named.column, max, length);
    custom_id = ids.sign(claims, custom_id);
  }
  return rows;
}

std::optional<std::string> ComponentRows::find(std::uint64_t hash) const {
  for (const auto& named : named_) {
    if (const auto name = name_of(named); ComponentIds::hash(name) == hash) return std::string(name);
  }
  return std::nullopt;
}

}  // namespace guildhall::bot
