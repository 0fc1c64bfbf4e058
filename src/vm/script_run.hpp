#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "net/task.hpp"

namespace guildhall::vm {

/// What a script is run with.
struct ScriptRun {
  base::GuildId guild;
  std::string script;
  /// A message component's interaction as Discord's gateway sends it (Discord: interactions/receiving-and-responding),
  /// without its token, with `data.custom_id` as the author chose it.
  boost::json::object interaction;
  std::vector<std::string> args{};
};

/// The methods of `interaction` that cross the boundary.
enum class Method : std::uint8_t {
  reply,
  update,
  defer_reply,
  defer_update,
  edit_reply,
  follow_up,
  delete_reply,
  fetch_reply,
};

/// `deferReply`
[[nodiscard]] std::string_view to_string(Method method);
[[nodiscard]] std::optional<Method> parse_method(std::string_view name);

/// One call of a script. `arguments` is JSON that a stranger wrote: an object of bounded size and depth, otherwise
/// anything. What is meant by it:
///   data     the message in Discord's form (snake_case, `flags` a number), for reply, update, edit_reply, follow_up;
///            for defer_reply it holds `flags` at most
///   message  the id of the message that edit_reply, delete_reply and fetch_reply mean, absent for the first answer
struct Call {
  Method method{};
  boost::json::object arguments;
};

enum class ConsoleLevel : std::uint8_t { debug, log, info, warn, error };

/// `warn`
[[nodiscard]] std::string_view to_string(ConsoleLevel level);
[[nodiscard]] std::optional<ConsoleLevel> parse_console_level(std::string_view name);

/// Does what a script asks for while it runs. Its functions are called on the host's event loop, one after the other
/// for each run.
class HostCalls {
 public:
  virtual ~HostCalls() = default;

  /// What the script's promise becomes: a message as Discord shows it where there is one, else null. An error rejects
  /// the promise with its message, and as a DiscordAPIError where `peer_code` is set. Is not called again before this
  /// has answered; is not waited for when the run ends for another reason, so it owns what it needs.
  [[nodiscard]] virtual net::Task<base::Result<boost::json::value>> call(Call call) = 0;

  /// A line of the script's console, within its limits.
  virtual void console(ConsoleLevel level, std::string text) = 0;
};

}  // namespace guildhall::vm
