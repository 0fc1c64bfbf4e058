#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::socketio {

/// Appends a value as JSON.stringify would: what is no finite number is null.
void append_json(std::string& out, const boost::json::value& value);

/// Parses as JSON.parse would, but not what is nested more than 64 deep. Half a surrogate pair, of which JavaScript
/// makes strings, becomes U+FFFD.
[[nodiscard]] std::optional<boost::json::value> parse_json(std::string_view text);

}  // namespace guildhall::socketio
