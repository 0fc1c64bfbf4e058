#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::socketio {

/// Appends a value as JSON.stringify would: non-finite numbers become null.
void append_json(std::string& out, const boost::json::value& value);

/// Parses as JSON.parse would, up to 64 levels deep. Lone surrogates, which JavaScript strings may contain, become
/// U+FFFD.
[[nodiscard]] std::optional<boost::json::value> parse_json(std::string_view text);

}  // namespace guildhall::socketio
