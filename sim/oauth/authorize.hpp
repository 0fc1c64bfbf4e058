#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>

#include "net/form.hpp"
#include "sim/oauth/scopes.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// A sound authorization request (RFC 6749 section 4.1.1).
struct AuthorizeRequest {
  ApplicationId client;
  std::string redirect_uri;
  Scopes scopes;
  std::optional<std::string> state;
};

/// Why there is nothing to approve.
struct AuthorizeProblem {
  std::string message;
  /// Where the client learns of it; nothing if the client or its redirect URI cannot be trusted, and the user is
  /// told instead (RFC 6749 section 4.1.2.1).
  std::optional<std::string> location;
};

/// Reads the query of the authorize page, or the form that the page sends.
[[nodiscard]] boost::system::result<AuthorizeRequest, AuthorizeProblem> parse_authorize_request(
    const Application& application, const net::FormFields& fields);

struct Approval {
  std::string code;
  std::string location;  ///< Where the user goes with it.
};

[[nodiscard]] Approval approve(Simulation& sim, const AuthorizeRequest& request, UserId user);

/// Where a user goes who has said no.
[[nodiscard]] std::string denied_location(const AuthorizeRequest& request);

}  // namespace guildhall::sim
