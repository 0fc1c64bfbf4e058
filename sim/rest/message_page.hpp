#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "net/form.hpp"
#include "sim/rest/discord_error.hpp"
#include "sim/world/message.hpp"

namespace guildhall::sim {

/// The requested part of a channel's messages.
struct MessagePage {
  enum class Anchor { newest, before, after, around };
  Anchor anchor = Anchor::newest;
  MessageId id;            ///< The anchor's message, unless it is `newest`.
  std::size_t limit = 50;  ///< 1 to 100.
};

/// Of several anchors, `around` wins over `before` and that over `after`, as at Discord. Throws DiscordError.
[[nodiscard]] MessagePage parse_message_page(const net::FormFields& query);

/// The messages of the page without ephemeral ones, newest first. `messages` must be by rising id.
[[nodiscard]] std::vector<const Message*> select(const std::deque<Message>& messages, const MessagePage& page);

}  // namespace guildhall::sim
