#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/dry_run.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "database/models/command.hpp"
#include "discord/model/guild.hpp"

namespace guildhall::server {

/// The person who uses the component.
struct DryRunUser {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  discord::Permissions permissions;  ///< In the guild.
};

/// The imaginary channel of a dry run: its messages and the interaction, as Discord's JSON.
class DryRunInteraction {
 public:
  /// The permissions of ordinary members and of the bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS,
  /// ATTACH_FILES, READ_MESSAGE_HISTORY, USE_APPLICATION_COMMANDS (Discord: topics/permissions).
  static constexpr std::uint64_t everyday_permissions =
      (1ULL << 10U) | (1ULL << 11U) | (1ULL << 14U) | (1ULL << 15U) | (1ULL << 16U) | (1ULL << 31U);

  /// `application` is the bot's id.
  DryRunInteraction(std::string application, base::GuildId guild, base::Timestamp now);

  /// A new message of the bot (Discord: resources/message) from `parts` in Discord's form.
  [[nodiscard]] boost::json::object message(const boost::json::object& parts);

  /// Changes the content, embeds and components that `parts` has.
  void edit(boost::json::object& message, const boost::json::object& parts) const;

  /// What the gateway sends when `person` uses a component of `message` (Discord:
  /// interactions/receiving-and-responding), without its token. `request` says which component and what is chosen in
  /// it; otherwise it is the first one.
  [[nodiscard]] boost::json::object interaction(const boost::json::object& message, const DryRunUser& person,
                                                const api::DryRunRequest& request);

 private:
  [[nodiscard]] std::string new_id();

  const std::string application_;
  const std::string guild_;
  const base::Timestamp now_;
  std::uint64_t next_id_;
  const std::string channel_;
};

}  // namespace guildhall::server
