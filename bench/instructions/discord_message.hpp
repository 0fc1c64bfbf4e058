#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

/// The `d` of a MESSAGE_CREATE in a guild as Discord sends it.
[[nodiscard]] std::string discord_message(std::uint64_t id, std::uint64_t guild, std::string_view content);

}  // namespace guildhall::bench
