#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::base {

/// Whether the character cannot be seen or changes the direction of text: Unicode's Default_Ignorable_Code_Point, which
/// all bidirectional controls, joiners and variation selectors are, the interlinear annotations, and the empty Braille
/// pattern. White space is not hidden.
[[nodiscard]] bool is_hidden(char32_t character);

/// After this character tags (is_tag) are seen: they tell the flags of England and Scotland apart.
inline constexpr char32_t black_flag = 0x1F3F4;
[[nodiscard]] constexpr bool is_tag(char32_t c) { return c >= 0xE0020 && c <= 0xE007F; }

/// The first hidden character of `text` that has no business there. A variation selector belongs to the emoji or
/// ideograph before it, joiners to a sequence of emoji or between letters of a script that joins them, tags to a flag.
[[nodiscard]] std::optional<char32_t> find_hidden(std::string_view text);

/// `text` without what find_hidden finds.
[[nodiscard]] std::string without_hidden(std::string_view text);

/// `U+200B`.
[[nodiscard]] std::string code_point_name(char32_t character);

}  // namespace guildhall::base
