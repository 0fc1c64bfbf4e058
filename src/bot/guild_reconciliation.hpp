#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/rest/client.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class GuildRepository;
}

namespace guildhall::bot {

/// Makes table `guilds` follow the list of guilds that Discord says the bot is in: at the start, and again every few
/// minutes, for what was missed.
class GuildReconciliation {
 public:
  static constexpr std::chrono::minutes interval{5};

  /// `rest` and `guilds` outlive this.
  GuildReconciliation(discord::RestClient& rest, database::GuildRepository& guilds, base::Secret bot_token,
                      base::Log log);

  /// Runs until it is cancelled, or Discord refuses the token, which is then not used again.
  [[nodiscard]] net::Task<> run();

  struct Health {
    bool up = false;
    std::string reason;  ///< A sentence why it is not.
  };
  /// How the last attempt went. Any thread may ask.
  [[nodiscard]] Health health() const;

 private:
  [[nodiscard]] net::Task<base::Result<void>> reconcile();
  void set_health(Health health);

  discord::RestClient& rest_;
  database::GuildRepository& guilds_;
  const base::Secret bot_token_;
  const base::Log log_;
  mutable std::mutex mutex_;
  Health health_{false, "The list of guilds has not been read yet."};
};

}  // namespace guildhall::bot
