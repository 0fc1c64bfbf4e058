#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "jwt/jwe.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class TokenDenylist;
}

namespace guildhall::server {

/// The `state` of browser logins (RFC 6749 section 10.12): random, bound to the browser by an encrypted cookie, valid
/// for ten minutes and one use, in every process that shares the database. Any event loop may call.
class LoginStates {
 public:
  static constexpr std::chrono::minutes lifetime{10};

  /// `jwe` has its own keys for this purpose. What is given by reference outlives this.
  LoginStates(const base::Clock& clock, const jwt::Jwe& jwe, database::TokenDenylist& token_denylist)
      : clock_(clock), jwe_(jwe), denylist_(token_denylist) {}

  struct Started {
    std::string state;   ///< For Discord's authorize page.
    std::string cookie;  ///< For the browser.
  };

  /// Starts a login that will end at `return_to`, a path on this server.
  [[nodiscard]] Started start(std::string_view return_to) const;

  /// Ends the login that `cookie` was given for, and answers its `return_to`. Empty if `state` is not its state, or if
  /// it has ended before or expired. Throws database::Unavailable.
  [[nodiscard]] net::Task<std::optional<std::string>> finish(std::string state, std::string cookie);

 private:
  const base::Clock& clock_;
  const jwt::Jwe& jwe_;
  database::TokenDenylist& denylist_;
};

}  // namespace guildhall::server
