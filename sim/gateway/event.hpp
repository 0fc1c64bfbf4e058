#pragma once

#include <optional>
#include <string>

#include "sim/gateway/intents.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// A dispatch, encoded once for all its receivers.
struct Event {
  std::string name;                ///< `MESSAGE_CREATE`.
  Intents intents{};               ///< A session needs one of these; empty if none is needed.
  std::optional<GuildId> guild{};  ///< Decides the shard; events without a guild go to shard 0.
  std::string data{};              ///< `d`, as JSON.
  /// `d` for sessions without the intent MESSAGE_CONTENT; empty if it is the same.
  std::string data_without_content{};
};

/// Passes events on to sessions.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void publish(Event event) = 0;
  /// False while no session would receive an event, so that it need not be encoded.
  [[nodiscard]] virtual bool has_listeners() const = 0;
};

}  // namespace guildhall::sim
