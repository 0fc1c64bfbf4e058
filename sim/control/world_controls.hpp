#pragma once

#include "sim/control/control_route.hpp"

/// Control routes that change the world.
namespace guildhall::sim {

[[nodiscard]] net::Response show_world(const ControlCall& call);
[[nodiscard]] net::Response reset(const ControlCall& call);

[[nodiscard]] net::Response add_user(const ControlCall& call);
[[nodiscard]] net::Response change_user(const ControlCall& call);
/// Also revokes their authorizations.
[[nodiscard]] net::Response remove_user(const ControlCall& call);

[[nodiscard]] net::Response add_guild(const ControlCall& call);
/// Many guilds at once, spread evenly over all shards.
[[nodiscard]] net::Response add_guilds(const ControlCall& call);
[[nodiscard]] net::Response change_guild(const ControlCall& call);
[[nodiscard]] net::Response remove_guild(const ControlCall& call);
[[nodiscard]] net::Response put_member(const ControlCall& call);
[[nodiscard]] net::Response remove_member(const ControlCall& call);
[[nodiscard]] net::Response add_role(const ControlCall& call);
[[nodiscard]] net::Response change_role(const ControlCall& call);
[[nodiscard]] net::Response remove_role(const ControlCall& call);
[[nodiscard]] net::Response add_channel(const ControlCall& call);
[[nodiscard]] net::Response change_channel(const ControlCall& call);
[[nodiscard]] net::Response remove_channel(const ControlCall& call);

}  // namespace guildhall::sim
