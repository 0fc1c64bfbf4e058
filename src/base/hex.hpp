#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::base {

/// Lower-case hex, two characters a byte.
[[nodiscard]] std::string to_hex(std::span<const std::byte> bytes);

/// The bytes of an even number of hex digits of either case; nothing where `text` is anything else.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

}  // namespace guildhall::base
