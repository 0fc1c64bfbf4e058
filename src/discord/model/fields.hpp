#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace guildhall::discord {

/// The members of objects that Discord sends, read without trust: anything of another type counts as absent.

[[nodiscard]] std::optional<std::string> text_field(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::optional<bool> flag_field(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::optional<double> number_field(const boost::json::object& object, std::string_view name);

/// A snowflake or other 64-bit number that Discord sends as a string of digits.
template <class Id>
[[nodiscard]] std::optional<Id> id_field(const boost::json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return Id::parse(member->get_string());
}

}  // namespace guildhall::discord
