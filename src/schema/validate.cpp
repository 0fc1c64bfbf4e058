#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "schema/schema_node.hpp"

// Validation by a Schema. The recursion is only as deep as the schema.
namespace guildhall::schema {
namespace json = boost::json;
namespace {

using MaybeFault = std::optional<Fault>;

/// How a value is taken. A lenient schema makes all that is within it lenient.
enum class Taking : std::uint8_t { strict, lenient };

MaybeFault validate(const SchemaNode& node, json::value& value, Taking taking);

MaybeFault fault(std::string message) { return Fault{"", std::move(message)}; }

MaybeFault below(std::string_view token, Fault inner) {
  inner.pointer.insert(0, base::json_pointer(token));
  return inner;
}

std::string_view kind_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "a boolean";
    case json::kind::string: return "a string";
    case json::kind::array: return "an array";
    case json::kind::object: return "an object";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_: break;
  }
  return "a number";
}

MaybeFault wrong_kind(std::string_view expected, const json::value& value) {
  return fault("Must be " + std::string(expected) + ", not " + std::string(kind_of(value)) + ".");
}

std::string count(std::size_t number, std::string_view thing) {
  return std::to_string(number) + " " + std::string(thing) + (number == 1 ? "" : "s");
}

MaybeFault out_of_bounds(const SchemaNode& node, std::size_t size, std::string_view thing) {
  if (size < node.min) {
    return fault("Must be at least " + count(node.min, thing) + "; this has " + std::to_string(size) + ".");
  }
  if (size > node.max) {
    return fault("Must be at most " + count(node.max, thing) + "; this has " + std::to_string(size) + ".");
  }
  return std::nullopt;
}

bool only_white_space(std::string_view text) {
  while (const auto c = base::take_code_point(text)) {
    if (!base::is_white_space(*c)) return false;
  }
  return text.empty();
}

/// For objects that dashboards send for a part that was never filled in: `{"url": ""}`, `{"name": "", "animated":
/// false}`.
bool is_hollow(const json::value& value) {
  if (value.is_null() || (value.is_bool() && !value.get_bool())) return true;
  if (const auto* string = value.if_string()) return string->empty();
  if (const auto* array = value.if_array()) return array->empty();
  return false;
}

bool is_left_over(const SchemaNode& item, const json::value& value);

bool is_blank(const SchemaNode& node, const json::value& value) {
  if (value.is_null()) return true;
  if (const auto* string = value.if_string()) return node.visible ? only_white_space(*string) : string->empty();
  if (const auto* array = value.if_array()) {
    if (array->empty()) return true;
    if (node.kind != Kind::list) return false;
    const SchemaNode& item = node.inner.front().node();
    return std::ranges::all_of(*array, [&item](const json::value& each) { return is_left_over(item, each); });
  }
  const auto* object = value.if_object();
  if (object == nullptr || node.kind != Kind::object) return false;
  return std::all_of(object->begin(), object->end(), [&](const json::key_value_pair& field) {
    const Property* property = node.find(field.key());
    return property != nullptr && (property->presence == Presence::ignored || is_hollow(field.value()));
  });
}

/// Null; false or 0, also as strings; and what is empty or holds nothing else: as good as an absent value.
bool is_nothing(const json::value& value) {
  if (value == "false" || value == "0") return true;
  if (const auto* object = value.if_object()) {
    return std::all_of(object->begin(), object->end(), [](const auto& field) { return is_nothing(field.value()); });
  }
  return is_hollow(value) || (value.is_number() && value.to_number<double>() == 0);
}

/// What an editor leaves in a list: null, or an object in which nothing was filled in.
bool is_left_over(const SchemaNode& item, const json::value& value) {
  return value.is_null() || (value.is_object() && item.kind == Kind::object && is_blank(item, value));
}

