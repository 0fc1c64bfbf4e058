#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// Discord's message types, of which the simulator makes these.
enum class MessageType : std::uint8_t { standard = 0, reply = 19, chat_input_command = 20 };

/// The message that a reply refers to (Discord: Message Reference).
struct MessageReference {
  MessageId message;
  ChannelId channel;
  std::optional<GuildId> guild;
};

/// The author of a webhook message.
struct WebhookAuthor {
  WebhookId id;
  std::string name;
};

/// Bits of Message::flags.
inline constexpr std::uint64_t suppress_embeds_flag = 1ULL << 2;
inline constexpr std::uint64_t ephemeral_flag = 1ULL << 6;
inline constexpr std::uint64_t loading_flag = 1ULL << 7;

struct Message {
  MessageId id;
  ChannelId channel;
  std::optional<GuildId> guild;
  UserId author;                         ///< A user or the bot.
  std::optional<WebhookAuthor> webhook;  ///< In the place of `author`.
  MessageType type = MessageType::standard;
  std::string content;
  boost::json::array embeds;  ///< As Discord shows them.
  boost::json::array components;
  std::optional<MessageReference> reference;
  std::uint64_t flags = 0;
  boost::json::value nonce;  ///< A string or a number; null if there is none.
  bool tts = false;
  /// Users it pings: those named in its content that `allowed_mentions` permits.
  std::vector<UserId> mentions;
  std::vector<RoleId> mention_roles;
  bool mention_everyone = false;
  std::optional<ApplicationId> application;  ///< Of a response to an interaction.
  boost::json::value interaction_metadata;   ///< Of a response to an interaction; else null.
  std::optional<std::string> command;        ///< Name of the command whose first response it is.
  base::Timestamp created{};
  std::optional<base::Timestamp> edited;

  [[nodiscard]] bool ephemeral() const { return (flags & ephemeral_flag) != 0; }
};

}  // namespace guildhall::sim
