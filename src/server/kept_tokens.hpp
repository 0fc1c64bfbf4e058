#pragma once

#include "database/models/session_stores.hpp"
#include "jwt/session_token.hpp"
#include "net/task.hpp"
#include "server/middleware/authentication.hpp"

namespace guildhall::server {

/// Keeps Discord's tokens, encrypted, for session tokens that have no room for them: browsers drop a cookie above 4,096
/// bytes. Members throw database::Unavailable and may be awaited on any event loop.
class KeptTokens {
 public:
  /// `seal` encrypts at rest. What is given by reference outlives this.
  KeptTokens(database::KeptTokenStore& store, const jwt::Jwe& seal) : store_(store), seal_(seal) {}

  [[nodiscard]] net::Task<> keep(jwt::Claims claims);
  /// The claims with Discord's tokens; nullptr if they are gone.
  [[nodiscard]] net::Task<SessionClaims> complete(SessionClaims claims);
  [[nodiscard]] net::Task<> forget(jwt::Claims claims);

 private:
  database::KeptTokenStore& store_;
  const jwt::Jwe& seal_;
};

}  // namespace guildhall::server
