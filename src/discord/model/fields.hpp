#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::discord {

// The members of Discord's JSON objects; a member of another type counts as absent.

[[nodiscard]] std::optional<std::string> text_field(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::optional<bool> flag_field(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::optional<double> number_field(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> integer_field(const boost::json::object& object, std::string_view name);
/// Null if absent.
[[nodiscard]] const boost::json::object* object_field(const boost::json::object& object, std::string_view name);
[[nodiscard]] const boost::json::array* array_field(const boost::json::object& object, std::string_view name);

/// A snowflake or another 64-bit number, which Discord sends as a string of digits.
template <class Id>
[[nodiscard]] std::optional<Id> id_field(const boost::json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return Id::parse(member->get_string());
}

}  // namespace guildhall::discord
