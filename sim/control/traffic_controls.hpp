#pragma once

#include "sim/control/control_route.hpp"

/// The control routes about what passes between the API and its clients.
namespace guildhall::sim {

[[nodiscard]] net::Response list_faults(const ControlCall& call);
[[nodiscard]] net::Response add_fault(const ControlCall& call);
[[nodiscard]] net::Response clear_faults(const ControlCall& call);

/// The journal, oldest first; `?route=` and `?method=` select.
[[nodiscard]] net::Response list_requests(const ControlCall& call);
[[nodiscard]] net::Response clear_requests(const ControlCall& call);

/// Approves in a person's name, without the page.
[[nodiscard]] net::Response authorize(const ControlCall& call);

}  // namespace guildhall::sim
