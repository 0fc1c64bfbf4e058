#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <string_view>

#include "net/form.hpp"
#include "net/http.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// An error response of the token endpoint (RFC 6749 section 5.2); its handlers throw it.
struct TokenError {
  unsigned status = 400;
  std::string_view error;
  std::string description;  ///< May be empty.
};

[[noreturn]] inline void throw_exception_from_error(const TokenError& error, const boost::source_location&) {
  throw error;
}

[[nodiscard]] TokenError invalid_request(std::string description);

/// The client that a request of the token endpoint comes from: by `client_id` and `client_secret` in the form, or by
/// Basic (RFC 6749 section 2.3.1), never by both.
[[nodiscard]] boost::system::result<ApplicationId, TokenError> authenticate_client(const Application& application,
                                                                                   const net::Request& request,
                                                                                   const net::FormFields& form);

}  // namespace guildhall::sim
