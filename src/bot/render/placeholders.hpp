#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::bot {

/// `text` with `${1}` to `${n}` replaced by `arguments`, or by nothing if there are fewer. Placeholders inside
/// arguments are not replaced. A result of more than `limit` code points is cut and ends with an ellipsis; the time it
/// takes is bounded by `limit`, not by the full length. `limit` is at least 1.
[[nodiscard]] std::string fill_placeholders(std::string_view text, std::span<const std::string_view> arguments,
                                            std::size_t limit);

/// Whether `text` is empty or only white space, which Discord treats alike.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace guildhall::bot