MaybeFault validate_text(const SchemaNode& node, json::value& value, Taking taking) {
  const bool is_id = node.format == &format::snowflake;
  if (taking == Taking::lenient && is_id && (value.is_int64() || value.is_uint64())) value = json::serialize(value);
  const auto* string = value.if_string();
  if (string == nullptr) return wrong_kind("a string", value);
  const std::string_view text = *string;
  const auto length = base::count_code_points(text);
  if (!length) return fault("Must be well-formed Unicode text.");
  if (text.find('\0') != std::string_view::npos) return fault("Must not hold a NUL character.");
  if (text.size() > node.max_bytes) {
    return fault("Must be at most " + count(node.max_bytes, "byte") + "; this has " + std::to_string(text.size()) +
                 ".");
  }
  if (auto found = out_of_bounds(node, *length, "character")) return found;
  if (node.visible && only_white_space(text)) return fault("Must hold more than white space.");
  if (node.format != nullptr && !node.format->accepts(text)) return fault(std::string(node.format->message));
  if (node.format != nullptr && node.format->normal != nullptr) value = json::value(node.format->normal(text));
  return std::nullopt;
}

/// 1.0 is an integer in JSON Schema, and in the JavaScript that sent it.
void settle_number(json::value& value) {
  constexpr double exact = 9007199254740992.0;  // 2^53
  const double* number = value.if_double();
  if (number != nullptr && std::abs(*number) <= exact && std::trunc(*number) == *number) {
    value = static_cast<std::int64_t>(*number);
  }
}

/// The number that a text is.
void read_number(json::value& value) {
  const auto* text = value.if_string();
  const auto number = text == nullptr ? std::nullopt : base::parse_number<std::int64_t>(base::trim(*text));
  if (number) value = *number;
}

MaybeFault validate_boolean(json::value& value, Taking taking) {
  if (value.is_bool()) return std::nullopt;
  if (taking == Taking::lenient) {
    const auto text = value.is_string() ? base::to_lower(std::string(value.get_string())) : json::serialize(value);
    if (text == "true" || text == "1") value = true;
    if (text == "false" || text == "0") value = false;
  }
  return value.is_bool() ? std::nullopt : wrong_kind("a boolean", value);
}

MaybeFault validate_integer(const SchemaNode& node, json::value& value, Taking taking) {
  if (const auto* string = value.if_string(); string != nullptr && node.spelling != nullptr) {
    const auto number = node.spelling->read(*string);
    if (!number) return fault(std::string(node.spelling->message));
    value = *number;
  }
  if (taking == Taking::lenient) read_number(value);
  settle_number(value);
  if (!value.is_number()) return wrong_kind("an integer", value);
  if (value.is_double()) return fault("Must be a whole number.");
  const auto* number = value.if_int64();
  if (number == nullptr || *number < node.lowest || *number > node.highest) {
    return fault("Must be from " + std::to_string(node.lowest) + " to " + std::to_string(node.highest) + "; this is " +
                 json::serialize(value) + ".");
  }
  return std::nullopt;
}

std::string listed(const std::vector<json::value>& values) {
  std::string text;
  for (const json::value& value : values) text += (text.empty() ? "" : ", ") + json::serialize(value);
  return text;
}

MaybeFault not_among(const std::vector<json::value>& choices) {
  return fault((choices.size() == 1 ? "Must be " : "Must be one of ") + listed(choices) + ".");
}

bool among(const std::vector<json::value>& choices, const json::value& value) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

MaybeFault validate_choice(const SchemaNode& node, json::value& value, Taking taking) {
  if (taking == Taking::lenient && !node.choices.front().is_string()) read_number(value);
  settle_number(value);
  return among(node.choices, value) ? std::nullopt : not_among(node.choices);
}

