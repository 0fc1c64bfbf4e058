#pragma once

#include <optional>
#include <string>

#include "sim/gateway/intents.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// Something that happened, as the gateway tells it: made once, whoever hears of it.
struct Event {
  std::string name;                ///< `MESSAGE_CREATE`.
  Intents intents{};               ///< Of which a session needs one; empty where none is needed.
  std::optional<GuildId> guild{};  ///< Decides the shard; events about no guild go to shard 0.
  std::string data{};              ///< `d`, as JSON.
  /// The same for sessions without the intent MESSAGE_CONTENT; empty where that makes no difference.
  std::string data_without_content{};
};

/// Who passes events on to sessions.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void publish(Event event) = 0;
  /// False while nobody would hear of an event: then it need not be made.
  [[nodiscard]] virtual bool has_listeners() const = 0;
};

}  // namespace guildhall::sim
