#pragma once

#include <string_view>

#include "net/http.hpp"
#include "server/services.hpp"

namespace guildhall::server {

/// Cross-origin requests (Fetch standard, CORS protocol) from the origins that are ours; other origins are told
/// nothing, so their browsers refuse.

/// Adds what a page of another origin needs to read the answer.
void add_cors(const Origins& origins, const net::Request& request, net::Response& response);

/// The answer to OPTIONS for a path whose methods are `allow`: a preflight, or a plain question.
[[nodiscard]] net::Response options_response(const Origins& origins, const net::Request& request,
                                             std::string_view allow);

}  // namespace guildhall::server
