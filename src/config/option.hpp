#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::config {

struct Config;

enum class Need : std::uint8_t { optional, required };
enum class Visibility : std::uint8_t { open, secret };
/// When a changed value takes effect.
enum class AppliedAt : std::uint8_t { restart, reload };

/// The one declaration of a variable. Loading, --help, .env.example and the debug dump derive from it.
struct Option {
  std::string_view name;
  std::string_view doc;       ///< For the operator, in one line.
  std::string (*expected)();  ///< Describes valid values, after "expected ".
  /// Parses `text` (never empty) into its field; false if `text` is invalid.
  bool (*read)(std::string_view text, Config& config);
  std::string_view fallback = {};  ///< Read where the variable is unset; empty: the field keeps its initial value.
  Visibility visibility = Visibility::open;
  Need need = Need::optional;
  std::string_view remedy = {};  ///< For a required variable: where to get a value, as a clause.
  /// A clause for an invalid value that deserves another message than `expected`; empty for others.
  std::string_view (*objection)(std::string_view text) = nullptr;
  std::string_view alias = {};  ///< Another name, which hides the first where both are set; empty for none.
  AppliedAt applied_at = AppliedAt::restart;
};

/// Options that belong together, in the order of the help.
struct Section {
  std::string_view name;   ///< `server`, `jwt`, ...
  std::string_view title;  ///< A heading.
  std::span<const Option> options;
};

[[nodiscard]] std::span<const Section> sections();

/// Calls `action` with each option of each section.
template <class Action>
void for_each_option(const Action& action) {
  for (const Section& section : sections()) {
    for (const Option& option : section.options) action(option);
  }
}

/// nullptr if no option has this name or alias.
[[nodiscard]] const Option* find_option(std::string_view name);

}  // namespace guildhall::config
