#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "sim/gateway/event.hpp"
#include "sim/gateway/payload.hpp"

namespace guildhall::sim {

/// What the gateway keeps of a bot's session, connected or not (Discord: Gateway, "Resuming").
class GatewaySession {
 public:
  GatewaySession(std::string id, Shard shard, Intents intents) : id_(std::move(id)), shard_(shard), intents_(intents) {}

  boost::json::value presence;         ///< As the bot set it last; null where it did not.
  std::deque<GuildId> guilds_to_come;  ///< Whose GUILD_CREATE after READY is still to be sent.
  base::Timestamp identified_at{};
  base::Timestamp disconnected_at{};  ///< Where it has no connection.
  unsigned resumed = 0;               ///< How often.
  bool resumable = true;              ///< Else it ends with its connection.

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Shard shard() const { return shard_; }
  [[nodiscard]] Intents intents() const { return intents_; }
  /// Of the last event.
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }

  /// Whether an event is for it.
  [[nodiscard]] bool hears(const Event& event) const;

  /// Gives an event the next sequence number, and keeps it: at most `limit` of them, and 64 MB. Returns the payload.
  std::string take(std::shared_ptr<const Event> event, std::size_t limit);

  /// The payloads after that sequence number, oldest first; nothing where some of them are no longer kept.
  [[nodiscard]] std::optional<std::vector<std::string>> replay(std::uint64_t after) const;

  /// Whether a sequence number is one of those that were given out, or 0.
  [[nodiscard]] bool knows(std::uint64_t sequence) const { return sequence <= sequence_; }

 private:
  [[nodiscard]] std::string_view data_of(const Event& event) const;
  [[nodiscard]] std::string payload_of(const Event& event, std::uint64_t sequence) const;

  static constexpr std::size_t max_bytes = 64 * 1024 * 1024;

  std::string id_;
  Shard shard_;
  Intents intents_;
  std::uint64_t sequence_ = 0;
  std::deque<std::shared_ptr<const Event>> kept_;  ///< The last of them has the number `sequence_`.
  std::size_t kept_bytes_ = 0;
};

}  // namespace guildhall::sim
