#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "database/change_feed.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

enum class Spent : std::uint8_t { no, yes };

/// Table `spent_tokens`: ids that must not be accepted again, such as sessions that were ended and login states that
/// were used. All processes that share the database agree: when `ChangeFeed::settle_time` has passed after `spend`,
/// none of them takes the id for unspent. All members throw Unavailable and may be awaited on any event loop.
class TokenDenylist {
 public:
  /// `most_remembered`: ids held in memory at most, about 100 bytes each. With more unexpired ones the database is
  /// asked.
  explicit TokenDenylist(Database& database, std::size_t most_remembered = 100'000);
  ~TokenDenylist();
  TokenDenylist(const TokenDenylist&) = delete;
  TokenDenylist& operator=(const TokenDenylist&) = delete;

  /// What memory has of it; nothing where the database must be asked. Does not throw.
  [[nodiscard]] std::optional<Spent> known(const std::string& id);
  /// Usually from memory.
  [[nodiscard]] net::Task<Spent> check(std::string id);

  /// Ends the id until `expires_at`, after which whoever checks it must refuse it for its age. True the first time,
  /// false where it was spent already, by any process.
  [[nodiscard]] net::Task<bool> spend(std::string id, base::Timestamp expires_at);

  /// Starts what is due each minute: expired ids leave the table, in small steps, and the memory. The database sees to
  /// it.
  void do_upkeep();

 private:
  struct State;

  Database& database_;
  std::shared_ptr<State> state_;
  std::shared_ptr<void> upkeep_;  // ends before the rest goes, as does what follows
  ChangeFeed::Subscription subscription_;
};

}  // namespace guildhall::database
