#pragma once

#include "sim/rest/api_route.hpp"

/// Pinned messages of a channel.
namespace guildhall::sim {

/// In pages, newest pin first.
[[nodiscard]] net::Response list_pins(const ApiCall& call);
/// The older route: the 50 newest, without the time.
[[nodiscard]] net::Response list_pinned_messages(const ApiCall& call);
[[nodiscard]] net::Response pin_message(const ApiCall& call);
[[nodiscard]] net::Response unpin_message(const ApiCall& call);

}  // namespace guildhall::sim
