#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::base {

/// RFC 4648 section 4, with padding.
[[nodiscard]] std::string encode_base64(std::string_view bytes);
void append_base64(std::string& out, std::string_view bytes);
/// Padding may be missing; white space and other characters are refused.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

/// RFC 4648 section 5 (letters, digits, `-` and `_`), without padding.
[[nodiscard]] std::string encode_base64url(std::string_view bytes);
/// Takes only what encode_base64url writes: bytes have one spelling.
[[nodiscard]] std::optional<std::string> decode_base64url(std::string_view text);

/// Lower-case hex, two characters a byte.
[[nodiscard]] std::string to_hex(std::span<const std::byte> bytes);
/// The bytes of an even number of hex digits of either case.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

/// Appends `text`, which is UTF-8, as a JSON string (RFC 8259 section 7).
void append_json_string(std::string& out, std::string_view text);

/// The JSON pointer to a member or an element, `/token` with `~` and `/` escaped (RFC 6901 section 3). Pointers are
/// joined by appending.
[[nodiscard]] std::string json_pointer(std::string_view token);

}  // namespace guildhall::base
