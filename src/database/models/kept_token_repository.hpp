#pragma once

#include <memory>
#include <optional>
#include <string>

#include "database/models/session_stores.hpp"

namespace guildhall::database {

class Database;

/// Table `kept_tokens`. All members throw Unavailable and may be awaited on any event loop.
class KeptTokenRepository final : public KeptTokenStore {
 public:
  explicit KeptTokenRepository(Database& database);

  [[nodiscard]] net::Task<> add(KeptToken token) override;
  [[nodiscard]] net::Task<std::optional<KeptToken>> find(std::string id) override;
  [[nodiscard]] net::Task<> remove(std::string id) override;

 private:
  Database& database_;
  std::shared_ptr<void> maintenance_;
};

}  // namespace guildhall::database
