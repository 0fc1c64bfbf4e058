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

/// The `state` of browser logins (RFC 6749 section 10.12): random, bound to the browser by an encrypted cookie, good
/// for ten minutes and for one use, on whichever process that shares the database. Any event loop may call.
class LoginStates {
 public:
  static constexpr std::chrono::minutes lifetime{10};

  /// `jwe` has keys of its own for this purpose.
  LoginStates(const base::Clock& clock, const jwt::Jwe& jwe, database::TokenDenylist& token_denylist)
      : clock_(clock), jwe_(jwe), spent_tokens_(token_denylist) {}

  struct Begun {
    std::string state;   ///< For Discord's authorize page.
    std::string cookie;  ///< For the browser.
  };

  /// A login that will end at `return_to`, a path of ours.
  [[nodiscard]] Begun begin(std::string_view return_to) const;

  /// Where the login ends that `cookie` was given for, if `state` is its state and it has neither ended nor expired.
  /// It has ended then. Throws database::Unavailable.
  [[nodiscard]] net::Task<std::optional<std::string>> end(std::string state, std::string cookie);

 private:
  const base::Clock& clock_;
  const jwt::Jwe& jwe_;
  database::TokenDenylist& spent_tokens_;
};

}  // namespace guildhall::server
