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

/// A gateway session, with or without a connection (Discord: Gateway, "Resuming").
class GatewaySession {
 public:
  GatewaySession(std::string id, Shard shard, Intents intents) : id_(std::move(id)), shard_(shard), intents_(intents) {}

  boost::json::value presence;         ///< The last one the bot set, or null.
  std::deque<GuildId> pending_guilds;  ///< Their GUILD_CREATE after READY is still to be sent.
  base::Timestamp identified_at{};
  base::Timestamp disconnected_at{};  ///< Set while it has no connection.
  unsigned resumed = 0;               ///< How often.
  bool resumable = true;              ///< If false, it ends with its connection.

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Shard shard() const { return shard_; }
  [[nodiscard]] Intents intents() const { return intents_; }
  /// Of the last event.
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }

  /// Whether it receives an event.
  [[nodiscard]] bool receives(const Event& event) const;

  /// Gives an event the next sequence number and keeps it for a resume, within `limit` events and 64 MB. Returns the
  /// payload.
  std::string take(std::shared_ptr<const Event> event, std::size_t limit);

  /// The payloads after that sequence number, oldest first; nothing if some of them are no longer kept.
  [[nodiscard]] std::optional<std::vector<std::string>> replay(std::uint64_t after) const;

  /// Whether a sequence number has been used, or is 0.
  [[nodiscard]] bool knows(std::uint64_t sequence) const { return sequence <= sequence_; }

 private:
  [[nodiscard]] std::string_view data_of(const Event& event) const;
  [[nodiscard]] std::string payload_of(const Event& event, std::uint64_t sequence) const;

  static constexpr std::size_t max_bytes = 64 * 1024 * 1024;

  std::string id_;
  Shard shard_;
  Intents intents_;
  std::uint64_t sequence_ = 0;
  std::deque<std::shared_ptr<const Event>> kept_;  ///< The last one has the number `sequence_`.
  std::size_t kept_bytes_ = 0;
};

}  // namespace guildhall::sim
