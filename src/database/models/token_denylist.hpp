#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "database/database.hpp"
#include "database/models/session_stores.hpp"

namespace guildhall::database {

/// Table `spent_tokens`. All members throw Unavailable, unless they say otherwise, and may be awaited on any event
/// loop.
class TokenDenylist final : public Denylist {
 public:
  /// `max_in_memory`: ids held in memory, about 100 bytes each. If there are more unexpired ones, the database is
  /// asked.
  explicit TokenDenylist(Database& database, std::size_t max_in_memory = 100'000);
  ~TokenDenylist() override;
  TokenDenylist(const TokenDenylist&) = delete;
  TokenDenylist& operator=(const TokenDenylist&) = delete;

  [[nodiscard]] std::optional<TokenState> known(const std::string& id) override;
  [[nodiscard]] net::Task<TokenState> check(std::string id) override;
  [[nodiscard]] net::Task<bool> deny(std::string id, base::Timestamp expires_at) override;

  /// The table keeps an id for that long after it has expired, in case that the clock is wrong when it is purged: as
  /// long as the longest session.
  static constexpr std::chrono::days margin{30};

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
