#pragma once

#include <boost/describe/class.hpp>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

/// A row of table `kept_tokens`: Discord's tokens, sealed, of a session token that has no room for them.
struct KeptToken {
  static constexpr const char* table = "kept_tokens";

  std::string id;  ///< The session token's `jti`.
  std::string access_token;
  std::string refresh_token;
  base::Timestamp expires_at;  ///< When the session token expires. Rows are removed some time after that.
};
BOOST_DESCRIBE_STRUCT(KeptToken, (), (id, access_token, refresh_token, expires_at))

/// Table `kept_tokens`. All members throw Unavailable and may be awaited on any event loop.
class KeptTokenRepository {
 public:
  explicit KeptTokenRepository(Database& database);

  [[nodiscard]] net::Task<> add(KeptToken token);
  [[nodiscard]] net::Task<std::optional<KeptToken>> find(std::string id);
  [[nodiscard]] net::Task<> remove(std::string id);

 private:
  Database& database_;
  std::shared_ptr<void> maintenance_;
};

}  // namespace guildhall::database
