#include "sim/gateway/hub.hpp"

namespace guildhall::sim {

void GatewayHub::publish(Event) {}
bool GatewayHub::has_listeners() const { return false; }

}  // namespace guildhall::sim
