#include "sim/world/object_reader.hpp"

#include <algorithm>
#include <boost/json/parser.hpp>
#include <cmath>
#include <utility>

#include "base/encoding.hpp"

namespace guildhall::sim {
namespace {

[[noreturn]] void fail_at(std::string pointer, std::string message) {
  throw base::ErrorException(base::invalid(std::move(pointer), std::move(message)));
}

}  // namespace

base::Result<boost::json::value> parse_json(std::string_view text) {
  boost::json::parser parser;
  boost::system::error_code error;
  const std::size_t read = parser.write(text, error);
  if (!error) return parser.release();
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(read, text.size()));
  const auto line = std::count(text.begin(), end, '\n') + 1;
  return base::Error{
      base::Errc::malformed, "This is not JSON: " + error.message() + " at line " + std::to_string(line) + ".", {}, {}};
}

ObjectReader::ObjectReader(const boost::json::value& value, std::string pointer)
    : object_(value.if_object()), pointer_(std::move(pointer)) {
  if (object_ == nullptr) fail_at(pointer_, "This must be an object.");
}

bool ObjectReader::has(std::string_view name) {
  known_.emplace(name);
  return object_->contains(name);
}

const boost::json::value& ObjectReader::value(std::string_view name) {
  known_.emplace(name);
  const auto* found = object_->if_contains(name);
  if (found == nullptr) fail(name, "This field is required.");
  return *found;
}

std::string ObjectReader::text(std::string_view name, std::size_t min, std::size_t max) {
  const auto* string = value(name).if_string();
  if (string == nullptr) fail(name, "This must be a string.");
  if (string->size() < min || string->size() > max) {
    fail(name, "This must have " + std::to_string(min) + " to " + std::to_string(max) + " bytes.");
  }
  return std::string(*string);
}

std::optional<std::string> ObjectReader::optional_text(std::string_view name, std::size_t max) {
  if (!has(name) || value(name).is_null()) return std::nullopt;
  return text(name, 1, max);
}

bool ObjectReader::boolean(std::string_view name) {
  const auto* boolean = value(name).if_bool();
  if (boolean == nullptr) fail(name, "This must be true or false.");
  return *boolean;
}

std::int64_t ObjectReader::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  const auto* integer = value(name).if_int64();
  if (integer == nullptr || *integer < min || *integer > max) {
    fail(name, "This must be an integer from " + std::to_string(min) + " to " + std::to_string(max) + ".");
  }
  return *integer;
}

double ObjectReader::number(std::string_view name, double min, double max) {
  const auto& found = value(name);
  double number = NAN;
  if (found.is_number()) number = found.to_number<double>();
  if (!(number >= min && number <= max)) {
    fail(name, "This must be a number from " + std::to_string(min) + " to " + std::to_string(max) + ".");
  }
  return number;
}

const boost::json::array& ObjectReader::array(std::string_view name) {
  const auto* array = value(name).if_array();
  if (array == nullptr) fail(name, "This must be an array.");
  return *array;
}

std::string ObjectReader::pointer_to(std::string_view name) const { return pointer_ + base::json_pointer(name); }

void ObjectReader::fail(std::string_view name, std::string message) const {
  fail_at(pointer_to(name), std::move(message));
}

void ObjectReader::finish() const {
  for (const auto& field : *object_) {
    if (!known_.contains(field.key())) fail(field.key(), "There is no such field.");
  }
}

}  // namespace guildhall::sim
