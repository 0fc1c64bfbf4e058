#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world/ids.hpp"

namespace guildhall::sim {

using ApplicationCommandId = base::Id<struct ApplicationCommandTag>;

/// Discord's application command types.
enum class CommandType : std::uint8_t { chat_input = 1, user = 2, message = 3, primary_entry_point = 4 };

/// A command that the application has registered, everywhere or in one guild.
struct ApplicationCommand {
  ApplicationCommandId id;
  std::optional<GuildId> guild;  ///< None for one that is everywhere.
  std::uint64_t version = 0;     ///< A snowflake that changes with the command.
  CommandType type = CommandType::chat_input;
  std::string name;
  boost::json::object definition;  ///< As Discord shows it, but for the ids and the version.
};

/// The commands of the application. Used by one thread at a time.
class CommandRegistry {
 public:
  static constexpr std::size_t chat_inputs_per_scope = 100;
  static constexpr std::size_t menus_per_scope = 15;
  /// Makes snowflakes.
  using NewId = std::function<std::uint64_t()>;

  /// Those of a guild, or those that are everywhere, by rising id.
  [[nodiscard]] std::vector<const ApplicationCommand*> list(std::optional<GuildId> guild) const;
  /// Those that users in a guild see: the guild's and those that are everywhere.
  [[nodiscard]] std::vector<const ApplicationCommand*> visible_in(std::optional<GuildId> guild) const;
  [[nodiscard]] const ApplicationCommand* find(std::optional<GuildId> guild, ApplicationCommandId id) const;
  [[nodiscard]] const ApplicationCommand* find(std::optional<GuildId> guild, CommandType type,
                                               std::string_view name) const;

  /// Adds a command, or puts it in the place of the one with its scope, type and name, whose id it keeps. A definition
  /// that is the same keeps its version too. nullptr if the scope is full.
  [[nodiscard]] const ApplicationCommand* put(ApplicationCommand command, const NewId& new_id);
  /// Changes the command with that id, its name too. False where another has the name.
  [[nodiscard]] bool change(const ApplicationCommand& command, const NewId& new_id);
  /// Makes these the only commands of a scope.
  void overwrite(std::optional<GuildId> guild, std::vector<ApplicationCommand> commands, const NewId& new_id);
  /// False where there is no such command.
  bool remove(std::optional<GuildId> guild, ApplicationCommandId id);
  void clear() { commands_.clear(); }

 private:
  [[nodiscard]] bool is_full(const ApplicationCommand& command) const;

  std::vector<ApplicationCommand> commands_;  ///< By rising id.
};

/// ApplicationCommandResponse.
[[nodiscard]] boost::json::object command_response(ApplicationId application, const ApplicationCommand& command);

}  // namespace guildhall::sim
