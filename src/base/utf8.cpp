#include "base/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace guildhall::base {
namespace {

struct Lead {
  char32_t bits;         // What the lead byte brings to the code point.
  std::size_t trailing;  // How many bytes follow it.
  char32_t smallest;     // Anything less should have been written shorter.
};

std::optional<Lead> read_lead(unsigned char byte) {
  if (byte < 0x80) return Lead{byte, 0, 0};
  if ((byte & 0xE0U) == 0xC0) return Lead{byte & 0x1FU, 1, 0x80};
  if ((byte & 0xF0U) == 0xE0) return Lead{byte & 0x0FU, 2, 0x800};
  if ((byte & 0xF8U) == 0xF0) return Lead{byte & 0x07U, 3, 0x10000};
  return std::nullopt;
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto lead = read_lead(static_cast<unsigned char>(text.front()));
  if (!lead || text.size() <= lead->trailing) return std::nullopt;
  char32_t code_point = lead->bits;
  for (std::size_t i = 1; i <= lead->trailing; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) return std::nullopt;
    code_point = (code_point << 6U) | (next & 0x3FU);
  }
  if (code_point < lead->smallest || code_point > 0x10FFFF) return std::nullopt;
  if (code_point >= 0xD800 && code_point <= 0xDFFF) return std::nullopt;
  text.remove_prefix(lead->trailing + 1);
  return code_point;
}

std::optional<std::size_t> count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    if (!take_code_point(text)) return std::nullopt;
  }
  return count;
}

bool is_utf8(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  while (!text.empty()) {
    std::uint64_t eight = high_bits;
    if (text.size() >= sizeof(eight)) std::memcpy(&eight, text.data(), sizeof(eight));
    if ((eight & high_bits) == 0) {
      text.remove_prefix(sizeof(eight));
    } else if (!take_code_point(text)) {
      return false;
    }
  }
  return true;
}

}  // namespace guildhall::base
