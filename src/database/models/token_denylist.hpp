#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "database/database.hpp"

namespace guildhall::database {

enum class TokenState : std::uint8_t { accepted, denied };

/// Table `spent_tokens`: ids that must not be accepted again, such as sessions that were ended and login states that
/// were used. All processes that share the database agree: `ChangeFeed::settle_time` after `deny`, none of them accepts
/// the id. All members throw Unavailable, unless they say otherwise, and may be awaited on any event loop.
class TokenDenylist {
 public:
  /// `max_in_memory`: ids held in memory, about 100 bytes each. If there are more unexpired ones, the database is
  /// asked.
  explicit TokenDenylist(Database& database, std::size_t max_in_memory = 100'000);
  ~TokenDenylist();
  TokenDenylist(const TokenDenylist&) = delete;
  TokenDenylist& operator=(const TokenDenylist&) = delete;

  /// The state of the id according to memory; nothing if the database must be asked. Does not throw.
  [[nodiscard]] std::optional<TokenState> known(const std::string& id);
  /// Usually from memory.
  [[nodiscard]] net::Task<TokenState> check(std::string id);

  /// Denies the id until `expires_at`, after which it must be refused for its age. True the first time, false if any
  /// process has denied it before. The table keeps it for `margin` longer, in case that the clock is wrong when it is
  /// purged.
  [[nodiscard]] net::Task<bool> deny(std::string id, base::Timestamp expires_at);

  static constexpr std::chrono::days margin{30};  ///< As long as the longest session.

  /// Starts to remove expired ids from the table, in small steps, and from memory. Called every minute.
  void purge_expired();

 private:
  struct State;

  Database& database_;
  std::shared_ptr<State> state_;
  std::shared_ptr<void> maintenance_;  // ends before the members above, as does the subscription
  ChangeFeed::Subscription subscription_;
};

}  // namespace guildhall::database
