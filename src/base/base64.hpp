#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::base {

/// RFC 4648 section 4, with padding.
void append_base64(std::string& out, std::string_view bytes);
[[nodiscard]] std::string encode_base64(std::string_view bytes);

/// RFC 4648 section 5 (letters, digits, `-` and `_`), without padding.
[[nodiscard]] std::string encode_base64url(std::string_view bytes);

/// Undoes `encode_base64`. Padding may be missing; white space and other characters are refused.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace guildhall::base
