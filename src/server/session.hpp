#pragma once

#include <memory>

#include "database/models/user.hpp"
#include "jwt/session_token.hpp"

namespace guildhall::server {

/// What the token of a session says, shared by all requests that send it.
using SessionClaims = std::shared_ptr<const jwt::Claims>;

/// Who a request comes from: a token that is good at this moment, and the person it names.
struct Session {
  SessionClaims claims;
  std::shared_ptr<const database::User> user;

  /// Whether the person holds role ADMIN.
  [[nodiscard]] bool is_admin() const;
};

}  // namespace guildhall::server
