#pragma once

#include <boost/json/array.hpp>
#include <span>
#include <string_view>

namespace guildhall::bot {

/// Renders validated embeds (api::embed_schema) with `arguments` in their texts. Each text is cut at its limit, and
/// the last ones where all together exceed Discord's limit for a message. Embeds and fields without visible content are
/// left out.
[[nodiscard]] boost::json::array render_embeds(const boost::json::array& embeds,
                                               std::span<const std::string_view> arguments);

}  // namespace guildhall::bot
