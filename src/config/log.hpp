#pragma once

#include <chrono>
#include <cstdint>

#include "base/log.hpp"
#include "config/option.hpp"

namespace guildhall::config {

/// Automatic is text on a terminal and JSON elsewhere.
enum class LogFormat : std::uint8_t { automatic, text, json };

struct Log {
  base::LogLevel level{};  ///< The least severe level that is written.
  LogFormat format{};
  std::chrono::days retention{};  ///< How long rows of table `logs` are kept; zero is for ever.
};

[[nodiscard]] Section log_section();

}  // namespace guildhall::config
