#pragma once

#include <chrono>
#include <cstddef>

namespace guildhall::discord {

struct RestOptions {
  /// How long a request may wait for rate limits and between its attempts, where the caller does not say otherwise.
  std::chrono::milliseconds patience{std::chrono::minutes(5)};
  /// The same where a person waits for the answer.
  std::chrono::milliseconds person_patience{2000};
  /// The same for the answer to an interaction, which is worth nothing later (Discord:
  /// interactions/receiving-and-responding).
  std::chrono::milliseconds interaction_patience{3000};
  /// Of the bot, Discord's global limit (topics/rate-limits); Discord raises it for large bots.
  std::size_t requests_per_second = 50;
  unsigned attempts = 5;                         ///< Of a request that fails; being told to wait is none.
  std::chrono::milliseconds first_backoff{250};  ///< After the first failure; then twice as long each time.
  std::chrono::milliseconds last_backoff{8000};
  std::size_t queue_limit = 5000;                    ///< Requests that wait; one more is refused.
  std::size_t queue_bytes_limit = 16 * 1024 * 1024;  ///< What the bodies of all requests may take in memory.
};

}  // namespace guildhall::discord
