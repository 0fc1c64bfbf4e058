#include "schema/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_stack.hpp>
#include <string>

namespace guildhall::schema {
namespace json = boost::json;
namespace {

using Code = json::error_code;
using View = json::string_view;

/// Builds the value as boost::json::parser does, and counts the names, of which a json::object keeps one of each.
struct CountingHandler {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  json::value_stack stack;
  std::size_t names = 0;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_object_end(std::size_t size, Code&) { return stack.push_object(size), true; }
  bool on_array_end(std::size_t size, Code&) { return stack.push_array(size), true; }
  bool on_key_part(View part, std::size_t, Code&) { return stack.push_chars(part), true; }
  bool on_key(View part, std::size_t, Code&) { return ++names, stack.push_key(part), true; }
  bool on_string_part(View part, std::size_t, Code&) { return stack.push_chars(part), true; }
  bool on_string(View part, std::size_t, Code&) { return stack.push_string(part), true; }
  bool on_number_part(View, Code&) { return true; }
  bool on_int64(std::int64_t number, View, Code&) { return stack.push_int64(number), true; }
  bool on_uint64(std::uint64_t number, View, Code&) { return stack.push_uint64(number), true; }
  bool on_double(double number, View, Code&) { return stack.push_double(number), true; }
  bool on_bool(bool value, Code&) { return stack.push_bool(value), true; }
  bool on_null(Code&) { return stack.push_null(), true; }
  bool on_comment_part(View, Code&) { return true; }
  bool on_comment(View, Code&) { return true; }
};

std::size_t count_names(const json::value& value) {
  std::size_t names = 0;
  if (const auto* array = value.if_array()) {
    for (const json::value& item : *array) names += count_names(item);
  }
  if (const auto* object = value.if_object()) {
    names += object->size();
    for (const auto& field : *object) names += count_names(field.value());
  }
  return names;
}

}  // namespace

base::Result<json::value> parse_json(std::string_view text) {
  json::basic_parser<CountingHandler> parser{json::parse_options()};
  parser.handler().stack.reset();
  Code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) error = json::error::extra_data;
  if (error) {
    return base::Error{base::Errc::malformed,
                       "The body is not JSON: " + error.message() + " after byte " + std::to_string(used) + ".",
                       {},
                       {}};
  }
  json::value value = parser.handler().stack.release();
  if (count_names(value) != parser.handler().names) {
    return base::Error{base::Errc::malformed, "An object in the body has the same name twice.", {}, {}};
  }
  return value;
}

}  // namespace guildhall::schema
