#pragma once

#include <boost/json/array.hpp>
#include <span>
#include <string_view>

namespace guildhall::bot {

/// The embeds of a message, made of `embeds` as api::embed_schema leaves them, with `arguments` in their texts.
/// Each text is cut at its limit, and all of them at what Discord allows for a message in all, the last ones first.
/// Embeds and fields in which nothing is left to see are left out.
[[nodiscard]] boost::json::array render_embeds(const boost::json::array& embeds,
                                               std::span<const std::string_view> arguments);

}  // namespace guildhall::bot
