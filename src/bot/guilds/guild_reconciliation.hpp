#pragma once

#include <functional>

#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/rest/client.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class GuildRepository;
}

namespace guildhall::bot {

/// Makes table `guilds` follow the list of guilds that Discord's REST API says the bot is in, at the start and while
/// the gateway does not tell: so the API works from the first moment, and also where the gateway cannot be reached.
class GuildReconciliation {
 public:
  static constexpr std::chrono::minutes interval{5};

  struct Parts {
    discord::RestClient& rest;
    database::GuildRepository& guilds;
    base::Log log;
    std::function<bool()> gateway_tells;  ///< Whether events say at this moment what there is to know.
  };

  /// What is given by reference outlives this.
  explicit GuildReconciliation(Parts parts) : parts_(std::move(parts)) {}

  /// Runs until it is cancelled, or Discord refuses the token, which is then not used again.
  [[nodiscard]] net::Task<> run();

 private:
  [[nodiscard]] net::Task<base::Result<void>> reconcile();

  const Parts parts_;
};

}  // namespace guildhall::bot
