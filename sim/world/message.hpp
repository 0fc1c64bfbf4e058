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
enum class MessageType : std::uint8_t {
  standard = 0,
  pinned_message = 6,
  thread_created = 18,
  reply = 19,
  chat_input_command = 20,
  thread_starter_message = 21,
  context_menu_command = 23,
};

/// The message that a reply refers to (Discord: Message Reference).
struct MessageReference {
  std::optional<MessageId> message;  ///< None where it is about a channel.
  ChannelId channel;
  std::optional<GuildId> guild;
};

/// The author of a webhook message.
struct WebhookAuthor {
  WebhookId id;
  std::string name;
  std::optional<std::string> avatar{};
};

/// The users who reacted to a message with one emoji, in the order in which they did.
struct Reaction {
  boost::json::object emoji;  ///< `{id, name}`, the id null for a Unicode emoji.
  std::vector<UserId> users;
};

/// Bits of Message::flags.
inline constexpr std::uint64_t suppress_embeds_flag = 1ULL << 2;
inline constexpr std::uint64_t has_thread_flag = 1ULL << 5;
inline constexpr std::uint64_t ephemeral_flag = 1ULL << 6;
inline constexpr std::uint64_t loading_flag = 1ULL << 7;
inline constexpr std::uint64_t components_v2_flag = 1ULL << 15;

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
  boost::json::array attachments;  ///< As Discord shows them.
  std::vector<Reaction> reactions{};
  std::optional<base::Timestamp> pinned{};
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
