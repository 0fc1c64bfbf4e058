#include "sim/rest/form_reader.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/id.hpp"
#include "base/utf8.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t url_length = 2048;

std::string shown_value(const boost::json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
}

/// Discord takes numbers as texts too.
std::optional<std::int64_t> to_integer(const boost::json::value& value) {
  if (value.is_int64()) return value.as_int64();
  const auto* text = value.if_string();
  if (text == nullptr) return std::nullopt;
  const auto parsed = base::Id<struct IntegerTag>::parse(*text);
  if (!parsed || parsed->value() > INT64_MAX) return std::nullopt;
  return static_cast<std::int64_t>(parsed->value());
}

bool is_web_address(std::string_view text) {
  const auto scheme = text.substr(0, text.find("://"));
  return (scheme == "http" || scheme == "https" || scheme == "attachment") && text.size() > scheme.size() + 3 &&
         text.find_first_of(" \t\n") == std::string_view::npos;
}

}  // namespace

void FormProblems::add(const Path& path, std::string_view code, std::string_view message) {
  boost::json::object* place = &errors_;
  for (const auto& step : path) {
    auto& next = (*place)[step];
    if (!next.is_object()) next = boost::json::object();
    place = &next.as_object();
  }
  auto& list = (*place)["_errors"];
  if (!list.is_array()) list = boost::json::array();
  list.as_array().push_back({{"code", code}, {"message", message}});
}

DiscordError FormProblems::error() const {
  DiscordError error{400, 50035, "Invalid Form Body"};
  error.errors = errors_;
  return error;
}

FormReader::FormReader(const boost::json::object& object, FormProblems& problems, FormProblems::Path path)
    : object_(&object), problems_(&problems), path_(std::move(path)) {}

FormProblems::Path FormReader::path_to(std::string_view name) const {
  auto path = path_;
  path.emplace_back(name);
  return path;
}

void FormReader::problem(std::string_view name, std::string_view code, std::string_view message) {
  problems_->add(path_to(name), code, message);
}

void FormProblems::throw_if_any() const {
  if (!empty()) throw error();
}

void FormReader::require(std::string_view name) {
  if (find(name) == nullptr) problem(name, "BASE_TYPE_REQUIRED", "This field is required");
}

const boost::json::value* FormReader::find(std::string_view name) const {
  const auto* value = object_->if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void FormReader::check_length(std::string_view name, std::size_t length, Bounds bounds) {
  const auto size = static_cast<std::int64_t>(length);
  if (size >= bounds.min && size <= bounds.max) return;
  const auto min = std::to_string(bounds.min);
  const auto max = std::to_string(bounds.max);
  if (bounds.min > 0) {
    problem(name, "BASE_TYPE_BAD_LENGTH", "Must be between " + min + " and " + max + " in length.");
  } else {
    problem(name, "BASE_TYPE_MAX_LENGTH", "Must be " + max + " or fewer in length.");
  }
}

std::optional<std::string> FormReader::text(std::string_view name, Bounds length) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string() && !value->is_number()) {
    problem(name, "STRING_TYPE_CONVERT", "Could not interpret \"" + shown_value(*value) + "\" as string.");
    return std::nullopt;
  }
  auto text = shown_value(*value);
  check_length(name, base::count_code_points(text).value_or(text.size()), length);
  return text;
}

std::string FormReader::required_text(std::string_view name, Bounds length) {
  require(name);
  return text(name, length).value_or("");
}

std::optional<std::int64_t> FormReader::integer(std::string_view name, Bounds bounds) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = to_integer(*value);
  if (!number) {
    problem(name, "NUMBER_TYPE_COERCE", "Value \"" + shown_value(*value) + "\" is not int.");
  } else if (*number < bounds.min) {
    problem(name, "NUMBER_TYPE_MIN",
            "int value should be greater than or equal to " + std::to_string(bounds.min) + ".");
  } else if (*number > bounds.max) {
    problem(name, "NUMBER_TYPE_MAX", "int value should be less than or equal to " + std::to_string(bounds.max) + ".");
  }
  return number;
}

std::optional<double> FormReader::number(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) return value->to_number<double>();
  problem(name, "NUMBER_TYPE_COERCE", "Value \"" + shown_value(*value) + "\" is not float.");
  return std::nullopt;
}

bool FormReader::boolean(std::string_view name, bool fallback) {
  const auto* value = find(name);
  if (value == nullptr) return fallback;
  if (value->is_bool()) return value->as_bool();
  problem(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
  return fallback;
}

std::optional<Permissions> FormReader::permissions(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto bits = Permissions::parse(shown_value(*value));
  if (!bits) problem(name, "NUMBER_TYPE_COERCE", "Value \"" + shown_value(*value) + "\" is not int.");
  return bits;
}

void FormReader::refuse(std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const auto* value = find(name);
    const bool says_something =
        value != nullptr && !(value->is_array() && value->as_array().empty()) && *value != boost::json::value(false);
    if (says_something) problem(name, "SIMULATOR_LACKS_FIELD", "discord-sim does not have " + std::string(name) + ".");
  }
}

std::optional<std::string> FormReader::url(std::string_view name) {
  auto address = text(name, {0, url_length});
  if (!address || address->empty()) return std::nullopt;
  if (!is_web_address(*address)) problem(name, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
  return address;
}

std::string FormReader::digits_of(const boost::json::value& value) { return shown_value(value); }

std::optional<std::string> FormReader::snowflake_text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  auto digits = shown_value(*value);
  if (base::Id<struct AnyTag>::parse(digits)) return digits;
  problem(name, "NUMBER_TYPE_COERCE", "Value \"" + digits + "\" is not snowflake.");
  return std::nullopt;
}

const boost::json::array* FormReader::list(std::string_view name, Bounds length) {
  const auto* value = find(name);
  if (value == nullptr) return nullptr;
  const auto* list = value->if_array();
  if (list == nullptr) {
    problem(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
  } else {
    check_length(name, list->size(), length);
  }
  return list;
}

std::optional<FormReader> FormReader::object(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (const auto* within = value->if_object()) return FormReader(*within, *problems_, path_to(name));
  problem(name, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
  return std::nullopt;
}

std::optional<FormReader> FormReader::element(std::string_view list, std::size_t index,
                                              const boost::json::value& value) {
  auto path = path_to(list);
  path.push_back(std::to_string(index));
  if (const auto* within = value.if_object()) return FormReader(*within, *problems_, std::move(path));
  problems_->add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
  return std::nullopt;
}

namespace {

boost::json::value parse_body(std::string_view body) {
  boost::system::error_code error;
  auto value = boost::json::parse(body, error);
  if (error) throw DiscordError(400, 50109, "The request body contains invalid JSON.");
  return value;
}

[[noreturn]] void refuse_body(std::string_view code, std::string_view message) {
  FormProblems problems;
  problems.add({}, code, message);
  throw problems.error();
}

}  // namespace

boost::json::object parse_form_body(std::string_view body) {
  auto value = parse_body(body);
  if (auto* object = value.if_object()) return std::move(*object);
  refuse_body("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
}

boost::json::array parse_form_list(std::string_view body) {
  auto value = parse_body(body);
  if (auto* list = value.if_array()) return std::move(*list);
  refuse_body("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
}

}  // namespace guildhall::sim
