#include "config/scripts.hpp"

#include <array>
#include <optional>

#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

std::optional<bool> parse_flag(std::string_view text) {
  if (text == "1") return true;
  if (text == "0") return false;
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> parse_milliseconds(std::string_view text, unsigned min, unsigned max) {
  const auto number = parse_number<unsigned>(text, min, max);
  if (!number) return std::nullopt;
  return std::chrono::milliseconds(*number);
}

/// A number of units of `unit` bytes.
std::optional<std::size_t> parse_bytes(std::string_view text, std::size_t unit, std::size_t min, std::size_t max) {
  const auto number = parse_number<std::size_t>(text, min, max);
  if (!number) return std::nullopt;
  return *number * unit;
}

std::optional<std::string> parse_path(std::string_view text) {
  if (text.find_first_of(std::string_view("\0\n", 2)) != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

constexpr std::array options{
    Option{.name = "SCRIPTS",
           .doc = "on: buttons and select menus of custom commands run the scripts that guilds' managers wrote. off: "
                  "they answer that scripts are off.",
           .expected = "`on` or `off`",
           .read = [](std::string_view text, Config& into) { return store(into.scripts.enabled, parse_switch(text)); },
           .fallback = "on"},
    Option{.name = "SCRIPTS_UNSAFE",
           .doc = "1: scripts run also where the machine lacks a part of the sandbox, which the log tells of at the "
                  "start. Only where you trust everybody who may write one.",
           .expected = "`0` or `1`",
           .read = [](std::string_view text, Config& into) { return store(into.scripts.unsafe, parse_flag(text)); },
           .fallback = "0"},
    Option{.name = "SCRIPTS_CPU_MS",
           .doc = "Processor time that one run of a script may use, in milliseconds.",
           .expected = "a number from 10 to 10000",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.cpu, parse_milliseconds(text, 10, 10'000)); },
           .fallback = "100"},
    Option{.name = "SCRIPTS_MEMORY_MB",
           .doc = "Memory that one run may use, in megabytes, beyond what an empty one has.",
           .expected = "a number from 8 to 1024",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.memory, parse_bytes(text, 1U << 20, 8, 1024)); },
           .fallback = "64"},
    // Discord takes answers to an interaction for fifteen minutes.
    Option{.name = "SCRIPTS_WALL_MS",
           .doc = "How long one run may take in all, in milliseconds.",
           .expected = "a number from 100 to 840000",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.wall, parse_milliseconds(text, 100, 840'000)); },
           .fallback = "5000"},
    Option{.name = "SCRIPTS_CALLS",
           .doc = "How often one run may call interaction's methods.",
           .expected = "a number from 1 to 1000",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.calls, parse_number<unsigned>(text, 1, 1000)); },
           .fallback = "20"},
    Option{.name = "SCRIPTS_CALL_KB",
           .doc = "How much one such call may carry, in kilobytes of JSON.",
           .expected = "a number from 1 to 512",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.call_bytes, parse_bytes(text, 1U << 10, 1, 512)); },
           .fallback = "64"},
    Option{
        .name = "SCRIPTS_CONSOLE_LINES",
        .doc = "How many lines of one run's console are kept.",
        .expected = "a number from 0 to 1000",
        .read = [](std::string_view text,
                   Config& into) { return store(into.scripts.console_lines, parse_number<unsigned>(text, 0, 1000)); },
        .fallback = "100"},
    Option{.name = "SCRIPTS_AT_ONCE",
           .doc = "How many scripts run at the same time.",
           .expected = "a number from 1 to 256",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.at_once, parse_number<unsigned>(text, 1, 256)); },
           .fallback = "4"},
    Option{.name = "SCRIPTS_PER_GUILD",
           .doc = "How many of them may be of one guild.",
           .expected = "a number from 1 to 256",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.per_guild, parse_number<unsigned>(text, 1, 256)); },
           .fallback = "2"},
    Option{.name = "SCRIPTS_WAITING",
           .doc = "How many may wait for their turn; what comes then is told that too much is going on.",
           .expected = "a number from 1 to 10000",
           .read = [](std::string_view text,
                      Config& into) { return store(into.scripts.waiting, parse_number<std::size_t>(text, 1, 10'000)); },
           .fallback = "200"},
    Option{.name = "GUILDHALL_VM",
           .doc = "The program that runs scripts; unset: guildhall-vm beside guildhall.",
           .expected = "a path",
           .read = [](std::string_view text, Config& into) { return store(into.scripts.program, parse_path(text)); }},
};

}  // namespace

Section scripts_section() { return {"scripts", "Scripts", options}; }

}  // namespace guildhall::config
