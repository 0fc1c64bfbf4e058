#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::net {

/// Properties of the request that decide how its response is sent.
struct Framing {
  bool keep_alive = true;
  bool http_1_0 = false;
  bool head_request = false;  ///< Send only the head.
};

/// The head of a response including the empty line (RFC 9112 section 4). Adds Date, Content-Length, Connection and
/// those fields of `common` that `response` does not have. Line breaks in values become spaces, which prevents header
/// injection.
[[nodiscard]] std::string serialize_head(const Response& response, const Headers& common, std::string_view date,
                                         std::string_view request_id, Framing framing);

/// Whether the content of a response with that status is sent.
[[nodiscard]] bool has_content(unsigned status, Framing framing);

/// The current time for the Date field (RFC 9110 section 5.6.7).
[[nodiscard]] std::string http_date();

}  // namespace guildhall::net
