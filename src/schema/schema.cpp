#include "schema/schema.hpp"

#include <algorithm>
#include <utility>

#include "schema/schema_node.hpp"

namespace guildhall::schema {
namespace json = boost::json;
namespace {

Schema make(SchemaNode node) { return Schema(std::make_shared<const SchemaNode>(std::move(node))); }

Schema of(Kind kind) {
  SchemaNode node;
  node.kind = kind;
  return make(std::move(node));
}

}  // namespace

const Property* SchemaNode::find(std::string_view field) const {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [field](const Property& property) { return property.name == field; });
  return found == properties.end() ? nullptr : &*found;
}

template <class Change>
Schema Schema::with(Change change) const {
  SchemaNode copy = *node_;
  change(copy);
  return make(std::move(copy));
}

Schema Schema::length(std::size_t min, std::size_t max) const {
  return with([=](SchemaNode& node) {
    node.min = min;
    node.max = max;
  });
}

Schema Schema::bytes(std::size_t max) const {
  return with([=](SchemaNode& node) { node.max_bytes = max; });
}

Schema Schema::format(const Format& format) const {
  return with([&](SchemaNode& node) { node.format = &format; });
}

Schema Schema::visible() const {
  return with([](SchemaNode& node) { node.visible = true; });
}

Schema Schema::range(std::int64_t min, std::int64_t max) const {
  return with([=](SchemaNode& node) {
    node.lowest = min;
    node.highest = max;
  });
}

Schema Schema::spelled(const Spelling& spelling) const {
  return with([&](SchemaNode& node) { node.spelling = &spelling; });
}

Schema Schema::items(std::size_t min, std::size_t max) const { return length(min, max); }

Schema Schema::unique() const {
  return with([](SchemaNode& node) { node.unique = true; });
}

Schema Schema::at_least_one() const {
  return with([](SchemaNode& node) { node.at_least_one = true; });
}

Schema Schema::open() const {
  return with([](SchemaNode& node) { node.open = true; });
}

Schema Schema::lenient() const {
  return with([](SchemaNode& node) { node.lenient = true; });
}

Schema Schema::nullable() const {
  return with([](SchemaNode& node) { node.nullable = true; });
}

Schema Schema::blank_is_null() const {
  return with([](SchemaNode& node) { node.nullable = node.blank_is_null = true; });
}

Schema Schema::otherwise(json::value fallback) const {
  return with([&](SchemaNode& node) { node.fallback = std::move(fallback); });
}

Schema Schema::rule(Check holds, std::string_view words) const {
  return with([=](SchemaNode& node) { node.rules.push_back({holds, std::string(words)}); });
}

Schema Schema::rewritten(Rewrite rewrite) const {
  return with([=](SchemaNode& node) { node.rewrite = rewrite; });
}

Schema Schema::named(std::string_view name) const {
  return with([=](SchemaNode& node) { node.name = name; });
}

Schema Schema::describe(std::string_view text) const {
  return with([=](SchemaNode& node) { node.description = text; });
}

Schema Schema::example(json::value value) const {
  return with([&](SchemaNode& node) { node.example = std::move(value); });
}

Schema Schema::read_only() const {
  return with([](SchemaNode& node) { node.read_only = true; });
}

Property required(std::string_view name, Schema schema) { return {name, std::move(schema), Presence::required}; }
Property optional(std::string_view name, Schema schema) { return {name, std::move(schema), Presence::optional}; }
Property part(std::string_view name, Schema schema) { return {name, std::move(schema), Presence::part}; }
Property ignored(std::string_view name) { return ignored(name, anything().describe("Ignored.")); }
Property ignored(std::string_view name, Schema schema) { return {name, std::move(schema), Presence::ignored}; }
Property refused(std::string_view name, std::string_view sentence) {
  return {name, anything().describe(sentence), Presence::refused};
}

Schema anything() { return of(Kind::anything); }
Schema text() { return of(Kind::text); }
Schema integer() { return of(Kind::integer); }
Schema boolean() { return of(Kind::boolean); }

Schema choice(std::initializer_list<json::value> values) {
  SchemaNode node;
  node.kind = Kind::choice;
  node.choices = values;
  return make(std::move(node));
}

Schema list(Schema item) {
  SchemaNode node;
  node.kind = Kind::list;
  node.inner.push_back(std::move(item));
  return make(std::move(node));
}

Schema object(std::vector<Property> properties) {
  SchemaNode node;
  node.kind = Kind::object;
  node.properties = std::move(properties);
  return make(std::move(node));
}

Schema variants(std::string_view tag, std::initializer_list<Schema> schemas) {
  SchemaNode node;
  node.kind = Kind::variants;
  node.tag = tag;
  node.inner = schemas;
  return make(std::move(node));
}

Schema any_of(std::initializer_list<Schema> schemas) {
  SchemaNode node;
  node.kind = Kind::any_of;
  node.inner = schemas;
  return make(std::move(node));
}

}  // namespace guildhall::schema
