#pragma once

#include "sim/rest/api_route.hpp"

/// Members of a guild, and who is banned from it.
namespace guildhall::sim {

/// By rising id, from `after` on.
[[nodiscard]] net::Response list_members(const ApiCall& call);
/// Those whose username or nickname begins with `query`.
[[nodiscard]] net::Response search_members(const ApiCall& call);
[[nodiscard]] net::Response get_member(const ApiCall& call);
/// Adds a user who has granted guilds.join.
[[nodiscard]] net::Response add_member(const ApiCall& call);
[[nodiscard]] net::Response change_member(const ApiCall& call);
[[nodiscard]] net::Response change_own_member(const ApiCall& call);
[[nodiscard]] net::Response remove_member(const ApiCall& call);
[[nodiscard]] net::Response add_member_role(const ApiCall& call);
[[nodiscard]] net::Response remove_member_role(const ApiCall& call);

[[nodiscard]] net::Response list_bans(const ApiCall& call);
[[nodiscard]] net::Response get_ban(const ApiCall& call);
[[nodiscard]] net::Response add_ban(const ApiCall& call);
[[nodiscard]] net::Response add_bans(const ApiCall& call);
[[nodiscard]] net::Response remove_ban(const ApiCall& call);

}  // namespace guildhall::sim
