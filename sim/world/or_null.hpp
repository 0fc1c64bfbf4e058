#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

namespace guildhall::sim {

/// A JSON string, or null.
[[nodiscard]] inline boost::json::value or_null(const std::optional<std::string>& text) {
  return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

}  // namespace guildhall::sim
