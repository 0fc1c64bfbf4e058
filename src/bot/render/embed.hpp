#pragma once

#include <boost/json/array.hpp>

#include "bot/render/placeholders.hpp"

namespace guildhall::bot {

/// Renders validated embeds (api::embed_schema) with `values` in their texts and addresses. An address that is none
/// then is left out. Each text is cut at its limit, and the last ones where all together exceed Discord's limit for a
/// message. Embeds and fields without visible content are left out.
[[nodiscard]] boost::json::array render_embeds(const boost::json::array& embeds, const PlaceholderValues& values);

}  // namespace guildhall::bot
