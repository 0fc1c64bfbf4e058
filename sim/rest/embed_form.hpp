#pragma once

#include <boost/json/array.hpp>

#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

/// Reads `embeds` (Discord: Message, "Embed Limits") into the form in which Discord returns them; empty ones
/// are left out. Nothing if the field is absent or null.
[[nodiscard]] std::optional<boost::json::array> read_embeds(FormReader& form);

}  // namespace guildhall::sim
