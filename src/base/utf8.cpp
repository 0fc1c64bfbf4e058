#include "base/utf8.hpp"

#include <cstdint>

namespace guildhall::base {

std::optional<std::size_t> count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) continue;
    std::uint32_t code_point = 0;
    std::size_t more = 0;
    std::uint32_t smallest = 0;
    if ((lead & 0xE0U) == 0xC0) {
      code_point = lead & 0x1FU;
      more = 1;
      smallest = 0x80;
    } else if ((lead & 0xF0U) == 0xE0) {
      code_point = lead & 0x0FU;
      more = 2;
      smallest = 0x800;
    } else if ((lead & 0xF8U) == 0xF0) {
      code_point = lead & 0x07U;
      more = 3;
      smallest = 0x10000;
    } else {
      return std::nullopt;
    }
    for (; more > 0; --more) {
      if (i == text.size()) return std::nullopt;
      const auto next = static_cast<unsigned char>(text[i++]);
      if ((next & 0xC0U) != 0x80) return std::nullopt;
      code_point = (code_point << 6U) | (next & 0x3FU);
    }
    if (code_point < smallest || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
      return std::nullopt;
    }
  }
  return count;
}

}  // namespace guildhall::base
