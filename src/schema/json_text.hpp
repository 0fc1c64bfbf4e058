#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.hpp"

namespace guildhall::schema {

/// Reads a body. Errc::malformed where it is not JSON in UTF-8 (RFC 8259), nests deeper than 32, or has an object with
/// one name twice, which readers take differently.
[[nodiscard]] base::Result<boost::json::value> parse_json(std::string_view text);

}  // namespace guildhall::schema
