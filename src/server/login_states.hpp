#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "jwt/jwe.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class Denylist;
}

namespace guildhall::server {

/// The `state` of browser logins (RFC 6749 section 10.12): encrypted, bound to the browser by a secret in its cookie,
/// valid for ten minutes and one use, in every process that shares the database. A browser keeps its secret, so that
/// any number of its tabs may log in at once. Any event loop may call.
class LoginStates {
 public:
  static constexpr std::chrono::minutes lifetime{10};

  /// `jwe` has its own keys for this purpose. What is given by reference outlives this.
  LoginStates(const base::Clock& clock, const jwt::Jwe& jwe, database::Denylist& token_denylist)
      : clock_(clock), jwe_(jwe), denylist_(token_denylist) {}

  struct Login {
    std::string return_to;     ///< A path on this server, where the login ends.
    std::string redirect_uri;  ///< What Discord was told.
  };
  struct Started {
    std::string state;   ///< For Discord's authorize page.
    std::string cookie;  ///< For the browser.
  };
  struct Finished {
    std::optional<Login> login;  ///< What `state` was made for; empty if it is not ours.
    bool valid = false;          ///< Whether this browser may finish it now.
  };

  /// Starts a login of the browser that has `cookie` from an earlier one, if it has.
  [[nodiscard]] Started start(Login login, std::string_view cookie) const;

  /// Ends the login that `state` was made for. It is not valid if another browser started it, or if it has ended before
  /// or expired; only a valid one is used up. Throws database::Unavailable.
  [[nodiscard]] net::Task<Finished> finish(std::string state, std::string cookie);

 private:
  const base::Clock& clock_;
  const jwt::Jwe& jwe_;
  database::Denylist& denylist_;
};

}  // namespace guildhall::server
