#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response get_current_user(const ApiCall& call);
/// Of the bot.
[[nodiscard]] net::Response change_current_user(const ApiCall& call);
[[nodiscard]] net::Response get_current_user_member(const ApiCall& call);
[[nodiscard]] net::Response get_user(const ApiCall& call);
[[nodiscard]] net::Response list_current_user_guilds(const ApiCall& call);

}  // namespace guildhall::sim
