#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "discord/gateway/dispatch.hpp"

namespace guildhall::bot {

/// The event's data, for small or rare events; nullopt if it is not a JSON object.
[[nodiscard]] std::optional<boost::json::object> parse_event(const discord::Dispatch& dispatch);

}  // namespace guildhall::bot
