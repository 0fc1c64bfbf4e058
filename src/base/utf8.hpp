#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace guildhall::base {

/// The number of Unicode code points in `text`, which is how Discord counts its limits; nothing where `text` is not
/// UTF-8 (RFC 3629: overlong forms, surrogates and values beyond U+10FFFF are refused).
[[nodiscard]] std::optional<std::size_t> count_code_points(std::string_view text);

}  // namespace guildhall::base
