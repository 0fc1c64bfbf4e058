#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.hpp"
#include "database/models/command_store.hpp"

namespace guildhall::domain {

/// Commands that a guild may have.
inline constexpr std::size_t max_commands = 1000;

// What a guild's prefix and commands must keep to, beyond the schemas of api/. Pure functions, which the stores call in
// the transaction that writes.

/// For a new command, and for one with a new trigger. Errc::invalid about `/trigger` if it starts with the prefix,
/// Errc::conflict about `/trigger` if another command has it, Errc::conflict without a field if the guild is full.
[[nodiscard]] base::Result<void> check_command(const database::Command& command, const database::CommandFacts& facts);

/// For a new prefix. Errc::invalid about `/prefix` if one of the guild's triggers starts with it.
[[nodiscard]] base::Result<void> check_prefix(const std::string& prefix, std::span<const std::string> triggers);

}  // namespace guildhall::domain
