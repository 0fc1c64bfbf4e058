#include "sim/rest/query_fields.hpp"

#include <charconv>
#include <string>

namespace guildhall::sim {

bool parse_flag(const net::FormFields& query, std::string_view name) {
  const auto text = net::find_field(query, name);
  if (!text || *text == "false" || *text == "False" || *text == "0") return false;
  if (*text == "true" || *text == "True" || *text == "1") return true;
  throw invalid_form(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
}

std::size_t parse_limit(const net::FormFields& query, std::size_t fallback, std::size_t max) {
  const auto text = net::find_field(query, "limit");
  if (!text) return fallback;
  long limit = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, limit);
  if (error != std::errc() || stop != end) {
    throw invalid_form("limit", "NUMBER_TYPE_COERCE", "Value \"" + std::string(*text) + "\" is not int.");
  }
  if (limit < 1) {
    throw invalid_form("limit", "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1.");
  }
  if (limit > static_cast<long>(max)) {
    throw invalid_form("limit", "NUMBER_TYPE_MAX",
                       "int value should be less than or equal to " + std::to_string(max) + ".");
  }
  return static_cast<std::size_t>(limit);
}

}  // namespace guildhall::sim
