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

/// Keeps table `guilds` up to date from Discord's REST API, at the start and while the gateway is not ready, so that
/// the dashboard works from the first moment, and without a gateway.
class GuildReconciliation {
 public:
  static constexpr std::chrono::minutes interval{5};

  struct Parts {
    discord::RestClient& rest;
    database::GuildRepository& guilds;
    base::Log log;
    std::function<bool()> gateway_is_ready;  ///< Its events then keep the table up to date.
  };

  /// The references outlive this.
  explicit GuildReconciliation(Parts parts) : parts_(std::move(parts)) {}

  /// Runs until it is cancelled or Discord refuses the token.
  [[nodiscard]] net::Task<> run();

 private:
  [[nodiscard]] net::Task<base::Result<void>> reconcile();

  const Parts parts_;
};

}  // namespace guildhall::bot
