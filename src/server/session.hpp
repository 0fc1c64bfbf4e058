#pragma once

#include <memory>

#include "database/models/user.hpp"
#include "jwt/session_token.hpp"

namespace guildhall::server {

/// Who a request comes from: a token that is good at this moment, and the person it names.
struct Session {
  jwt::Claims claims;
  std::shared_ptr<const database::User> user;

  /// Whether the person holds role ADMIN.
  [[nodiscard]] bool is_admin() const;
};

}  // namespace guildhall::server
