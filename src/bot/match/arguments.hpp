#pragma once

#include <string_view>
#include <vector>

namespace guildhall::bot {

/// What a message brings to a command, in its order: split on white space (Unicode's), with what stands between double
/// quotes kept together. Quotes count where they begin an argument and stand before white space or the end; phones'
/// typographic ones do too. A quote that nobody closes is a character like any other. The arguments point into `text`.
[[nodiscard]] std::vector<std::string_view> split_arguments(std::string_view text);

/// Takes the first word off `text`, which then begins at the white space behind it, or is empty.
[[nodiscard]] std::string_view take_word(std::string_view& text);

}  // namespace guildhall::bot
