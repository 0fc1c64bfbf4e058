#pragma once

#include <boost/describe/class.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace guildhall::database {

/// A row of table `command_uses`: how often a command was used on a day, and how often that failed.
struct CommandUse {
  static constexpr const char* table = "command_uses";
  /// Code points of `last_failure`.
  static constexpr std::size_t max_failure = 300;

  base::GuildId guild_id;
  long long day = 0;  ///< See `day_of`.
  base::CommandId command_id;
  long long uses = 0;      ///< Failures included.
  long long failures = 0;  ///< Uses that were not answered as their author meant.
  std::optional<base::Timestamp> last_failure_at;
  std::optional<std::string> last_failure;  ///< Why, in a sentence.
};
BOOST_DESCRIBE_STRUCT(CommandUse, (), (guild_id, day, command_id, uses, failures, last_failure_at, last_failure))

/// The day of a time in UTC, counted from 1970-01-01.
[[nodiscard]] inline long long day_of(base::Timestamp time) {
  return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

}  // namespace guildhall::database
