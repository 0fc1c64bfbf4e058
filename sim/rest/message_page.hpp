#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "net/form.hpp"
#include "sim/rest/discord_error.hpp"
#include "sim/world/message.hpp"

namespace guildhall::sim {

/// Which part of a channel's messages is asked for.
struct MessagePage {
  enum class Anchor { newest, before, after, around };
  Anchor anchor = Anchor::newest;
  MessageId id;            ///< What the anchor is about, unless it is the newest.
  std::size_t limit = 50;  ///< 1 to 100.
};

/// Of several anchors, `around` wins over `before` and that over `after`, as with Discord.
[[nodiscard]] DiscordResult<MessagePage> parse_message_page(const net::FormFields& query);

/// Those messages that everybody in the channel may see, newest first. `messages` are by rising id.
[[nodiscard]] std::vector<const Message*> select(const std::deque<Message>& messages, const MessagePage& page);

}  // namespace guildhall::sim