MaybeFault validate_list(const SchemaNode& node, json::value& value, Taking taking) {
  auto* array = value.if_array();
  if (array == nullptr) return wrong_kind("an array", value);
  const SchemaNode& item = node.inner.front().node();
  const auto counts = [&](const json::value& each) { return taking == Taking::strict || !is_left_over(item, each); };
  const auto size = static_cast<std::size_t>(std::count_if(array->begin(), array->end(), counts));
  if (auto found = out_of_bounds(node, size, "item")) return found;
  json::array kept;
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto& each = (*array)[i];
    if (!counts(each)) continue;
    if (auto found = validate(item, each, taking)) return below(std::to_string(i), std::move(*found));
    if (node.unique && std::find(kept.begin(), kept.end(), each) != kept.end()) {
      return below(std::to_string(i), {"", "Must not be given twice."});
    }
    kept.push_back(std::move(each));
  }
  *array = std::move(kept);
  return std::nullopt;
}

/// `name`, shortened for a message: a client may send a megabyte.
std::string quoted(std::string_view name) {
  constexpr std::size_t max_length = 40;
  const auto shown = base::first_code_points(name, max_length);
  return '"' + std::string(shown) + (shown.size() == name.size() ? "\"" : "...\"");
}

MaybeFault unknown_field(std::string_view name) {
  constexpr std::size_t max_pointer = 256;
  Fault unknown{"", "Unknown field " + quoted(name) + "."};
  if (name.size() <= max_pointer) unknown.pointer = base::json_pointer(name);
  return unknown;
}

MaybeFault no_field_given(const SchemaNode& node) {
  std::string names;
  for (const Property& property : node.properties) names += (names.empty() ? "" : ", ") + std::string(property.name);
  return fault("At least one of " + names + " must be given.");
}

/// Validates the field, and moves it to `kept` in its normal form.
MaybeFault validate_property(const Property& property, json::object& from, json::object& kept, Taking taking) {
  const SchemaNode& node = property.schema.node();
  json::value* value = from.if_contains(property.name);
  if (value != nullptr && property.presence == Presence::part && is_blank(node, *value)) value = nullptr;
  if (property.presence == Presence::refused) {
    if (value == nullptr || is_nothing(*value)) return std::nullopt;
    return Fault{base::json_pointer(property.name), node.description};
  }
  if (property.presence == Presence::ignored) {
    if (value == nullptr || is_nothing(*value)) return std::nullopt;
    auto found = validate(node, *value, taking);
    return found ? below(property.name, std::move(*found)) : std::nullopt;
  }
  if (value == nullptr) {
    if (property.presence == Presence::required)
      return Fault{base::json_pointer(property.name), "This field is required."};
    if (node.fallback) kept.emplace(property.name, *node.fallback);
    return std::nullopt;
  }
  if (auto found = validate(node, *value, taking)) return below(property.name, std::move(*found));
  kept.emplace(property.name, std::move(*value));
  return std::nullopt;
}

MaybeFault validate_object(const SchemaNode& node, json::value& value, Taking taking) {
  auto* object = value.if_object();
  if (object == nullptr) return wrong_kind("an object", value);
  json::object undeclared;
  for (const auto& field : *object) {
    if (node.find(field.key()) != nullptr) continue;
    if (taking == Taking::lenient && field.value().is_null()) continue;
    if (!node.open) return unknown_field(field.key());
    undeclared.emplace(field.key(), field.value());
  }
  json::object kept;
  for (const Property& property : node.properties) {
    if (auto found = validate_property(property, *object, kept, taking)) return found;
  }
  if (node.at_least_one && kept.empty()) return no_field_given(node);
  kept.insert(undeclared.begin(), undeclared.end());
  value = std::move(kept);
  return std::nullopt;
}

/// The values that `tag` has in this variant, which may itself be made of variants.
std::vector<json::value> tag_values(const SchemaNode& node, std::string_view tag) {
  if (const Property* property = node.find(tag)) return property->schema.node().choices;
  std::vector<json::value> all;
  for (const Schema& variant : node.inner) {
    for (auto& value : tag_values(variant.node(), tag)) {
      if (!among(all, value)) all.push_back(std::move(value));
    }
  }
  return all;
}

const Property* find_anywhere(const SchemaNode& node, std::string_view field) {
  if (const Property* property = node.find(field)) return property;
  for (const Schema& variant : node.inner) {
    if (const Property* property = find_anywhere(variant.node(), field)) return property;
  }
  return nullptr;
}

