#pragma once

#include <optional>
#include <string>

#include "net/http.hpp"
#include "sim/oauth/oauth_grants.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// Who sends a request to the API.
struct Caller {
  TokenKind kind = TokenKind::none;
  /// What a Bearer token stands for.
  std::optional<Authorization> authorization;
  /// What rate limits are counted by: the bot, the authorization, or the address where nobody is named.
  std::string rate_key;
};

/// Reads the Authorization header field. A token that is wrong, expired or revoked names nobody.
[[nodiscard]] Caller identify(const Simulation& sim, const net::Request& request);

}  // namespace guildhall::sim
