#include "schema/undeclared.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "schema/schema_node.hpp"

namespace guildhall::schema {
namespace {

namespace json = boost::json;

/// Whether the variant is for objects whose tag is `value`.
bool has_tag(const Schema& variant, std::string_view tag, const json::value& value) {
  const auto& node = variant.node();
  // Variants may be nested: those of buttons are told apart by their style.
  if (node.kind == Kind::variants) {
    return std::ranges::any_of(node.inner, [&](const Schema& inner) { return has_tag(inner, tag, value); });
  }
  const auto* property = node.find(tag);
  return property != nullptr &&
         std::ranges::find(property->schema.node().choices, value) != property->schema.node().choices.end();
}

void drop_from_object(json::object& object, const SchemaNode& node) {
  std::vector<std::string> undeclared;
  for (auto& [key, member] : object) {
    const auto* property = node.find(key);
    if (property != nullptr) {
      drop_undeclared(member, property->schema);
    } else if (!node.open) {
      undeclared.emplace_back(key);
    }
  }
  for (const auto& key : undeclared) object.erase(key);
}

}  // namespace

void drop_undeclared(json::value& value, const Schema& schema) {
  const auto& node = schema.node();
  if (auto* list = value.if_array(); list != nullptr && node.kind == Kind::list) {
    for (auto& item : *list) drop_undeclared(item, node.inner.front());
  }
  auto* const object = value.if_object();
  if (object == nullptr) return;
  if (node.kind == Kind::object) return drop_from_object(*object, node);
  if (node.kind != Kind::variants) return;
  const auto* tag = object->if_contains(node.tag);
  if (tag == nullptr) return;
  const auto variant =
      std::ranges::find_if(node.inner, [&](const Schema& inner) { return has_tag(inner, node.tag, *tag); });
  if (variant != node.inner.end()) drop_undeclared(value, *variant);
}

}  // namespace guildhall::schema
