#pragma once

#include "sim/control/control_route.hpp"

/// Control routes for faults, the request journal and authorization.
namespace guildhall::sim {

[[nodiscard]] net::Response list_faults(const ControlCall& call);
[[nodiscard]] net::Response add_fault(const ControlCall& call);
[[nodiscard]] net::Response clear_faults(const ControlCall& call);

/// The journal, oldest first; `?route=` and `?method=` select.
[[nodiscard]] net::Response list_requests(const ControlCall& call);
[[nodiscard]] net::Response clear_requests(const ControlCall& call);

/// Approves an authorization for a user, without the page.
[[nodiscard]] net::Response authorize(const ControlCall& call);
/// Sets the lengths of tokens to come.
[[nodiscard]] net::Response change_oauth(const ControlCall& call);

}  // namespace guildhall::sim