/// Removes the empty fields that only other variants have.
MaybeFault settle_foreign_fields(const SchemaNode& all, const SchemaNode& chosen, json::object& object) {
  std::vector<std::string> empty;
  for (const auto& field : object) {
    if (find_anywhere(chosen, field.key()) != nullptr) continue;
    const Property* foreign = find_anywhere(all, field.key());
    if (foreign == nullptr) continue;
    if (!is_blank(foreign->schema.node(), field.value()) && !is_hollow(field.value())) {
      return Fault{base::json_pointer(field.key()),
                   "Not allowed where " + all.tag + " is " + json::serialize(object.at(all.tag)) + "."};
    }
    empty.emplace_back(field.key());
  }
  for (const std::string& name : empty) object.erase(name);
  return std::nullopt;
}

MaybeFault validate_variants(const SchemaNode& node, json::value& value, Taking taking) {
  auto* object = value.if_object();
  if (object == nullptr) return wrong_kind("an object", value);
  json::value* tag = object->if_contains(node.tag);
  if (tag == nullptr) return Fault{base::json_pointer(node.tag), "This field is required."};
  if (taking == Taking::lenient && !tag_values(node, node.tag).front().is_string()) read_number(*tag);
  settle_number(*tag);
  for (const Schema& variant : node.inner) {
    if (!among(tag_values(variant.node(), node.tag), *tag)) continue;
    if (auto found = settle_foreign_fields(node, variant.node(), *object)) return found;
    return validate(variant.node(), value, taking);
  }
  return below(node.tag, *not_among(tag_values(node, node.tag)));
}

MaybeFault validate_any_of(const SchemaNode& node, json::value& value, Taking taking) {
  MaybeFault found;
  for (const Schema& alternative : node.inner) {
    json::value attempt = value;
    found = validate(alternative.node(), attempt, taking);
    if (found) continue;
    value = std::move(attempt);
    break;
  }
  return found;
}

MaybeFault validate_kind(const SchemaNode& node, json::value& value, Taking taking) {
  switch (node.kind) {
    case Kind::anything: return std::nullopt;
    case Kind::text: return validate_text(node, value, taking);
    case Kind::integer: return validate_integer(node, value, taking);
    case Kind::boolean: return validate_boolean(value, taking);
    case Kind::choice: return validate_choice(node, value, taking);
    case Kind::list: return validate_list(node, value, taking);
    case Kind::object: return validate_object(node, value, taking);
    case Kind::any_of: return validate_any_of(node, value, taking);
    case Kind::variants: break;
  }
  return validate_variants(node, value, taking);
}

/// Points into the value as it was sent.
MaybeFault moved_back(MaybeFault found, const std::optional<Moved>& moved) {
  if (found && moved && found->pointer.starts_with(moved->from))
    found->pointer.replace(0, moved->from.size(), moved->to);
  return found;
}

MaybeFault validate_form(const SchemaNode& node, json::value& value, Taking taking) {
  if (auto found = validate_kind(node, value, taking)) return found;
  for (const auto& rule : node.rules) {
    if (auto found = rule.holds(value)) return found;
  }
  return std::nullopt;
}

MaybeFault validate(const SchemaNode& node, json::value& value, Taking taking) {
  if (node.lenient) taking = Taking::lenient;
  if (node.blank_is_null && is_blank(node, value)) value = nullptr;
  if (node.nullable && value.is_null()) return std::nullopt;
  const auto moved = node.rewrite == nullptr ? std::nullopt : node.rewrite(value);
  return moved_back(validate_form(node, value, taking), moved);
}

}  // namespace

base::Result<void> Schema::validate(json::value& value) const {
  auto found = schema::validate(*node_, value, Taking::strict);
  if (found) return base::invalid(std::move(found->pointer), std::move(found->message));
  return {};
}

}  // namespace guildhall::schema
