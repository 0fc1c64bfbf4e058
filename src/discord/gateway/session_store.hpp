#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"

namespace guildhall::discord {

/// What it takes to resume a gateway session (Discord: Gateway, Preparing to Resume).
struct ResumePoint {
  std::string session_id{};
  std::string url{};  ///< `resume_gateway_url`
  std::uint64_t sequence = 0;

  friend bool operator==(const ResumePoint&, const ResumePoint&) = default;
};

/// The resume points of all shards, by shard; nothing for a shard without a session.
using ResumePoints = std::vector<std::optional<ResumePoint>>;

/// A session in the store.
struct SavedSession {
  unsigned shard = 0;
  unsigned shards = 1;
  std::uint32_t intents = 0;
  ResumePoint point{};
  base::Timestamp saved_at{};

  friend bool operator==(const SavedSession&, const SavedSession&) = default;
};

/// Persists sessions and the times of session starts. Tasks may be awaited on any event loop and throw if the store is
/// not available. `bot` is a `bot_fingerprint`.
class GatewaySessionStore {
 public:
  virtual ~GatewaySessionStore() = default;

  [[nodiscard]] virtual net::Task<std::vector<SavedSession>> load(std::string bot) = 0;
  /// Replaces all sessions of the bot.
  [[nodiscard]] virtual net::Task<> save(std::string bot, std::vector<SavedSession> sessions) = 0;

  /// The times of session starts after `since`, oldest first.
  [[nodiscard]] virtual net::Task<std::vector<base::Timestamp>> identifies(std::string bot, base::Timestamp since) = 0;
  /// Records a session start and deletes those before `keep_since`.
  [[nodiscard]] virtual net::Task<> add_identify(std::string bot, base::Timestamp at, base::Timestamp keep_since) = 0;
};

/// Identifies the bot of a token without revealing the token: 32 hex digits.
[[nodiscard]] std::string bot_fingerprint(const base::Secret& token);

}  // namespace guildhall::discord
