#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "discord/interaction/interaction_method.hpp"
#include "net/task.hpp"

// A run of a script as its callers see it: its limits, its input, the calls it makes, and its outcome.
namespace guildhall::vm {

/// Limits of one run. Exceeding the first five ends the run with the Ending of the same name.
struct ScriptLimits {
  std::chrono::milliseconds cpu{100};        ///< Processor time.
  std::size_t memory = 64U << 20;            ///< Bytes beyond what an empty run uses.
  std::chrono::milliseconds wall{5000};      ///< Time since the run started.
  unsigned calls = 20;                       ///< Calls of the methods of `interaction`.
  std::size_t call_size = 64U << 10;         ///< Bytes of JSON in one call.
  unsigned console_lines = 100;              ///< Further lines are dropped.
  std::size_t console_line_size = 2U << 10;  ///< Bytes. Longer lines are truncated.

  bool operator==(const ScriptLimits&) const = default;
};

/// Limits of how many runs there are. A run that finds no room, or has to make room for another guild's, is
/// Ending::busy.
struct QueueLimits {
  unsigned processors = 2;                   ///< That the machine has. At least 1.
  unsigned max_running = 4;                  ///< Runs that use the processor. At least 1. See RunQueue.
  unsigned max_running_per_guild = 2;        ///< At least 1.
  std::size_t max_idle = 64;                 ///< Started runs that wait for a timer or for Discord.
  std::size_t max_idle_memory = 256U << 20;  ///< Bytes that those keep in all.
  std::size_t max_started_per_guild = 8;     ///< Runs that use the processor or are idle. At least 1.
  std::size_t max_waiting = 200;             ///< Runs that have not started.
  std::size_t max_waiting_per_guild = 20;    ///< As max_waiting.
  std::chrono::milliseconds max_wait{2000};  ///< A run that has waited longer to start is Ending::busy.
};

/// Input of a run.
struct ScriptRun {
  base::GuildId guild;
  std::string script;
  /// A message component interaction as Discord's gateway sends it (Discord: interactions/receiving-and-responding),
  /// without its token, with `data.custom_id` as the author chose it.
  boost::json::object interaction;
  std::vector<std::string> args{};
};

/// What a run may know of its guild besides the interaction, in Discord's form (resources/guild): `name`, `icon`,
/// `owner_id`, `member_count`, and `roles` as JSON in a text, which a script parses only when it needs them.
using DescribeGuild = std::function<boost::json::object(base::GuildId)>;

/// The methods of `interaction` that the parent process carries out.
using Method = discord::InteractionMethod;

/// `deferReply`
[[nodiscard]] std::string_view to_string(Method method);
[[nodiscard]] std::optional<Method> parse_method(std::string_view name);

/// One call of a script. `arguments` is untrusted JSON: an object of bounded size and depth. Its members:
///   data     the message in Discord's form (snake_case, `flags` a number), for reply, update, edit_reply, follow_up;
///            for defer_reply at most `flags`
///   message  id of the message that edit_reply, delete_reply and fetch_reply refer to; absent: the first response
struct Call {
  Method method{};
  boost::json::object arguments;
};

enum class ConsoleLevel : std::uint8_t { debug, log, info, warn, error };

/// `warn`
[[nodiscard]] std::string_view to_string(ConsoleLevel level);
[[nodiscard]] std::optional<ConsoleLevel> parse_console_level(std::string_view name);

/// Carries out the calls of a running script. The functions are called on the host's event loop, one at a time for each
/// run.
class HostCalls {
 public:
  virtual ~HostCalls() = default;

  /// Returns what the script's promise resolves to: a message as Discord shows it, or null. An error rejects the
  /// promise with its message, as a DiscordAPIError if `peer_code` is set. The next call is made only after this one
  /// has returned. It is abandoned if the run ends for another reason, so it must own what it uses.
  [[nodiscard]] virtual net::Task<base::Result<boost::json::value>> call(Call call) = 0;

  /// A line of the script's console, within its limits.
  virtual void console(ConsoleLevel level, std::string text) = 0;
};

/// How a run ended.
enum class Ending : std::uint8_t {
  completed,    ///< The script ran to its end.
  syntax,       ///< It does not parse.
  exception,    ///< It threw, or a promise was rejected without a handler.
  cpu,          ///< ScriptLimits::cpu
  memory,       ///< ScriptLimits::memory
  wall,         ///< ScriptLimits::wall
  calls,        ///< ScriptLimits::calls
  call_size,    ///< ScriptLimits::call_size
  forbidden,    ///< The kernel killed the process for a system call that no script needs.
  crashed,      ///< The engine crashed.
  protocol,     ///< The process violated the protocol.
  busy,         ///< Too many runs were waiting: it was not started, or ended to make room.
  unavailable,  ///< There is no script host or it is restarting. The run may have started.
  stopped,      ///< Its caller cancelled it, or the program is stopping.
};
inline constexpr std::size_t ending_count = static_cast<std::size_t>(Ending::stopped) + 1;

/// `call_size`: the name in logs, metrics and the API.
[[nodiscard]] std::string_view to_string(Ending ending);

/// Line and column in the script, from 1.
struct SourcePosition {
  unsigned line = 0;
  unsigned column = 0;  ///< 0 if unknown.

  bool operator==(const SourcePosition&) const = default;
};

/// Result of a run. Texts come from the sandbox: they are valid UTF-8 and bounded, but otherwise arbitrary.
struct Outcome {
  Ending ending = Ending::completed;
  std::string name;     ///< Name of the error thrown, as `TypeError`; else empty.
  std::string message;  ///< At most 1,000 bytes.
  std::optional<SourcePosition> position;
  std::string stack;  ///< One line for each frame, `name@line:column`; at most 4,000 bytes.
  std::chrono::microseconds cpu{0};
  std::chrono::microseconds wall{0};
  std::size_t memory = 0;  ///< Peak in bytes beyond what an empty run uses.

  [[nodiscard]] bool ok() const { return ending == Ending::completed; }
};

}  // namespace guildhall::vm
