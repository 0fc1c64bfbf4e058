#pragma once

#include <string_view>

#include "net/http.hpp"
#include "server/origins.hpp"

namespace guildhall::server {

/// Cross-origin requests (Fetch standard, CORS protocol) are allowed for our origins. Answers to other origins have no
/// CORS fields, so browsers refuse them.

/// Adds the fields that let a page of another origin read the answer.
void add_cors(const Origins& origins, const net::Request& request, net::Response& response);

/// The answer to OPTIONS for a path whose methods are `allow`: a preflight, or a plain OPTIONS request.
[[nodiscard]] net::Response options_response(const Origins& origins, const net::Request& request,
                                             std::string_view allow);

}  // namespace guildhall::server
