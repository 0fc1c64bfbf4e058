#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::bot {

/// `text` with `${1}` to `${n}` replaced by `arguments`, by nothing where there are fewer. What an argument brings in
/// is not looked at again. Longer than `limit` code points it is cut and ends with an ellipsis; how long it would have
/// become costs nothing. `limit` is at least 1.
[[nodiscard]] std::string fill_placeholders(std::string_view text, std::span<const std::string_view> arguments,
                                            std::size_t limit);

/// Whether `text` shows anything: Discord trims white space away and takes what is left of nothing for nothing.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace guildhall::bot
