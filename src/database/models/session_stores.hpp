#pragma once

// What sessions need of the database. Members throw Unavailable, unless they say otherwise, and may be awaited on any
// event loop.

#include <boost/describe/class.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "database/models/user.hpp"
#include "net/task.hpp"

namespace guildhall::database {

/// A person as Discord describes them at a login.
struct DiscordProfile {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::optional<std::string> email;
};

/// Whether a login makes the person an ADMIN, by ADMIN_USER_IDS. Nobody stops being one by it.
enum class AdminGrant : std::uint8_t { leave, grant };

/// The people who have logged in, with the refresh token of each. Refresh tokens go in and come out sealed: who calls
/// has the key.
class UserStore {
 public:
  using Pointer = std::shared_ptr<const User>;

  virtual ~UserStore() = default;

  /// What memory has of `find`; nothing if the database must be asked. Does not throw.
  [[nodiscard]] virtual std::optional<Pointer> known(base::UserId id) = 0;
  /// The person, or null if nobody of that id has logged in. Usually from memory.
  [[nodiscard]] virtual net::Task<Pointer> find(base::UserId id) = 0;

  /// Adds the person with role USER, or brings the row up to date, and keeps the refresh token of this login.
  [[nodiscard]] virtual net::Task<Pointer> save_login(DiscordProfile profile, std::string sealed_refresh_token,
                                                      AdminGrant admin) = 0;

  /// The sealed token that was kept last; nothing if there is none or no such person.
  [[nodiscard]] virtual net::Task<std::optional<std::string>> refresh_token(base::UserId id) = 0;
  /// Keeps another sealed token, or none.
  [[nodiscard]] virtual net::Task<> replace_refresh_token(base::UserId id, std::optional<std::string> sealed) = 0;
};

enum class TokenState : std::uint8_t { accepted, denied };

/// Ids that must not be accepted again, such as sessions that were ended and login states that were used. All processes
/// that share the database agree: `ChangeFeed::settle_time` after `deny`, none of them accepts the id.
class Denylist {
 public:
  virtual ~Denylist() = default;

  /// The state of the id according to memory; nothing if the database must be asked. Does not throw.
  [[nodiscard]] virtual std::optional<TokenState> known(const std::string& id) = 0;
  /// Usually from memory.
  [[nodiscard]] virtual net::Task<TokenState> check(std::string id) = 0;

  /// Denies the id until `expires_at`, after which it must be refused for its age. True the first time, false if any
  /// process has denied it before.
  [[nodiscard]] virtual net::Task<bool> deny(std::string id, base::Timestamp expires_at) = 0;
};

/// A row of table `kept_tokens`: Discord's tokens, sealed, of a session token that has no room for them.
struct KeptToken {
  static constexpr const char* table = "kept_tokens";

  std::string id;  ///< The session token's `jti`.
  std::string access_token;
  std::string refresh_token;
  base::Timestamp expires_at;  ///< When the session token expires. Rows are removed some time after that.
};
BOOST_DESCRIBE_STRUCT(KeptToken, (), (id, access_token, refresh_token, expires_at))

class KeptTokenStore {
 public:
  virtual ~KeptTokenStore() = default;

  [[nodiscard]] virtual net::Task<> add(KeptToken token) = 0;
  [[nodiscard]] virtual net::Task<std::optional<KeptToken>> find(std::string id) = 0;
  [[nodiscard]] virtual net::Task<> remove(std::string id) = 0;
};

/// A row of table `sessions`: where somebody is logged in.
struct Session {
  static constexpr const char* table = "sessions";

  std::string id;  ///< The same in all tokens of the session.
  base::UserId user_id;
  std::string browser;  ///< What logged in, for people; may be empty.
  base::Timestamp created_at;
  base::Timestamp last_seen_at;
  base::Timestamp expires_at;  ///< Of its latest token. Rows are removed some time after that.
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, user_id, browser, created_at, last_seen_at, expires_at))

/// Where people are logged in. It does not decide who is: Denylist has the sessions that were ended.
class SessionStore {
 public:
  virtual ~SessionStore() = default;

  /// Adds the session; of one that is there already it replaces `last_seen_at` and `expires_at`.
  [[nodiscard]] virtual net::Task<> save(Session session) = 0;
  /// The person's sessions that have neither expired nor been ended, those seen last first.
  [[nodiscard]] virtual net::Task<std::vector<Session>> list(base::UserId user) = 0;
};

}  // namespace guildhall::database
