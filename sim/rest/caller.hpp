#pragma once

#include <optional>
#include <string>

#include "net/http.hpp"
#include "sim/oauth/oauth_grants.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// The sender of a request to the API.
struct Caller {
  TokenKind kind = TokenKind::none;
  /// Of a Bearer token.
  std::optional<Authorization> authorization;
  /// Key of the rate limits: the bot, the authorization, or the address without credentials.
  std::string rate_key;
};

/// Reads the Authorization header. An invalid, expired or revoked token counts as none.
[[nodiscard]] Caller identify(const Simulation& sim, const net::Request& request);

}  // namespace guildhall::sim
