#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <stdexcept>

#include "schema/schema_node.hpp"

// A Schema in OpenAPI 3.1.
namespace guildhall::schema {
namespace json = boost::json;
namespace {

json::value type_name(const SchemaNode& node) {
  switch (node.kind) {
    case Kind::anything: return nullptr;
    case Kind::text: return "string";
    case Kind::integer: return node.spelling == nullptr ? json::value("integer") : json::array{"integer", "string"};
    case Kind::boolean: return "boolean";
    case Kind::choice: return node.choices.front().is_string() ? "string" : "integer";
    case Kind::list: return "array";
    case Kind::object:
    case Kind::variants:
    case Kind::any_of: break;
  }
  return "object";
}

json::value or_null(json::value type) {
  json::array types = type.is_array() ? type.as_array() : json::array{type};
  types.emplace_back("null");
  return types;
}

/// A part may be empty, even if its pattern and minimum length would refuse that.
std::string anchored(std::string_view pattern, bool may_be_empty) {
  return may_be_empty ? "^(?:" + std::string(pattern) + ")?$" : "^" + std::string(pattern) + "$";
}

void describe_text(const SchemaNode& node, bool may_be_empty, json::object& out) {
  if (node.min > 0 && !may_be_empty) out["minLength"] = node.min;
  if (node.max != SchemaNode::unlimited) out["maxLength"] = node.max;
  if (node.format == nullptr) return;
  if (!node.format->name.empty()) out["format"] = node.format->name;
  if (!node.format->pattern.empty()) out["pattern"] = anchored(node.format->pattern, may_be_empty);
}

void describe_integer(const SchemaNode& node, bool may_be_empty, json::object& out) {
  if (node.lowest != std::numeric_limits<std::int64_t>::min()) out["minimum"] = node.lowest;
  if (node.highest != std::numeric_limits<std::int64_t>::max()) out["maximum"] = node.highest;
  if (node.spelling != nullptr) out["pattern"] = anchored(node.spelling->pattern, may_be_empty);
}

void describe_choice(const SchemaNode& node, bool nullable, json::object& out) {
  if (node.choices.size() == 1 && !nullable) {
    out["const"] = node.choices.front();
    return;
  }
  json::array values(node.choices.begin(), node.choices.end());
  if (nullable) values.emplace_back(nullptr);
  out["enum"] = std::move(values);
}

void describe_list(const SchemaNode& node, bool may_be_empty, json::object& out) {
  out["items"] = node.inner.front().reference();
  if (node.min > 0 && !may_be_empty) out["minItems"] = node.min;
  if (node.max != SchemaNode::unlimited) out["maxItems"] = node.max;
  if (node.unique) out["uniqueItems"] = true;
}

json::object body(const SchemaNode& node, bool is_part);

json::value mention(const Schema& schema, bool is_part) {
  const SchemaNode& node = schema.node();
  if (node.kind == Kind::variants && node.inner.size() == 1) return mention(node.inner.front(), is_part);
  if (node.name.empty()) return body(node, is_part);
  json::object reference{{"$ref", "#/components/schemas/" + node.name}};
  if (!is_part && !node.nullable) return reference;
  return json::object{{"anyOf", json::array{std::move(reference), json::object{{"type", "null"}}}}};
}

void describe_object(const SchemaNode& node, json::object& out) {
  json::object properties;
  json::array names;
  for (const Property& property : node.properties) {
    const bool may_be_null = property.presence == Presence::part || property.presence == Presence::ignored;
    auto described = mention(property.schema, may_be_null);
    if (property.presence == Presence::refused) {
      described.as_object()["enum"] = json::array{nullptr, false, 0, "", json::array{}, json::object{}};
    }
    properties[property.name] = std::move(described);
    if (property.presence == Presence::required) names.emplace_back(property.name);
  }
  out["properties"] = std::move(properties);
  if (!names.empty()) out["required"] = std::move(names);
  if (node.at_least_one) out["minProperties"] = 1;
  out["additionalProperties"] = node.open;
}

void describe_variants(const SchemaNode& node, json::object& out) {
  json::array all;
  for (const Schema& variant : node.inner) all.push_back(variant.reference());
  out[node.kind == Kind::variants ? "oneOf" : "anyOf"] = std::move(all);
}

std::string words(const SchemaNode& node) {
  std::string text = node.description;
  for (const auto& rule : node.rules) {
    if (!text.empty()) text += ' ';
    text += rule.words;
  }
  return text;
}

json::object body(const SchemaNode& node, bool is_part) {
  json::object out;
  const bool nullable = is_part || node.nullable;
  const bool may_be_empty = is_part || node.blank_is_null;
  const bool has_type = node.kind != Kind::anything && node.kind != Kind::any_of;
  if (has_type) out["type"] = nullable ? or_null(type_name(node)) : type_name(node);
  if (const std::string description = words(node); !description.empty()) out["description"] = description;
  switch (node.kind) {
    case Kind::anything: break;
    case Kind::text: describe_text(node, may_be_empty, out); break;
    case Kind::integer: describe_integer(node, may_be_empty, out); break;
    case Kind::boolean: break;
    case Kind::choice: describe_choice(node, nullable, out); break;
    case Kind::list: describe_list(node, may_be_empty, out); break;
    case Kind::object: describe_object(node, out); break;
    case Kind::variants:
    case Kind::any_of: describe_variants(node, out); break;
  }
  if (node.read_only) out["readOnly"] = true;
  if (node.fallback) out["default"] = *node.fallback;
  if (node.example) out["examples"] = json::array{*node.example};
  return out;
}

}  // namespace

json::value Schema::to_json() const { return body(*node_, false); }

json::value Schema::reference() const { return mention(*this, false); }

void Schema::collect(std::map<std::string, json::value>& into) const {
  if (!node_->name.empty()) {
    // The name is that of the value; where a null may stand for it, the mention says so.
    SchemaNode plain = *node_;
    plain.nullable = false;
    json::value described = body(plain, false);
    const auto [entry, added] = into.try_emplace(node_->name, described);
    if (!added && entry->second != described) throw std::logic_error("two schemas are named " + node_->name);
    if (!added) return;
  }
  for (const Property& property : node_->properties) property.schema.collect(into);
  for (const Schema& schema : node_->inner) schema.collect(into);
}

}  // namespace guildhall::schema
