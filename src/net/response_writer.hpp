#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::net {

/// What else decides how an answer goes over the wire.
struct Framing {
  bool keep_alive = true;
  bool http_1_0 = false;
  bool head_request = false;  ///< Send the head only, as for HEAD.
};

/// The head of an answer up to and including the empty line (RFC 9112 section 4). Fields of `common` are added where
/// `response` has none of that name, with Date, Content-Length and Connection. Line breaks in a field's value become
/// spaces, so that nobody's text can add a field.
[[nodiscard]] std::string serialize_head(const Response& response, const Headers& common, std::string_view date,
                                         std::string_view request_id, Framing framing);

/// True where an answer of that status has content that is to be sent.
[[nodiscard]] bool has_content(unsigned status, Framing framing);

/// Now, as the Date field wants it (RFC 9110 section 5.6.7).
[[nodiscard]] std::string http_date();

}  // namespace guildhall::net
