#pragma once

#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"

namespace guildhall::server {

/// The one place where errors become HTTP.

/// `error` as an answer: its status, `{"error","code","field"}`, Retry-After where it says when to come back.
[[nodiscard]] net::Response to_response(const base::Error& error);

/// The answer for whatever is being thrown: 503 for a database that is away, 500 that tells nothing of the inside
/// for the rest. Call within a catch block; `unexpected` then holds what belongs into the log, and is empty for what
/// was to be expected.
[[nodiscard]] net::Response exception_to_response(std::string& unexpected);

/// What the HTTP server says by itself, in the same form.
/// The catalogue's sentence where `sentence` is empty.
[[nodiscard]] net::Response protocol_error(unsigned status, std::string_view sentence = {});

}  // namespace guildhall::server
