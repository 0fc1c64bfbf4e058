#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/rest/attachment_form.hpp"
#include "sim/rest/form_reader.hpp"
#include "sim/world/message.hpp"

namespace guildhall::sim {

/// Whom a message may ping (Discord: Message, "Allowed Mentions Object"). As it is without the field: everybody named.
struct AllowedMentions {
  bool all_users = true;
  bool all_roles = true;
  bool everyone = true;
  bool replied_user = true;
  std::vector<UserId> users;
  std::vector<RoleId> roles;
};

/// The message that is to be answered.
struct ReferenceForm {
  MessageId message;
  std::optional<ChannelId> channel;
  bool fail_if_not_exists = true;
};

/// The fields of a message as a bot sends them. In an edit, a field that is null is there and empty; one that is absent
/// is not there, and stays as it is.
struct MessageForm {
  std::optional<std::string> content;
  std::optional<boost::json::array> embeds;
  std::optional<boost::json::array> components;
  std::optional<std::uint64_t> flags;
  std::optional<AllowedMentions> allowed_mentions;
  std::optional<ReferenceForm> reference;
  boost::json::value nonce;  ///< A string or a number; null if there is none.
  FilesForm files{};
  bool enforce_nonce = false;
  bool tts = false;

  /// Whether a message with these fields shows something.
  [[nodiscard]] bool shows_something() const;
};

/// Reads what creates a message, adding to `problems` what Discord would not take.
[[nodiscard]] MessageForm read_message_create(const boost::json::object& body, FormProblems& problems,
                                              FormProblems::Path path = {});
/// The same from the body of a request, with its files. Throws DiscordError.
[[nodiscard]] MessageForm read_message_create(const ApiCall& call);
/// Reads what changes a message that has these flags.
[[nodiscard]] MessageForm read_message_edit(const boost::json::object& body, FormProblems& problems,
                                            std::uint64_t flags_before, FormProblems::Path path = {});
/// The same from the body of a request, with its files. Throws DiscordError.
[[nodiscard]] MessageForm read_message_edit(const ApiCall& call, const Message& message);

}  // namespace guildhall::sim
