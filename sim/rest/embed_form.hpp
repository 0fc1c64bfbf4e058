#pragma once

#include <boost/json/array.hpp>

#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

/// Reads `embeds` (Discord: Message, "Embed Limits") into what Discord shows of them; those in which there is nothing
/// to see are left out. Nothing where the field is absent or null.
[[nodiscard]] std::optional<boost::json::array> read_embeds(FormReader& form);

}  // namespace guildhall::sim
