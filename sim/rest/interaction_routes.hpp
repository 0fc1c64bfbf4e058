#pragma once

#include "sim/rest/api_route.hpp"

/// How the bot answers interactions (Discord: Receiving and Responding).
namespace guildhall::sim {

[[nodiscard]] net::Response respond_to_interaction(const ApiCall& call);

[[nodiscard]] net::Response create_follow_up(const ApiCall& call);
/// These take `@original` for the first answer, or the id of a follow-up.
[[nodiscard]] net::Response get_interaction_message(const ApiCall& call);
[[nodiscard]] net::Response edit_interaction_message(const ApiCall& call);
[[nodiscard]] net::Response delete_interaction_message(const ApiCall& call);

}  // namespace guildhall::sim
