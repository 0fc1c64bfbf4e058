#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

/// 200 with the message.
[[nodiscard]] net::Response message_answer(const ApiCall& call, const Message& message);

[[nodiscard]] net::Response list_messages(const ApiCall& call);
[[nodiscard]] net::Response create_message(const ApiCall& call);
[[nodiscard]] net::Response get_message(const ApiCall& call);
[[nodiscard]] net::Response change_message(const ApiCall& call);
/// Several at once, none of them older than two weeks.
[[nodiscard]] net::Response delete_messages(const ApiCall& call);
[[nodiscard]] net::Response delete_message(const ApiCall& call);

}  // namespace guildhall::sim
