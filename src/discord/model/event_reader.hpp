#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/id.hpp"
#include "discord/model/guild.hpp"
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

/// Reads the events that come in great numbers or are large, where they are and only as far as somebody needs them.
/// `data` is the event's JSON, followed by at least 64 readable bytes, as Dispatch has it. What is no such event gives
/// nothing. For one thread at a time.
class EventReader {
 public:
  EventReader();
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// MESSAGE_CREATE. The content stays valid until the next call of any member.
  [[nodiscard]] std::optional<IncomingMessage> message(std::string_view data);

  /// GUILD_CREATE or GUILD_UPDATE.
  [[nodiscard]] std::optional<Guild> guild(std::string_view data);

  /// The id at the top of the event that is called `name`: `guild_id`, `id`.
  [[nodiscard]] std::optional<base::GuildId> guild_id(std::string_view data, std::string_view name);

 private:
  struct Parsers;
  std::unique_ptr<Parsers> parsers_;
};

}  // namespace guildhall::discord
