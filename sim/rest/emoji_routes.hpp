#pragma once

#include "sim/rest/api_route.hpp"

/// Custom emojis of a guild.
namespace guildhall::sim {

[[nodiscard]] net::Response list_emojis(const ApiCall& call);
[[nodiscard]] net::Response get_emoji(const ApiCall& call);
[[nodiscard]] net::Response create_emoji(const ApiCall& call);
[[nodiscard]] net::Response change_emoji(const ApiCall& call);
[[nodiscard]] net::Response delete_emoji(const ApiCall& call);

}  // namespace guildhall::sim
