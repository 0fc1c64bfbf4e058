#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "discord/cache/guild_cache.hpp"

namespace guildhall::bot {

/// What any message takes in a channel or a thread.
[[nodiscard]] discord::Permissions needed_for_text(bool thread);

/// The names of the permissions in `needed` that `held` lacks, as Discord's settings show them.
[[nodiscard]] std::vector<std::string> missing_names(discord::Permissions needed, discord::Permissions held);

[[nodiscard]] bool has_embeds(const boost::json::object& message);

/// Whether Discord shows the names of custom emojis in place of these: `shown` is its answer to the message `sent`.
[[nodiscard]] bool lost_emojis(const boost::json::object& sent, const boost::json::object& shown);

/// The message with the texts and addresses of its embeds in its content, cut to Discord's length. Nullopt if nothing
/// is left to see.
[[nodiscard]] std::optional<boost::json::object> with_embeds_as_text(boost::json::object message);

}  // namespace guildhall::bot
