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

/// Who uses the component.
struct DryRunUser {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  discord::Permissions permissions;  ///< In the guild.
};

/// The channel in which a script is tried out, which exists nowhere: what is there, as Discord's JSON.
class DryRunInteraction {
 public:
  /// What people who may do nothing in particular may do, and the bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS,
  /// ATTACH_FILES, READ_MESSAGE_HISTORY, USE_APPLICATION_COMMANDS (Discord: topics/permissions).
  static constexpr std::uint64_t everyday_permissions =
      (1ULL << 10U) | (1ULL << 11U) | (1ULL << 14U) | (1ULL << 15U) | (1ULL << 16U) | (1ULL << 31U);

  /// `application` is the bot's id.
  DryRunInteraction(std::string application, base::GuildId guild, base::Timestamp now);

  /// A message of the bot's with an id of its own (Discord: resources/message), made of `parts` in Discord's form.
  [[nodiscard]] boost::json::object message(const boost::json::object& parts);

  /// Changes what `parts` holds of content, embeds and components.
  void edit(boost::json::object& message, const boost::json::object& parts) const;

  /// What the gateway sends when `person` uses a component of `message` (Discord:
  /// interactions/receiving-and-responding), without its token. `trial` says which one, and what is chosen in it; where
  /// it does not, it is the first one.
  [[nodiscard]] boost::json::object interaction(const boost::json::object& message, const DryRunUser& person,
                                                const api::DryRunRequest& trial);

 private:
  [[nodiscard]] std::string new_id();

  const std::string application_;
  const std::string guild_;
  const base::Timestamp now_;
  std::uint64_t next_id_;
  const std::string channel_;
};

}  // namespace guildhall::server
