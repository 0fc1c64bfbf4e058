#pragma once

#include <string_view>
#include <vector>

namespace guildhall::bot {

/// Splits what follows a trigger on Unicode white space; text between double quotes is one argument. A quote counts
/// where it begins an argument and its counterpart ends one; typographic quotes count too. A quote without counterpart
/// is a character like any other. The arguments point into `text`.
[[nodiscard]] std::vector<std::string_view> split_arguments(std::string_view text);

/// Removes and returns the first word of `text`, up to white space.
[[nodiscard]] std::string_view take_word(std::string_view& text);

}  // namespace guildhall::bot
