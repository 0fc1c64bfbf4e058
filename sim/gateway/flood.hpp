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

/// Many events of one kind, made as sessions can take them. In the data `{n}` stands for the number of the event,
/// counted from 1, and `{id}` for a snowflake of its own.
struct Flood {
  std::uint64_t id = 0;       ///< Given by `Floods`.
  std::vector<Event> models;  ///< Taken in turn, at least one.
  std::uint64_t count = 1;
  double rate = 0;             ///< Events a second; 0 is as fast as they are read.
  std::uint64_t first_id = 0;  ///< The first snowflake; those after it are counted up.
  std::uint64_t sent = 0;
  base::Timestamp began{};
  base::Timestamp ended{};  ///< When the last one was sent.
  AnswerTimes answers{};    ///< To the events, where these are messages.
};

/// The floods under way, and the last ones that ended. Used by one thread at a time.
class Floods {
 public:
  /// Errc::too_large where 16 are under way.
  [[nodiscard]] base::Result<Flood> add(Flood flood, base::Timestamp now);
  /// Sends what is due.
  void tick(GatewayHub& hub);
  [[nodiscard]] bool under_way() const;
  /// Whether one of the messages was sent with that id.
  [[nodiscard]] bool has_sent(MessageId message) const;
  /// The bot answers a message, which may be one of these.
  void answered(MessageId message, AnswerTimes::Time now);
  [[nodiscard]] const std::vector<Flood>& all() const { return floods_; }
  void clear() { floods_.clear(); }

 private:
  std::vector<Flood> floods_;
  std::uint64_t last_id_ = 0;
};

}  // namespace guildhall::sim
