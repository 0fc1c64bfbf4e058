#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "sim/gateway/answer_times.hpp"
#include "sim/gateway/event.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

class GatewayHub;

/// Many events of one kind, sent as fast as sessions read or at a rate. In the data `{n}` stands for the number of the
/// event, counted from 1, and `{id}` for a snowflake of its own.
struct Flood {
  std::uint64_t id = 0;       ///< Set by `Floods`.
  std::vector<Event> models;  ///< Used in turn; at least one.
  std::uint64_t count = 1;
  double rate = 0;             ///< Events per second; 0 is as fast as they are read.
  std::uint64_t first_id = 0;  ///< The first snowflake; the others follow it.
  std::uint64_t sent = 0;
  base::Timestamp began{};
  base::Timestamp ended{};  ///< When the last one was sent.
  AnswerTimes answers{};    ///< Of the bot, if the events are messages.
};

/// The running floods and the last ones that ended. Used by one thread at a time.
class Floods {
 public:
  /// Errc::too_large if 16 are running.
  [[nodiscard]] base::Result<Flood> add(Flood flood, base::Timestamp now);
  /// Sends the events that are due.
  void tick(GatewayHub& hub);
  [[nodiscard]] bool in_flight() const;
  /// Whether one of the messages was sent with that id.
  [[nodiscard]] bool has_sent(MessageId message) const;
  /// Records the bot's answer to a message, if it is one of these.
  void answered(MessageId message, AnswerTimes::Time now);
  [[nodiscard]] const std::vector<Flood>& all() const { return floods_; }
  void clear() { floods_.clear(); }

 private:
  std::vector<Flood> floods_;
  std::uint64_t last_id_ = 0;
};

}  // namespace guildhall::sim
