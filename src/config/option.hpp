#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace guildhall::config {

struct Config;

enum class Need : std::uint8_t { optional, required };
enum class Visibility : std::uint8_t { open, secret };

/// The one declaration of a variable. Loading, --help, .env.example and the debug dump all come from it.
struct Option {
  std::string_view name;
  std::string_view doc;       ///< One line for whoever sets it.
  std::string_view expected;  ///< What its value must be, to follow "expected".
  /// Parses `text` (never empty) into its place; false where `text` is not what was expected.
  bool (*read)(std::string_view text, Config& into);
  std::string_view fallback = {};  ///< Read where the variable is unset; empty: its place keeps its initial value.
  Visibility visibility = Visibility::open;
  Need need = Need::optional;
  std::string_view remedy = {};  ///< For a required one: where to get a value, a full clause.
};

/// Options that belong together, in the order to show them.
struct Section {
  std::string_view name;   ///< `server`, `jwt`, ...
  std::string_view title;  ///< A heading.
  std::span<const Option> options;
};

/// Every section there is.
[[nodiscard]] std::span<const Section> sections();

/// Null where no option has this name.
[[nodiscard]] const Option* find_option(std::string_view name);

}  // namespace guildhall::config
