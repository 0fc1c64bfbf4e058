#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "database/models/session_stores.hpp"

namespace guildhall::database {

class Database;

/// Table `sessions`.
class SessionRepository final : public SessionStore {
 public:
  /// The most that are listed for a person.
  static constexpr std::size_t max_listed = 100;

  explicit SessionRepository(Database& database);

  [[nodiscard]] net::Task<> save(Session session) override;
  [[nodiscard]] net::Task<std::vector<Session>> list(base::UserId user) override;

 private:
  Database& database_;
  std::shared_ptr<void> maintenance_;
};

}  // namespace guildhall::database
