#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "config/option.hpp"

namespace guildhall::config {

/// The scripts of guild owners, and what a run of one may use.
struct Scripts {
  bool enabled = true;
  bool unsafe = false;  ///< Also where the machine lacks a part of the sandbox.
  std::chrono::milliseconds cpu{};
  std::size_t memory = 0;  ///< Bytes.
  std::chrono::milliseconds wall{};
  unsigned calls = 0;
  std::size_t call_bytes = 0;
  unsigned console_lines = 0;
  unsigned at_once = 0;
  unsigned per_guild = 0;
  std::size_t waiting = 0;
  std::string program;  ///< guildhall-vm's path; empty: beside this program.
};

[[nodiscard]] Section scripts_section();

}  // namespace guildhall::config
