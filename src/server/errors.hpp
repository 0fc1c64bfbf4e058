#pragma once

#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"

namespace guildhall::server {

// Errors for people, and the one place where errors become HTTP.

/// Whether Discord is not available, or limits our requests.
[[nodiscard]] bool is_away(const base::Error& error);

/// The error for the person who asked, after an error of Discord's that they cannot help: Errc::unavailable while it
/// is away, otherwise bad_upstream.
[[nodiscard]] base::Error discord_error(const base::Error& error);

/// `error` as an answer: its status, its JSON, and Retry-After if it is worth trying again.
[[nodiscard]] net::Response to_response(const base::Error& error);

/// The answer for the exception that is being handled: 503 for a database that is not available, otherwise 500 without
/// internals. Call within a catch block. `unexpected` is then what belongs into the log; empty for expected exceptions.
[[nodiscard]] net::Response exception_to_response(std::string& unexpected);

/// An error of HTTP itself in the same form. The sentence of the catalogue is used if `sentence` is empty.
[[nodiscard]] net::Response protocol_error(unsigned status, std::string_view sentence = {});

}  // namespace guildhall::server
