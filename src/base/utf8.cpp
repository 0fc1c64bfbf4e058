#include "base/utf8.hpp"

#include <simdjson.h>

#include <algorithm>

namespace guildhall::base {
namespace {

struct Lead {
  char32_t bits;         // The lead byte's part of the code point.
  std::size_t trailing;  // The number of bytes that follow.
  char32_t min;          // Smaller values have a shorter form.
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
  if (code_point < lead->min || code_point > 0x10FFFF) return std::nullopt;
  if (code_point >= 0xD800 && code_point <= 0xDFFF) return std::nullopt;
  text.remove_prefix(lead->trailing + 1);
  return code_point;
}

std::optional<std::size_t> count_code_points(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
  auto rest = text;
  while (count > 0 && take_code_point(rest)) --count;
  return text.substr(0, text.size() - rest.size());
}

void shorten(std::string& text, std::size_t limit) {
  if (text.size() <= limit || first_code_points(text, limit).size() == text.size()) return;
  text.resize(first_code_points(text, limit - 1).size());
  text += "\u2026";
}

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text); }

}  // namespace guildhall::base
