#pragma once

#include <boost/describe/class.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

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

/// Table `sessions`. It does not decide who is logged in: TokenDenylist has the sessions that were ended. All members
/// throw Unavailable and may be awaited on any event loop.
class SessionRepository {
 public:
  /// The most that are listed for a person.
  static constexpr std::size_t max_listed = 100;

  explicit SessionRepository(Database& database);

  /// Adds the session; of one that is there already it replaces `last_seen_at` and `expires_at`.
  [[nodiscard]] net::Task<> save(Session session);
  /// The person's sessions that have neither expired nor been ended, those seen last first.
  [[nodiscard]] net::Task<std::vector<Session>> list(base::UserId user);

 private:
  Database& database_;
  std::shared_ptr<void> maintenance_;
};

}  // namespace guildhall::database
