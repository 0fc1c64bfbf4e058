#include "vm/script.hpp"

#include <algorithm>
#include <array>

namespace guildhall::vm {
namespace {

/// Indexed by the enumeration's value.
template <std::size_t Size>
using Names = std::array<std::string_view, Size>;

constexpr Names<8> methods{"reply",     "update",   "deferReply",  "deferUpdate",
                           "editReply", "followUp", "deleteReply", "fetchReply"};
constexpr Names<5> levels{"debug", "log", "info", "warn", "error"};
constexpr Names<ending_count> endings{"completed", "syntax", "exception",   "cpu",       "memory",
                                      "wall",      "calls",  "call_size",   "forbidden", "crashed",
                                      "protocol",  "busy",   "unavailable", "stopped"};

template <class Enum, std::size_t Size>
std::optional<Enum> find(const Names<Size>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

}  // namespace

std::string_view to_string(Method method) { return methods.at(static_cast<std::size_t>(method)); }

std::optional<Method> parse_method(std::string_view name) { return find<Method>(methods, name); }

std::string_view to_string(ConsoleLevel level) { return levels.at(static_cast<std::size_t>(level)); }

std::optional<ConsoleLevel> parse_console_level(std::string_view name) { return find<ConsoleLevel>(levels, name); }

std::string_view to_string(Ending ending) { return endings.at(static_cast<std::size_t>(ending)); }

}  // namespace guildhall::vm
