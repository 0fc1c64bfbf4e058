#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/interactions/application_command.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What a user calls: a command, and where it has sub-commands, which of them.
struct CalledCommand {
  const ApplicationCommand* command = nullptr;
  std::vector<std::string> path;  ///< Names of a group and a sub-command within the command.
};

/// The attachments of options, by the id that an option gives.
using AttachmentsById = std::map<std::string, boost::json::object, std::less<>>;

/// Finds `ping`, or `tag add` for the sub-command `add`; a guild's own command wins over one that is everywhere.
/// Errc::not_found if there is none.
[[nodiscard]] base::Result<CalledCommand> find_called(const CommandRegistry& commands, std::optional<GuildId> guild,
                                                      std::string_view name);

/// Whether a user with these permissions may call it (Discord: Application Commands, "Permissions").
[[nodiscard]] bool may_call(const ApplicationCommand& command, Permissions held);

/// Finds a command of the context menu of users or messages by its name, which may have spaces.
[[nodiscard]] base::Result<CalledCommand> find_menu(const CommandRegistry& commands, std::optional<GuildId> guild,
                                                    CommandType type, std::string_view name);

/// The `data` of the interaction (Discord: Receiving and Responding, "Application Command Data"), with what its options
/// refer to. `options` is an object of values by name. Errc::invalid, whose field is a JSON pointer into the request,
/// where an option is unknown, missing or not of its type. With `focused`, the name of an option with autocomplete that
/// is being typed, only what is there so far is checked.
[[nodiscard]] base::Result<boost::json::object> command_data(const CalledCommand& called,
                                                             const boost::json::object& options, const World& world,
                                                             const Guild* guild,
                                                             const AttachmentsById& attachments = {},
                                                             std::optional<std::string_view> focused = std::nullopt);

}  // namespace guildhall::sim
