#pragma once

#include "sim/control/control_route.hpp"

/// The control routes of the gateway.
namespace guildhall::sim {

[[nodiscard]] net::Response show_gateway(const ControlCall& call);
[[nodiscard]] net::Response change_gateway(const ControlCall& call);
/// Does harm at once, or puts one in force.
[[nodiscard]] net::Response do_harm(const ControlCall& call);
[[nodiscard]] net::Response clear_harm(const ControlCall& call);
/// Sends one event of any kind.
[[nodiscard]] net::Response send_event(const ControlCall& call);
[[nodiscard]] net::Response add_flood(const ControlCall& call);
[[nodiscard]] net::Response list_floods(const ControlCall& call);
[[nodiscard]] net::Response clear_floods(const ControlCall& call);

}  // namespace guildhall::sim
