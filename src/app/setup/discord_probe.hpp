#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "app/setup/finding.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "config/config.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"

namespace guildhall::app {

/// Asks Discord without waiting for rate limits and without repeating, and returns its answers as they are.
class DiscordProbe {
 public:
  struct Answer {
    unsigned status = 0;
    boost::json::value body;  ///< Null if it is not JSON.
    std::string date;         ///< The field Date; empty for none.
    base::Timestamp at;       ///< When it came.
  };

  DiscordProbe(net::Executor executor, config::Discord config);

  /// A token for the application itself (Discord: topics/oauth2, Client Credentials Grant), which is revoked at once.
  /// As for `get`.
  [[nodiscard]] net::Task<base::Result<Answer>> client_credentials();

  /// `GET path` as the bot. An error says why there is no answer, and names the host.
  [[nodiscard]] net::Task<base::Result<Answer>> get(std::string path);

 private:
  [[nodiscard]] net::Task<base::Result<Answer>> send(net::ClientRequest request);
  [[nodiscard]] net::ClientRequest form_request(std::string path, std::string form) const;

  const config::Discord config_;
  net::HttpClient http_;
};

/// Discord cannot be reached.
[[nodiscard]] Finding discord_unreachable(const base::Error& error, const config::Discord& config);

/// Shorter timeouts than the server's, because somebody waits.
[[nodiscard]] net::HttpClientOptions probe_options();

}  // namespace guildhall::app
