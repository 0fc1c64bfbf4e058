#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.hpp"
#include "net/form.hpp"
#include "net/http.hpp"

namespace guildhall::server {

/// Whether the request's Content-Type is `type`, with any parameters.
[[nodiscard]] bool has_content_type(const net::Request& request, std::string_view type);

/// The request's body as JSON (RFC 8259). Errc::unsupported_media_type if its type is not `application/json`, malformed
/// as of schema::parse_json.
[[nodiscard]] base::Result<boost::json::value> read_json(const net::Request& request);

/// The request's query. Errc::malformed.
[[nodiscard]] base::Result<net::FormFields> read_query(const net::Request& request);

}  // namespace guildhall::server
