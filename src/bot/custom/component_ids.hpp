#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace guildhall::bot {

/// What a component is called towards Discord: its command's id, a colon, and the `custom_id` that the command's author
/// chose. So whoever is told that it was used finds the command, also after a restart, and what two commands call alike
/// stays apart. At most 100 bytes: a longer custom_id stands for itself as a `#` and a hash.
[[nodiscard]] std::string component_id(base::CommandId command, std::string_view custom_id);

/// Gives these names to all components of `rows`, as swagger::command_response_schema leaves them.
void name_components(boost::json::array& rows, base::CommandId command);

}  // namespace guildhall::bot
