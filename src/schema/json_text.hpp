#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.hpp"

namespace guildhall::schema {

/// Parses a body. Errc::malformed if it is not JSON in UTF-8 (RFC 8259), nests deeper than 32, or has an object with a
/// repeated name, which parsers interpret differently.
[[nodiscard]] base::Result<boost::json::value> parse_json(std::string_view text);

}  // namespace guildhall::schema
