#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"

namespace guildhall::database {

using LogId = base::Id<struct LogTag>;  ///< A row of table `logs`, see base::LogIds: later rows have higher ids.

/// A row of table `logs`.
struct Log {
  static constexpr const char* table = "logs";

  LogId id;
  base::LogLevel level{};
  std::string source;   ///< Which part spoke.
  std::string message;  ///< One line: what was said, and the values beside it as `name=value`.
  base::Timestamp timestamp;
  std::optional<std::string> stacktrace;
};
BOOST_DESCRIBE_STRUCT(Log, (), (id, level, source, message, timestamp, stacktrace))

}  // namespace guildhall::database
