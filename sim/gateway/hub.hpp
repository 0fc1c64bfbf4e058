#pragma once

#include "sim/gateway/event.hpp"

namespace guildhall::sim {

/// The gateway's books: who is connected, and what they hear.
class GatewayHub final : public EventSink {
 public:
  void publish(Event event) override;
  [[nodiscard]] bool has_listeners() const override;
};

}  // namespace guildhall::sim
