#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "discord/model/guild.hpp"
#include "discord/model/ids.hpp"
#include "discord/model/user.hpp"

namespace guildhall::discord {

/// The fields of MESSAGE_CREATE and MESSAGE_UPDATE that guildhall needs (Discord: resources/message, Message
/// Structure).
struct IncomingMessage {
  MessageId id;
  ChannelId channel;
  std::optional<base::GuildId> guild{};  ///< Nothing in a direct message.
  base::UserId author;                   ///< For a webhook's message: the webhook.
  bool automated = false;                ///< By a bot, ours included, or a webhook.
  std::int64_t type = 0;                 ///< Message Types.
  std::string_view content{};            ///< Empty without Intents::message_content.
  std::string_view data{};               ///< The event, for EventReader::author.

  /// Whether a person wrote it, as an ordinary message or a reply; other types are system messages.
  [[nodiscard]] bool by_person() const { return !automated && (type == 0 || type == 19); }
};

/// Parses frequent or large events in place and only as far as needed. `data` is the event's JSON, followed by at least
/// 64 readable bytes, as in Dispatch. The result is empty for a malformed event. Not thread-safe.
class EventReader {
 public:
  EventReader();
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// MESSAGE_CREATE, and MESSAGE_UPDATE if it has an author. The content is valid until the next call of any member.
  [[nodiscard]] std::optional<IncomingMessage> message(std::string_view data);

  /// How the author of a MESSAGE_CREATE or MESSAGE_UPDATE appears; of a malformed event nobody.
  [[nodiscard]] UserFace author(std::string_view data);

  /// When somebody edited the message of a MESSAGE_UPDATE; nothing if nobody did.
  [[nodiscard]] std::optional<base::Timestamp> edited_at(std::string_view data);

  /// GUILD_CREATE or GUILD_UPDATE. Of the members without roles, only `bot` is among the guild's.
  [[nodiscard]] std::optional<Guild> guild(std::string_view data, base::UserId bot = {});

  /// The event's top-level id called `name`, as `guild_id` or `id`.
  [[nodiscard]] std::optional<base::GuildId> guild_id(std::string_view data, std::string_view name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::discord
