#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// A message that was written just now (Discord: resources/message, Message Structure), as far as somebody needs it.
struct IncomingMessage {
  MessageId id;
  ChannelId channel;
  std::optional<base::GuildId> guild{};  ///< Nothing in a direct message.
  base::UserId author;                   ///< Of a webhook's message: the webhook.
  bool automated = false;                ///< By a bot, ours included, or a webhook.
  std::int64_t type = 0;                 ///< Message Types.
  std::string_view content{};            ///< Empty without Intents::message_content.

  /// Whether a person wrote it: a message of its own or a reply, none of Discord's.
  [[nodiscard]] bool by_person() const { return !automated && (type == 0 || type == 19); }
};

}  // namespace guildhall::discord
