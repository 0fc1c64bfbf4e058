#pragma once

#include <string>
#include <vector>

#include "discord/gateway/session_store.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

/// Tables `gateway_sessions` and `gateway_identifies`. Any thread may call; tasks throw Unavailable.
class GatewaySessionRepository final : public discord::GatewaySessionStore {
 public:
  explicit GatewaySessionRepository(Database& database) : database_(database) {}

  [[nodiscard]] net::Task<std::vector<discord::SavedSession>> load(std::string bot) override;
  [[nodiscard]] net::Task<> save(std::string bot, std::vector<discord::SavedSession> sessions) override;
  [[nodiscard]] net::Task<std::vector<base::Timestamp>> identifies(std::string bot, base::Timestamp since) override;
  [[nodiscard]] net::Task<> add_identify(std::string bot, base::Timestamp at, base::Timestamp keep_since) override;

 private:
  Database& database_;
};

}  // namespace guildhall::database
