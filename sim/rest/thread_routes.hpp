#pragma once

#include "sim/rest/api_route.hpp"

/// Threads (Discord: Threads): creating them, their members, and the archived ones of a channel.
namespace guildhall::sim {

[[nodiscard]] net::Response create_thread_from_message(const ApiCall& call);
/// Without a message; a post in a forum.
[[nodiscard]] net::Response create_thread(const ApiCall& call);

[[nodiscard]] net::Response join_thread(const ApiCall& call);
[[nodiscard]] net::Response leave_thread(const ApiCall& call);
[[nodiscard]] net::Response add_thread_member(const ApiCall& call);
[[nodiscard]] net::Response remove_thread_member(const ApiCall& call);
[[nodiscard]] net::Response get_thread_member(const ApiCall& call);
[[nodiscard]] net::Response list_thread_members(const ApiCall& call);

[[nodiscard]] net::Response list_public_archived_threads(const ApiCall& call);
[[nodiscard]] net::Response list_private_archived_threads(const ApiCall& call);
[[nodiscard]] net::Response list_joined_archived_threads(const ApiCall& call);

/// A post of a forum that begins with `message`, which is not posted yet. Returns the posted message, whose id is the
/// thread's.
const Message& create_post(Simulation& sim, const Channel& forum, Channel&& thread, Message&& message);

}  // namespace guildhall::sim
