#pragma once

#include "sim/control/control_route.hpp"

/// Control routes for the gateway.
namespace guildhall::sim {

[[nodiscard]] net::Response show_gateway(const ControlCall& call);
[[nodiscard]] net::Response change_gateway(const ControlCall& call);
/// Performs an action once, or activates a gateway fault.
[[nodiscard]] net::Response add_gateway_fault(const ControlCall& call);
[[nodiscard]] net::Response clear_gateway_faults(const ControlCall& call);
/// Sends one event.
[[nodiscard]] net::Response send_event(const ControlCall& call);
[[nodiscard]] net::Response add_flood(const ControlCall& call);
[[nodiscard]] net::Response list_floods(const ControlCall& call);
[[nodiscard]] net::Response clear_floods(const ControlCall& call);

}  // namespace guildhall::sim
