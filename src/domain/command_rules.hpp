#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"
#include "database/models/command_store.hpp"

namespace guildhall::domain {

/// Commands that a guild may have, and the bytes of all their texts. A guild that has more, because it was there before
/// the limit, keeps them: they can be read, and changed where they do not grow.
inline constexpr std::size_t max_commands = 500;
inline constexpr std::uint64_t max_commands_size = 4 << 20;

// What a guild's prefix and commands must keep to, beyond the schemas of api/. Pure functions, which the stores call in
// the transaction that writes.

/// For a new command, and for one that has a new trigger or grows. Errc::invalid about `/trigger` if a new trigger
/// starts with the prefix, Errc::conflict about `/trigger` if another command has it, Errc::conflict without a field if
/// the guild has too many commands or too many bytes of them.
[[nodiscard]] base::Result<void> check_command(const database::Command& command, const database::CommandFacts& facts);

/// For a new prefix. Errc::invalid about `/prefix` if one of the guild's triggers starts with it.
[[nodiscard]] base::Result<void> check_prefix(const std::string& prefix, std::span<const std::string> triggers);

}  // namespace guildhall::domain
