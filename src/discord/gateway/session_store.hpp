#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "net/task.hpp"

namespace guildhall::discord {

/// What it takes to go on with a session of the gateway (Discord: Gateway, Preparing to Resume).
struct ResumePoint {
  std::string session_id{};
  std::string url{};  ///< `resume_gateway_url`
  std::uint64_t sequence = 0;

  friend bool operator==(const ResumePoint&, const ResumePoint&) = default;
};

/// A session as it is kept beyond the end of the program.
struct SavedSession {
  unsigned shard = 0;
  unsigned shards = 1;
  std::uint32_t intents = 0;
  ResumePoint point{};
  base::Timestamp saved_at{};

  friend bool operator==(const SavedSession&, const SavedSession&) = default;
};

/// Keeps sessions, and when sessions were started, where a crash does not reach. Tasks may be awaited on any event loop
/// and throw where the store is away. `bot` names whose they are; it is no secret.
class GatewaySessionStore {
 public:
  virtual ~GatewaySessionStore() = default;

  [[nodiscard]] virtual net::Task<std::vector<SavedSession>> load(std::string bot) = 0;
  /// Replaces all sessions of the bot.
  [[nodiscard]] virtual net::Task<> save(std::string bot, std::vector<SavedSession> sessions) = 0;

  /// When sessions were started after `since`, oldest first.
  [[nodiscard]] virtual net::Task<std::vector<base::Timestamp>> identifies(std::string bot, base::Timestamp since) = 0;
  /// A session is about to be started. Forgets starts before `keep_since`.
  [[nodiscard]] virtual net::Task<> add_identify(std::string bot, base::Timestamp at, base::Timestamp keep_since) = 0;
};

}  // namespace guildhall::discord
