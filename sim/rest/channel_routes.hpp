#pragma once

#include "sim/rest/api_route.hpp"

/// Channels and their permission overwrites.
namespace guildhall::sim {

[[nodiscard]] net::Response get_channel(const ApiCall& call);
/// Changes a channel of a guild, or a thread.
[[nodiscard]] net::Response change_channel(const ApiCall& call);
[[nodiscard]] net::Response delete_channel(const ApiCall& call);
[[nodiscard]] net::Response trigger_typing(const ApiCall& call);
/// Opens a direct message with a user.
[[nodiscard]] net::Response create_direct_message(const ApiCall& call);

[[nodiscard]] net::Response create_channel(const ApiCall& call);
/// Changes positions and categories.
[[nodiscard]] net::Response move_channels(const ApiCall& call);
[[nodiscard]] net::Response put_overwrite(const ApiCall& call);
[[nodiscard]] net::Response delete_overwrite(const ApiCall& call);

}  // namespace guildhall::sim
